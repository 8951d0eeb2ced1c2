#!/usr/bin/env python3
"""Damage every file of a cache directory: corrupt.py cut|flip|empty DIRECTORY"""
import os
import sys

how, directory = sys.argv[1:]
names = [os.path.join(d, n) for d, _, files in os.walk(directory) for n in files]
if not names:
    sys.exit("corrupt.py: nothing in " + directory)
for name in names:
    with open(name, "rb") as file:
        data = bytearray(file.read())
    if how == "cut":
        data = data[: len(data) * 2 // 3]
    elif how == "flip":
        data[len(data) // 2] ^= 0x10
    else:
        data = b""
    with open(name, "wb") as file:
        file.write(data)
