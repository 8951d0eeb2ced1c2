/* translate.c - picks the translator and keeps its results in the cache. */
#include "translate.h"

#include "cache.h"
#include "cuda.h"
#include "emulator/emulator.h"
#include "jit.h"
#include "module.h"
#include "plugin.h"

#include <llvm-c/Core.h>
#include <llvm-c/TargetMachine.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool hdl_is_bitcode(const void *image, size_t size) {
  static const unsigned char raw[] = {'B', 'C', 0xc0, 0xde};
  static const unsigned char wrapped[] = {0xde, 0xc0, 0x17, 0x0b};
  return size >= sizeof raw && (memcmp(image, raw, sizeof raw) == 0 ||
                                memcmp(image, wrapped, sizeof wrapped) == 0);
}

/* Everything but the image and the runtime that a translation depends on. */
static char *translation_options(unsigned sm) {
  unsigned major, minor, patch;
  LLVMGetVersion(&major, &minor, &patch);
  if (sm) {
    const char *libdevice = hdl_jit_libdevice();
    return hdl_sentence(
        "heddle %s %s, LLVM %u.%u.%u, driver %d, sm_%u, math %s", HDL_VERSION,
        hdl_build_id(), major, minor, patch, hdl_cuda_version(), sm,
        libdevice ? libdevice : "none");
  }
  char *cpu = LLVMGetHostCPUName();
  char *features = LLVMGetHostCPUFeatures();
  char *options = hdl_sentence("heddle %s %s, LLVM %u.%u.%u, emulator on %s %s",
                               HDL_VERSION, hdl_build_id(), major, minor, patch,
                               cpu, features);
  LLVMDisposeMessage(cpu);
  LLVMDisposeMessage(features);
  return options;
}

static struct hdl_cache_key translation_key(const void *bitcode, size_t size,
                                            unsigned sm) {
  const unsigned char *runtime = sm ? hdl_rtl_nvptx : hdl_rtl_emulator;
  const unsigned char *end = sm ? hdl_rtl_nvptx_end : hdl_rtl_emulator_end;
  char *options = translation_options(sm);
  struct hdl_cache_key key =
      hdl_cache_key(bitcode, size, runtime, (size_t)(end - runtime), options);
  free(options);
  return key;
}

char *hdl_translate(const void *bitcode, size_t bitcode_size, unsigned sm,
                    void **image, size_t *size) {
  struct hdl_cache_key key = translation_key(bitcode, bitcode_size, sm);
  if (hdl_cache_load(key, image, size))
    return NULL;
  char *error = sm ? hdl_jit_translate(bitcode, bitcode_size, sm, image, size)
                   : hdl_emu_translate(bitcode, bitcode_size, image, size);
  if (!error)
    hdl_cache_store(key, *image, *size);
  return error;
}
