# lit configuration.  README.md beside it explains parameters and substitutions.
#
#   lit-22 build/test                     the emulator, what CI runs
#   lit-22 --param device=cuda build/test the GPU
#   lit-22 --param seeds=10000 build/test/tasking
import os
import re
import shutil
import subprocess
import sys

source_root = os.path.dirname(os.path.abspath(__file__))
project_root = os.path.dirname(source_root)
sys.dont_write_bytecode = True  # no __pycache__ in the source tree
sys.path.append(os.path.join(source_root, "tools"))
import eachlevel  # after sys.path; lit's workers unpickle it by that name

build_dir = getattr(config, "build_dir", os.path.join(project_root, "build"))
llvm_bin = getattr(config, "llvm_bin", "") or "/usr/lib/llvm-22/bin"


def param(name, default, allowed=None):
    value = lit_config.params.get(name, default)
    if allowed and value not in allowed:
        lit_config.fatal(
            "--param %s=%s: must be one of %s" % (name, value, ", ".join(allowed))
        )
    return value


device = param("device", "emulator", ["emulator", "cuda", "host"])
phase = param("phase", "all", ["all", "build", "run"])
seeds = int(param("seeds", "200" if device == "emulator" else "20"))
levels = param("opt", "O0,O2").split(",")

config.name = "heddle"
config.test_format = eachlevel.EachLevel(levels)
config.suffixes = [".c", ".test"]
config.excludes = ["Inputs", "tools"]
config.test_source_root = source_root
exec_root = getattr(config, "exec_root", os.path.join(build_dir, "test"))
config.test_exec_root = exec_root
config.recursiveExpansionLimit = 6

# Programs see these settings and no HEDDLE_* or OMP_* of the caller.
config.environment["PATH"] = os.pathsep.join(
    [llvm_bin, os.path.join(build_dir, "bin"), os.environ["PATH"]]
)
for name in ["LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "CUDA_PATH"]:
    if name in os.environ:
        config.environment[name] = os.environ[name]
if device != "host":
    config.environment["HEDDLE_DEVICE"] = device
    config.environment["HEDDLE_CACHE"] = os.path.join(exec_root, "cache")
    # Without this a missing device would fall back to the host and pass.
    config.environment["OMP_TARGET_OFFLOAD"] = "mandatory"
else:
    config.environment["OMP_NUM_THREADS"] = "4"
if device == "cuda":
    # Several programs share the GPU, and each reserves its stacks and heap.
    config.environment["HEDDLE_STACK_SIZE"] = "32K"
    config.environment["HEDDLE_HEAP_SIZE"] = "1G"

config.available_features.add({"cuda": "gpu"}.get(device, device))
if phase != "run":
    config.available_features.add("compiler")
if shutil.which("ptxas") or os.path.exists("/usr/local/cuda/bin/ptxas"):
    config.available_features.add("ptxas")

if device == "cuda":
    # What is compiled for another machine may find two GPUs there.
    info = subprocess.run(
        [os.path.join(build_dir, "bin", "heddle-info")],
        env={**os.environ, "HEDDLE_DEVICE": "cuda"},
        stdout=subprocess.PIPE,
        text=True,
    )
    if phase == "build" or len(re.findall(r"^GPU \d", info.stdout, re.M)) > 1:
        config.available_features.add("two-gpus")

warnings = "-std=gnu17 -Wall -Werror -Wno-unknown-cuda-version"
include = "-I" + os.path.join(project_root, "include")
cfg = os.path.join(build_dir, "heddle.cfg")
cfg_aot = os.path.join(build_dir, "heddle-aot.cfg")
clang = "clang %s %%opt" % warnings
if device == "host":  # checks the tests themselves, against libomp
    cc = "%s -fopenmp %s" % (clang, include)
    cc_aot = "false"
else:
    cc = "%s --config=%s" % (clang, cfg)
    cc_aot = "%s --config=%s" % (clang, cfg_aot)

# A run that must end with status 134 (stopped by a device fault), 1 (by the
# plugin) or abort() (by libomptarget) ends with 0 and hands on its output.
tools = "%s %s" % (sys.executable or "python3", os.path.join(source_root, "tools"))
status = tools + "/status.py"
jobs = 1 if device == "cuda" else 2
fork = "--fork %s/libforkseeds.so " % os.path.join(build_dir, "test")
run_seeds = "%s/seeds.py %s--jobs %d --seeds" % (
    tools,
    fork if device == "emulator" else "",
    jobs,
)

substitutions = {
    "%cc-aot": cc_aot,
    "%cc": cc,
    "%clang": clang,
    "%run": "env",
    "%status": status,
    "%faults": status + " 134",
    "%refuses": status + " 1",
    "%aborts": status + " -6",
    "%damage": tools + "/damage.py",
    "%corrupt": tools + "/corrupt.py",
    "%at-once": tools + "/atonce.py",
    "%seeds": "%s %d" % (run_seeds, seeds),
    "%few-seeds": "%s %d" % (run_seeds, max(1, seeds // 10)),
    "FileCheck": "FileCheck",
}
# One half of the suite at a time, for a machine without a compiler: the other
# half's commands become `true`.
compile_commands = ["%cc-aot", "%cc", "%clang"]
for name, command in substitutions.items():
    compiles = name in compile_commands
    if (phase == "build" and not compiles) or (phase == "run" and compiles):
        command = "true"
    pattern = name if name.startswith("%") else r"(?<![\w/%-])" + name
    config.substitutions.append((pattern + r"(?![\w-])", command))
config.substitutions += [
    (r"%build-dir(?![\w-])", build_dir),
    (r"%project(?![\w-])", project_root),
    (r"%tools(?![\w-])", os.path.join(source_root, "tools")),
]
