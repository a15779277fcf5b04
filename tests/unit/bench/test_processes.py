"""Files of /proc, read by a program."""

import os

from tests.bench import processes

# proc(5): pid, name, state, parent, …, utime and stime are the fields 14 and 15
STAT = "4711 (python (web) 1) S 17 4711 4711 0 -1 4194560 9000 0 3 0 250 50 7 9 20 0 5 0 100 1000 200 18446744073709551615"
MACHINE = """cpu  300 0 100 5000 40 0 10 2 0 0
cpu0 200 10 60 2500 30 4 5 1 50 0
cpu1 100 0 40 2500 10 0 5 1 0 0
cpu10 1 1 1 1 1 1 1 1 0 0
intr 12345
"""
ROLLUP = """564b36cb1000-7ffeebad8000 ---p 00000000 00:00 0                          [rollup]
Rss:                4056 kB
Pss:                 924 kB
Pss_Dirty:           687 kB
"""
TICKS = os.sysconf("SC_CLK_TCK")


class TestStat:
    def test_the_parent_stands_after_a_name_with_spaces_and_brackets(self):
        assert processes.parent_of(STAT) == 17

    def test_processor_time_is_user_and_kernel_mode_without_children(self):
        assert processes.cpu_of(STAT) == 300 / TICKS


class TestBusy:
    def test_a_core_works_when_it_is_neither_idle_nor_waits_for_a_disk(self):
        assert processes.busy_of(MACHINE, 0) == 280 / TICKS

    def test_core_one_is_not_core_ten(self):
        assert processes.busy_of(MACHINE, 1) == 146 / TICKS


class TestPss:
    def test_is_in_bytes(self):
        assert processes.pss_of(ROLLUP) == 924 * 1024


class TestFamily:
    def test_begins_with_the_root_and_knows_this_process(self):
        assert processes.family(os.getppid())[0] == os.getppid()
        assert os.getpid() in processes.family(os.getppid())


class TestCores:
    def test_one_core_serves_and_loads_where_there_is_no_second(self):
        assert processes.Cores(0, 1).are_apart
        assert not processes.Cores(0, 0).are_apart
