# lib.sh - what scripts/demo, scripts/check and scripts/gpu-pack share.  Sourced.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build

# Debian packages that building and testing needs.
packages=(
  clang-22 clang-tools-22 llvm-22 llvm-22-dev llvm-22-tools libomp-22-dev
  liboffload-22-dev libxxhash-dev cmake ninja-build pkg-config python3 xz-utils
)

say() { printf '\n== %s\n' "$*"; }
stop() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Install what is missing, as root; else list it and stop.
install_missing() {
  command -v dpkg-query >/dev/null ||
    stop "This script knows Debian's package names only; install by hand:" \
      "${packages[*]}"
  local missing=() package
  for package in "${packages[@]}"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null |
      grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" -eq 0 ] ||
    stop "Packages are missing; as root, run: apt-get install ${missing[*]}"
  say "Installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Build the default preset into build/; quiet when there is nothing to do.
build_heddle() {
  cd "$root"
  if [ ! -f "$build/build.ninja" ]; then
    say "Configuring"
    cmake --fresh --preset default # without what an earlier try may have left
  fi
  say "Building"
  cmake --build --preset default
}

# One line: "an NVIDIA H200 (2112 threads)" or "the CPU emulator (16 threads)".
where_kernels_run() {
  "$build/bin/heddle-info" | sed -n 's/^kernels run *on *//p'
}
