/* cache.h - translated images on disk, so that a program pays for its
 * translation once per machine.
 *
 * Entries are named by a hash of everything the translation depends on and
 * carry a hash of their contents; any number of processes may use one
 * directory.  A damaged entry is ignored and rewritten. */
#ifndef HDL_CACHE_H
#define HDL_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hdl_cache_key {
  uint64_t low, high;
};

/* The key of a translation of `image` by `runtime` with `options`, which
 * names versions, target and settings. */
struct hdl_cache_key hdl_cache_key(const void *image, size_t image_size,
                                   const void *runtime, size_t runtime_size,
                                   const char *options);

/* On a hit, stores a malloc'ed copy of the entry and its size. */
bool hdl_cache_load(struct hdl_cache_key key, void **data, size_t *size);

/* Keep `data`.  Warns once per process if the directory cannot be written. */
void hdl_cache_store(struct hdl_cache_key key, const void *data, size_t size);

/* Number and total size of the entries in `directory`. */
void hdl_cache_usage(const char *directory, uint64_t *entries, uint64_t *bytes);

#endif /* HDL_CACHE_H */
