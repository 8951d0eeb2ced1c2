/* translate.h - a portable image becomes one that runs here. */
#ifndef HDL_TRANSLATE_H
#define HDL_TRANSLATE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether `image` is LLVM bitcode. */
bool hdl_is_bitcode(const void *image, size_t size);

/* Translate `bitcode` for the emulator (`sm` 0) or for a GPU of capability
 * `sm`, or take the translation from the cache.
 *
 * Stores a malloc'ed image and its size and returns NULL, or returns a
 * malloc'ed sentence. */
char *hdl_translate(const void *bitcode, size_t bitcode_size, unsigned sm,
                    void **image, size_t *size);

#endif /* HDL_TRANSLATE_H */
