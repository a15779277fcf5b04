"""What wrk prints, read by a program."""

import pytest

from tests.bench import load

PRINTED = """Running 4s test @ http://127.0.0.1:8402/rows
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    22.72ms    9.10ms  73.42ms   80.00%
  1005 requests in 4.00s, 6.75MB read
Requests/sec:    251.20
BENCH requests=1005 duration_us=4000123 not_ok=0 broken=0 p50_us=22720 p95_us=41000 p99_us=73420
"""


class TestParse:
    def test_reads_the_line_of_the_script(self):
        assert load.parse(PRINTED) == load.Summary(requests=1005, duration_us=4_000_123, not_ok=0, broken=0, p50_us=22_720, p95_us=41_000, p99_us=73_420)

    @pytest.mark.parametrize("printed", ["", "unable to connect to 127.0.0.1:8402 Connection refused\n", "BENCHMARK requests=1\n"])
    def test_a_run_without_it_is_broken(self, printed):
        with pytest.raises(load.LoadBroken):
            load.parse(printed)

    def test_says_what_wrk_has_said(self):
        with pytest.raises(load.LoadBroken, match="Connection refused"):
            load.parse("unable to connect to 127.0.0.1:8402 Connection refused\n")


class TestFindWrk:
    def test_names_the_command_that_installs_it(self, monkeypatch):
        monkeypatch.setattr("shutil.which", lambda _name: None)

        with pytest.raises(load.GeneratorAbsent, match="sudo apt-get install wrk"):
            load.find_wrk()
