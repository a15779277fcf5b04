-- Ends a run of wrk with one line that a program reads: counts, microseconds and bytes.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init()
  not_ok = 0
end

-- wrk itself takes a redirect to the sign-in for a success
function response(status)
  if status ~= 200 then
    not_ok = not_ok + 1
  end
end

function done(summary, latency)
  local wrong = 0
  for _, thread in ipairs(threads) do
    wrong = wrong + thread:get("not_ok")
  end
  local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format(
    "BENCH requests=%d duration_us=%d not_ok=%d broken=%d p50_us=%d p95_us=%d p99_us=%d\n",
    summary.requests, summary.duration, wrong, broken,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
