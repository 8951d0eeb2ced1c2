"""Compile the benchmarks for every implementation that can be built here."""
import concurrent.futures
import os
import struct
import subprocess

from harness import suites

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(HERE)
BUILD = os.path.join(ROOT, "build")
INCLUDE = "-I" + os.path.join(ROOT, "include")
NVCC = "/usr/local/cuda/bin/nvcc"
PEER = os.path.join(BUILD, "peer", "usr", "lib")  # scripts/peer-clang fills it
EM_CUDA = 190
KINDS = ["heddle", "host", "cuda", "clang 19"]


def binary(directory, program, kind):
    return os.path.join(directory, program + "-" + kind.replace(" ", ""))


def peer_clang(arch):
    """Command and environment of Debian's clang 19, unpacked but not installed,
    with its own device runtime; None where it is not there."""
    llvm = os.path.join(PEER, "llvm-19")
    system = os.path.join(PEER, "x86_64-linux-gnu")
    clang = os.path.join(llvm, "bin", "clang")
    if not os.path.exists(clang):
        return None
    runtime = os.path.join(llvm, "lib", "libomptarget-nvptx-%s.bc" % arch)
    command = [clang, "-O2", "-fopenmp", "--offload-arch=" + arch]
    command += ["--libomptarget-nvptx-bc-path=" + runtime]
    command += ["-Wno-unknown-cuda-version"]
    command += ["-L" + os.path.join(llvm, "lib"), "-L" + system]
    libraries = os.pathsep.join([system, os.path.join(llvm, "lib")])
    return command, {"LD_LIBRARY_PATH": libraries}


def commands(arch):
    """For each kind: command, environment to add, ending of its sources."""
    config = "--config=" + os.path.join(BUILD, "heddle.cfg")
    found = {
        "heddle": (["clang-22", "-O2", config], {}, ".c"),
        "host": (["clang-22", "-O2", "-fopenmp", INCLUDE], {}, ".c"),
    }
    if os.path.exists(NVCC):
        number = arch.replace("sm_", "")
        code = "arch=compute_%s,code=[sm_%s,compute_%s]" % (number, number, number)
        found["cuda"] = ([NVCC, "-O2", "-gencode", code], {}, ".cu")
    clang = peer_clang(arch)
    if clang:
        found["clang 19"] = (*clang, ".c")
    return found


def age_images(path):
    """Give the images of clang 19's program the ELF header that its plugin reads.

    CUDA 13's ptxas writes ABI version 8 with the architecture in the second
    byte of the flags; LLVM 19 looks for version 7 and the first byte."""
    with open(path, "rb") as file:
        program = bytearray(file.read())
    at = 0
    while (at := program.find(b"\x7fELF", at + 1)) > 0:
        (machine,) = struct.unpack_from("<H", program, at + 18)
        if machine != EM_CUDA or program[at + 8] != 8:
            continue
        (flags,) = struct.unpack_from("<I", program, at + 48)
        sm = flags >> 8 & 0xFF
        program[at + 7 : at + 9] = bytes([51, 7])
        struct.pack_into("<I", program, at + 48, sm << 16 | 0x0500 | sm)
    with open(path, "wb") as file:
        file.write(program)


def build(directory, arch):
    os.makedirs(directory, exist_ok=True)
    found = commands(arch)
    for kind in KINDS:
        if kind not in found:
            print("not here, so not compared with:", kind)

    def compile_one(task):
        program, kind = task
        command, environment, ending = found[kind]
        path = os.path.join(HERE, suites.source(program) + ending)
        defined = ["-DWIDE"] if program.endswith(suites.WIDE) else []
        made = binary(directory, program, kind)
        subprocess.run(
            [*command, *defined, path, "-o", made, "-lm"],
            check=True,
            env={**os.environ, **environment},
        )
        if kind == "clang 19":
            age_images(binary(directory, program, kind))

    tasks = [(p, k) for p, kinds in wanted().items() for k in kinds if k in found]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(compile_one, tasks))


def wanted():
    """For each program the kinds that it is built for."""
    kinds = {}
    for entries in suites.TABLE.values():
        for program, *_, those in entries:
            kinds.setdefault(program, set()).update(those)
    return kinds
