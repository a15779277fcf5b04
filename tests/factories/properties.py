"""Fuzzing of readers: the same cases in every run of the default suite, other ones in the long run.

`STAND_FUZZ_EXAMPLES` asks for the long run: that many cases for each fuzzed reader, chosen anew every time.
"""

import os

from hypothesis import settings

EXAMPLES = int(os.environ.get("STAND_FUZZ_EXAMPLES", "0"))

# Above `@given` of a test that reads strangers' bytes.
fuzz = settings(max_examples=EXAMPLES or 300, derandomize=not EXAMPLES, deadline=None)
