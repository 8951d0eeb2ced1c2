#!/usr/bin/env python3
"""Copy a program and damage its device image: damage.py HOW program copy.

HOW: cut      its second half is overwritten, as if it had not been copied
     magic    its first bytes say that it is no bitcode
     middle   256 bytes in its middle are overwritten
The image is in an LLVM OffloadBinary (llvm/Object/OffloadBinary.h): a header
{magic, version, size, entry offset, entry size} and an entry {kinds, flags,
string offset, strings, image offset, image size}.
"""
import os
import struct
import sys

HEADER = b"\x10\xff\x10\xad"

how, source, target = sys.argv[1:]
with open(source, "rb") as file:
    data = bytearray(file.read())
at = data.find(HEADER)
found = 0
while at >= 0:
    entry = at + struct.unpack_from("<Q", data, at + 16)[0]
    image, size = struct.unpack_from("<QQ", data, entry + 24)
    if size and at + image + size <= len(data):
        found += 1
        if how == "cut":
            data[at + image + size // 2 : at + image + size] = bytes(size - size // 2)
        elif how == "magic":
            data[at + image : at + image + 4] = b"junk"
        elif how == "middle":
            middle = at + image + size // 2
            data[middle : middle + 256] = b"\xa5" * 256
        else:
            sys.exit("damage.py: unknown kind of damage: " + how)
    at = data.find(HEADER, at + 4)
if not found:
    sys.exit("damage.py: no device image in " + source)
with open(target, "wb") as file:
    file.write(data)
os.chmod(target, 0o755)
