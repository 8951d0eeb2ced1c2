#!/usr/bin/env python3
"""Run one program under many schedules and stop at the first that fails.

    seeds.py [--seeds N] [--first I] [--jobs J] [--fork LIBRARY [--batch B]]
             program [args...]

With --fork (libforkseeds.so, for the emulator) run number I has the schedule of
HEDDLE_EMU_SEED=I; all runs come from one process, which is forked for every B of
them.  Without, the machine makes the schedules and the program just runs N
times.
"""
import argparse
import concurrent.futures
import os
import subprocess
import sys

TIMEOUT_S = 120


def run(command, number):
    """Return None for a run that passed, else a description of it."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=TIMEOUT_S,
        )
        status, output = "status %d" % done.returncode, done.stdout
        if done.returncode == 0:
            return None
    except subprocess.TimeoutExpired as late:
        status, output = "no end after %d s" % TIMEOUT_S, late.stdout or b""
    text = output[-8000:].decode(errors="replace")
    return "run %d %s: %s\n%s" % (number, " ".join(command), status, text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--fork")
    parser.add_argument("--batch", type=int, default=25)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if options.fork:
        settings = (options.first, options.seeds, options.batch, options.jobs)
        settings += (TIMEOUT_S,)
        os.environ["FORKSEEDS"] = ":".join(map(str, settings))
        os.environ["LD_PRELOAD"] = options.fork
        os.execvp(options.command[0], options.command)
    numbers = range(options.first, options.first + options.seeds)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        runs = [pool.submit(run, options.command, i) for i in numbers]
        for done in concurrent.futures.as_completed(runs):
            if done.result():
                pool.shutdown(wait=False, cancel_futures=True)
                print(done.result())
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
