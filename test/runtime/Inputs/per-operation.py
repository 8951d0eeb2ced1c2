"""From the emulator's counts for few and for many of each construct, in turn: how
many fences and updates one of them makes."""
import re
import sys

more = int(sys.argv[1])
found = []  # name, fences, updates of a run
for line in sys.stdin:
    if line.startswith("construct "):
        found.append([line.split()[1], 0, 0])
    count = re.search(r"made (\d+) fences, and (\d+) updates", line)
    if count:
        found[-1][1] += int(count.group(1))
        found[-1][2] += int(count.group(2))
for few, many in zip(found[::2], found[1::2]):
    fences, updates = ((b - a) / more for a, b in zip(few[1:], many[1:]))
    print("%s: %.1f fences, %.1f updates" % (few[0], fences, updates))
