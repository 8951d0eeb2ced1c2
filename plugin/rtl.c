/* rtl.c - the device runtimes, as bitcode, inside libheddle.so. */
#include "module.h"

#define EMBED(name, file)                                                      \
  __asm__(".section .rodata.hdl_rtl,\"a\",@progbits\n"                         \
          ".balign 16\n"                                                       \
          ".globl " #name "\n.hidden " #name "\n" #name ":\n"                  \
          ".incbin \"" file "\"\n"                                             \
          ".globl " #name "_end\n.hidden " #name "_end\n" #name "_end:\n"      \
          ".byte 0\n.text\n")

EMBED(hdl_rtl_nvptx, HDL_RTL_NVPTX);
EMBED(hdl_rtl_emulator, HDL_RTL_EMULATOR);
