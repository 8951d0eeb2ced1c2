#!/usr/bin/env python3
"""Run one program under many schedules and stop at the first that fails.

    seeds.py [--seeds N] [--first I] [--jobs J] [--device D] program [args...]

On the emulator run number I has HEDDLE_EMU_SEED=I and so its own schedule.
Elsewhere the machine makes the schedules and the program just runs N times.
"""
import argparse
import concurrent.futures
import os
import subprocess
import sys

TIMEOUT_S = 120


def run(command, seed, device):
    """Return None for a run that passed, else a description of it."""
    environment = dict(os.environ)
    if device == "emulator":
        environment["HEDDLE_EMU_SEED"] = str(seed)
    try:
        done = subprocess.run(
            command,
            env=environment,
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
    name = "HEDDLE_EMU_SEED=%d" % seed if device == "emulator" else "run %d" % seed
    text = output[-8000:].decode(errors="replace")
    return "%s %s: %s\n%s" % (name, " ".join(command), status, text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--device", default="emulator")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    numbers = range(options.first, options.first + options.seeds)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        runs = [pool.submit(run, options.command, i, options.device) for i in numbers]
        for done in concurrent.futures.as_completed(runs):
            if done.result():
                pool.shutdown(wait=False, cancel_futures=True)
                print(done.result())
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
