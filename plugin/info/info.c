/* info.c - heddle-info: what Heddle finds on this machine, and what it will
 * do with it. */
#include "cache.h"
#include "cuda.h"
#include "plugin.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIB (1024.0 * 1024.0)
#define GIB (1024.0 * MIB)

/* The estimate is for a kernel with this many registers per hardware thread,
 * on GPUs with this many per SM (all that are supported). */
#define KERNEL_REGISTERS 128
#define SM_REGISTERS     65536
#define WARP             32

static void print_library(const char *label, const char *name) {
  char path[PATH_MAX] = "not found; install it or set LD_LIBRARY_PATH";
  void *library = dlopen(name, RTLD_LAZY);
  void *symbol = library ? dlsym(library, "__tgt_register_lib") : NULL;
  Dl_info info;
  if (symbol && dladdr(symbol, &info) && realpath(info.dli_fname, path))
    ;
  printf("%-13s %s: %s\n", label, name, path);
}

static void print_versions(void) {
  printf("Heddle        %s, for LLVM %s\n", HDL_VERSION, HDL_LLVM_VERSION);
  print_library("libomptarget", HDL_LIBOMPTARGET);
}

static void print_gpu(int ordinal) {
  const struct hdl_gpu *gpu = hdl_gpu(ordinal);
  printf("GPU %d         %s, %u SMs, %.0f GiB, compute capability %u.%u\n",
         ordinal, gpu->name, gpu->multiprocessors,
         (double)gpu->memory_bytes / GIB, gpu->sm / 10, gpu->sm % 10);
  if (gpu->sm < HDL_OLDEST_SM) {
    printf("              cannot be used: Heddle needs compute capability "
           "7.0 or newer\n");
    return;
  }
  unsigned sm_warps = SM_REGISTERS / (KERNEL_REGISTERS * WARP);
  unsigned warps = gpu->multiprocessors * sm_warps;
  printf("              %u threads in a team (%u SMs x %u warps, at %d "
         "registers)\n",
         warps, gpu->multiprocessors, sm_warps, KERNEL_REGISTERS);
  printf("              %u explicit threads at a time, %u in each warp\n",
         warps * (WARP - 1), WARP - 1);
  double stack = (double)hdl_gpu_stack_bytes(gpu);
  double all = stack * gpu->multiprocessors * gpu->threads_per_multiprocessor;
  printf("              stack %.0f KiB per hardware thread, %.1f GiB for all; "
         "heap %.0f MiB\n",
         stack / 1024.0, all / GIB, (double)hdl_gpu_heap_bytes(gpu) / MIB);
}

static void print_device(void) {
  static const char *const choices[] = {
      [HDL_DEVICE_AUTO] = "auto: a GPU if one can be used, else the emulator",
      [HDL_DEVICE_CUDA] = "cuda: a GPU, or nothing",
      [HDL_DEVICE_EMULATOR] = "emulator",
  };
  printf("HEDDLE_DEVICE %s\n", choices[hdl_settings()->device]);
  const char *why_not = hdl_cuda_open();
  if (why_not)
    printf("GPU           none used: %s\n", why_not);
  else
    printf("driver        for CUDA %d.%d\n", hdl_cuda_version() / 1000,
           hdl_cuda_version() % 1000 / 10);
  for (int i = 0; i < hdl_gpu_count(); i++)
    print_gpu(i);
  bool emulates = hdl_settings()->device == HDL_DEVICE_EMULATOR ||
                  (hdl_settings()->device == HDL_DEVICE_AUTO && why_not);
  printf("kernels run   on %s\n", emulates  ? "the emulator"
                                  : why_not ? "nothing"
                                            : hdl_gpu(0)->name);
}

static void print_emulator(void) {
  const struct hdl_settings *s = hdl_settings();
  unsigned warps = s->emu_sms * s->emu_warps;
  printf("emulator      %u SMs, %u threads in a team, %u explicit threads at a "
         "time, seed %llu\n",
         s->emu_sms, warps, warps * (WARP - 1),
         (unsigned long long)s->emu_seed);
}

static void print_cache(void) {
  const char *directory = hdl_settings()->cache_dir;
  if (!directory) {
    printf("cache         off\n");
    return;
  }
  uint64_t entries, bytes;
  hdl_cache_usage(directory, &entries, &bytes);
  printf("cache         %s: %llu images, %.1f MiB\n", directory,
         (unsigned long long)entries, (double)bytes / MIB);
}

static void print_limits(void) {
  const struct hdl_settings *s = hdl_settings();
  if (s->num_threads)
    printf("threads       at most %u, by HEDDLE_NUM_THREADS\n", s->num_threads);
}

int main(int argc, char **argv) {
  bool asks_version = argc == 2 && strcmp(argv[1], "--version") == 0;
  if (argc > 1 && !asks_version) {
    fprintf(stderr,
            "usage: %s [--version]\n"
            "Say what Heddle finds on this machine.\n",
            argv[0]);
    return strcmp(argv[1], "--help") == 0 ? 0 : 2;
  }
  print_versions();
  if (asks_version)
    return 0;
  print_device();
  print_emulator();
  print_limits();
  print_cache();
  return 0;
}
