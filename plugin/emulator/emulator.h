/* emulator.h - what the rest of the plugin asks of the CPU emulator. */
#ifndef HDL_EMULATOR_H
#define HDL_EMULATOR_H

#include <stddef.h>
#include <stdint.h>

/* Translate a bitcode image for nvptx64 into an x86-64 shared object with the
 * emulator's build of the device runtime linked in.
 *
 * On success stores a malloc'ed ELF image and its size and returns NULL.  On
 * failure returns a malloc'ed sentence that says what is wrong with the image
 * (or with this machine: no linker, ...) and what to do. */
char *hdl_emu_translate(const void *bitcode, size_t bitcode_size, void **elf,
                        size_t *elf_size);

/* Geometry of the next kernel that this host thread launches on the emulated
 * device, and the dynamic shared memory of each of its blocks.  The plugin sets it
 * just before it forwards __tgt_target_kernel; libomptarget's host plugin runs the
 * kernel in the same thread. */
void hdl_emu_set_geometry(uint32_t blocks, uint32_t lanes_per_block,
                          uint32_t dynamic_bytes);

/* Go on with the schedule of another seed than HEDDLE_EMU_SEED.  No kernel is
 * running.  For a test tool that has many schedules in one process. */
void hdl_emu_reseed(uint64_t seed);

#endif /* HDL_EMULATOR_H */
