/* elffile.h - the little the plugin needs to know about ELF images. */
#ifndef HDL_ELFFILE_H
#define HDL_ELFFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether `image` starts as a 64-bit little-endian ELF file for `machine`
 * (EM_CUDA, EM_X86_64). */
bool hdl_elf_is(const void *image, size_t size, uint16_t machine);

/* The compute capability a cubin was assembled for, such as 90; 0 if `image`
 * is no cubin. */
uint32_t hdl_elf_cubin_sm(const void *image, size_t size);

/* Find the data symbol `name` that has initial bytes in the file.  Stores the
 * offset of its first byte and its size.  False when there is no such symbol,
 * its bytes are not in the file, or the file is damaged. */
bool hdl_elf_find_data(const void *image, size_t size, const char *name,
                       size_t *offset, size_t *bytes);

#endif /* HDL_ELFFILE_H */
