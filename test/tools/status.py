#!/usr/bin/env python3
"""Run a program that must end with one exit status: status.py N program...

Its output is handed on, stderr with stdout; the status is 0 if it was N.
"""
import subprocess
import sys

wanted, command = int(sys.argv[1]), sys.argv[2:]
done = subprocess.run(
    command, stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT, timeout=120
)
if done.returncode != wanted:
    sys.exit("status.py: exit status %d, not %d" % (done.returncode, wanted))
