"""Copy a shared object and give the copy another build id."""
import sys

NOTE = b"\x04\0\0\0\x14\0\0\0\x03\0\0\0GNU\0"  # sizes, type, name of an id by SHA-1

with open(sys.argv[1], "rb") as file:
    library = bytearray(file.read())
at = library.index(NOTE) + len(NOTE)
library[at] ^= 0xFF
with open(sys.argv[2], "wb") as file:
    file.write(library)
