"""What each number should reach on an H100 or H200, and what bounds it.

A limit is a number in the benchmark's unit, or so many times the median of
another one: of the same implementation (`of`), or the same of another (`peer`).
Floors are what the machine's own round trips and atomics take.
"""
import statistics

RATES = {
    "M tasks/s",
    "M threads/s",
    "M values/s",
    "M chunks/s",
    "M iterations/s",
    "M nodes/s",
    "M/s",
    "GB/s",
    "GFLOP/s",
    "%",
}


class Target:
    def __init__(self, limit, floor=None, of=None, peer=None):
        self.limit, self.floor, self.of, self.peer = limit, floor, of, peer


BLOCK = ", 4 threads"  # a block's

TARGETS = {
    "fib(35)": Target(1500),
    "fork-join level": Target(5, 1.2),
    "empty tasks, one producer": Target(20),
    "empty tasks, all create": Target(2000),
    "task with two dependences": Target(1),
    "taskloop, cheap iterations": Target(2, of="for, cheap iterations"),
    "empty parallel": Target(2, 0.8),
    "empty parallel" + BLOCK: Target(0.6, 0.1),
    "barrier": Target(1.6, 0.7),
    "barrier" + BLOCK: Target(0.15, 0.04),
    "nested parallel": Target(0.2, 0.05),
    "for with reduction": Target(1.5, of="barrier before for"),
    "for dynamic,1, empty": Target(1000, 1400),
    "critical hand-off, neighbours": Target(0.4, 0.13),
    "critical hand-off, far apart": Target(1, 0.35),
    "lock hand-off, neighbours": Target(0.4, 0.13),
    "lock hand-off, far apart": Target(1, 0.35),
    "target region, empty": Target(1.15, peer="clang 19"),
}


def higher_is_better(record):
    return record["unit"] in RATES


def limit(record, found):
    """The target's value for a record of Heddle's, or None.  `found`: for each
    kind, records by name."""
    target = TARGETS.get(record["name"])
    if not target:
        return None
    if not target.of and not target.peer:
        return target.limit
    kind, name = target.peer or "heddle", target.of or record["name"]
    other = found.get(kind, {}).get(name)
    return target.limit * statistics.median(other["samples"]) if other else None


def met(record, bound):
    median = statistics.median(record["samples"])
    return median >= bound if higher_is_better(record) else median <= bound
