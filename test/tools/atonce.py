#!/usr/bin/env python3
"""Start one program eight times at once; fail if one fails: atonce.py program"""
import subprocess
import sys

runs = [subprocess.Popen(sys.argv[1:]) for _ in range(8)]
sys.exit(any([run.wait() for run in runs]))
