"""What each suite runs, and with which sizes.

A run names a program and its arguments at each scale: `full` and `quick` beside
a GPU, where the host's may differ, and `emulator`.
"""
import math
import os

PROGRAMS = [
    "nqueens",
    "sort",
    "strassen",
    "sparselu",
    "uts",
    "health",
    "floorplan",
    "align",
    "fft",
    "mandelbrot",
    "raytrace",
]
WIDE = "-wide"  # behind the program's name: compiled with -DWIDE
LEAGUE = ["stream", "stencil", "gemm"]


class Run:
    """One program at one size; `environment` is added to the caller's."""

    def __init__(self, program, arguments, environment=None):
        self.program = program
        self.arguments = [str(a) for a in arguments]
        self.environment = environment or {}


def sized(program, full, quick, emulator, host=None, host_quick=None, peers=()):
    """`peers` have the program besides Heddle and the host."""
    sizes = {"full": full, "quick": quick, "emulator": emulator}
    host_sizes = {**sizes, "full": host or full, "quick": host_quick or quick}
    return program, sizes, host_sizes, ("heddle", "host", *peers)


def both_ways(program, full, quick, emulator):
    """A program whose tasks can also go wide on their lanes; the host has one
    way, with which both are compared."""
    narrow = sized(program, full, quick, emulator)
    return [narrow, (program + WIDE, *narrow[1:3], ("heddle",))]


def growing(program, full, quick, emulator, *rest):
    """Its tasks on lanes and the host's way, at sizes that grow; `rest` are the
    other arguments."""
    entries = []
    for sizes in zip(full, quick, emulator):
        name, *of_scale = sized(program, *([size, *rest] for size in sizes))[:3]
        entries.append((name + WIDE, *of_scale, ("heddle",)))
        entries.append((name, *of_scale, ("host",)))
    return entries


BOTH = ["cuda", "clang 19"]

# Arguments are explained at the top of each program.
TABLE = {
    "start": [sized("start", [], [], [], peers=["clang 19"])],
    "region": [
        sized("region", [200, 9], [100, 5], [10, 3], peers=BOTH)
    ],
    "fib": [
        sized("fib", [30, 9], [30, 5], [18, 3], [30, 5]),
        sized("fib", [35, 5], [35, 3], [19, 2], [35, 2]),
    ],
    "parallel": [
        sized(
            "parallel",
            [1000, 9, 32],
            [500, 5, 32],
            [20, 3, 4],
            host=[1000, 9, 8],
            host_quick=[500, 5, 8],
        ),
        sized(
            "parallel",
            [1000, 9, 32, 4],
            [500, 5, 32, 4],
            [20, 3, 4, 4],
            host=[1000, 9, 8, 4],
            host_quick=[500, 5, 8, 4],
        ),
    ],
    "loops": [sized("loops", [20, 9, 256], [10, 5, 256], [5, 3, 16], [20, 5, 256])],
    "sync": [sized("sync", [1000, 9], [500, 5], [20, 3], [500, 5])],
    "tasks": [
        sized(
            "tasks",
            [1000000, 5, 20000, 10000000],
            [200000, 3, 10000, 10000000],
            [1000, 3, 100, 20000],
            [1000000, 3, 20000, 10000000],
        )
    ],
    "threads": [
        sized(
            "threads",
            [1000, 9, 100000],
            [500, 5, 100000],
            [20, 3, 2000],
            host=[1000, 5, 10000],
            host_quick=[500, 3, 10000],
        )
    ],
    "grain": [sized("grain", [16, 3, 1000], [8, 3, 1000], [4, 2, 20])],
    "league": [
        sized("stream", [26, 20], [25, 10], [12, 2], [26, 5], peers=BOTH),
        sized("stencil", [384, 20], [256, 10], [8, 2], [384, 5], peers=BOTH),
        sized("gemm", [131072, 20], [65536, 10], [4, 2], [131072, 5], peers=BOTH),
    ],
    "programs": [
        *both_ways("nqueens", [14, 3], [13, 3], [7, 1]),
        *both_ways("sort", [100000000, 3], [20000000, 3], [5000, 1]),
        *both_ways("strassen", [2048, 3], [1024, 2], [64, 1]),
        *both_ways("sparselu", [128, 32, 3], [96, 32, 2], [5, 4, 1]),
        *both_ways("uts", [11, 3], [10, 3], [4, 1]),
        *both_ways("health", [7, 50, 3], [6, 20, 2], [3, 20, 1]),
        *both_ways("floorplan", [15, 2], [14, 2], [4, 1]),
        *both_ways("align", [200, 256, 3], [100, 256, 2], [6, 40, 1]),
        *both_ways("fft", [24, 3], [22, 3], [9, 1]),
        *both_ways("mandelbrot", [4096, 1000, 3], [2048, 1000, 2], [64, 50, 1]),
        *both_ways("raytrace", [2048, 3], [1024, 2], [24, 1]),
    ],
    "sizes": [  # three decades
        *growing(
            "sort",
            [10**i for i in range(5, 9)],
            [10**i for i in range(4, 8)],
            [50, 500, 1000, 5000],
            3,
        ),
        *growing("fft", [14, 17, 20, 24], [12, 15, 18, 22], [3, 5, 7, 9], 3),
        *growing(
            "sparselu", [16, 32, 64, 128], [12, 24, 48, 96], [2, 3, 4, 5], 32, 2
        ),
        *growing(
            "mandelbrot",
            [256, 810, 2560, 8100],
            [128, 405, 1280, 4050],
            [16, 24, 32, 64],
            1000,
            3,
        ),
    ],
}


def powers(most):
    """1, 4, 16, ... and `most`."""
    counts = [4**i for i in range(12) if 4**i < most]
    return counts + [most]


def scaling(scale, kind, threads):
    """fib and nqueens on 1 to `threads` threads; the size grows along, so that
    each run is long against its start."""
    if kind not in ("heddle", "host"):
        return []
    smallest, queens = (12, 6) if scale == "emulator" else (19, 9)
    name = "OMP_NUM_THREADS" if kind == "host" else "HEDDLE_NUM_THREADS"
    found = []
    for count in powers(threads):
        size = int(smallest + math.log(count) / math.log(1.6))
        number = queens + round(math.log(count, 6))
        environment = {name: str(count)}
        found.append(Run("fib", [size, 3], environment))
        found.append(Run("nqueens", [number, 3], environment))
    return found


NAMES = list(TABLE) + ["scaling"]
SOURCES = sorted({entry[0] for runs in TABLE.values() for entry in runs})


def source(program):
    """The program's path below bench/, without its ending."""
    program = program.removesuffix(WIDE)
    folder = {"league": LEAGUE, "programs": PROGRAMS}
    for name, members in folder.items():
        if program in members:
            return os.path.join(name, program)
    return program


def runs(suite, scale, kind, threads):
    """What a suite runs for one kind; `threads` are the most there are."""
    if suite == "scaling":
        return scaling(scale, kind, threads)
    return [
        Run(program, (host_sizes if kind == "host" else sizes)[scale])
        for program, sizes, host_sizes, kinds in TABLE[suite]
        if kind in kinds
    ]
