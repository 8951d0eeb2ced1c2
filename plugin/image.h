/* image.h - the images that a program registers, in the form in which they
 * run here, and the kernels in them.
 *
 * A program (or a shared library) registers one descriptor with one or more
 * images.  The plugin hands libomptarget a copy whose portable images are
 * translated: to one cubin for each kind of GPU, or to an x86-64 shared
 * object for the emulator.  Images of other kinds pass unchanged. */
#ifndef HDL_IMAGE_H
#define HDL_IMAGE_H

#include "tgt.h"

#include <pthread.h>
#include <stdbool.h>

struct hdl_library;

struct hdl_kernel {
  const void *region; /* the host's name for it */
  const char *name;   /* its symbol in the images */
  struct hdl_library *library;
  bool is_known; /* it has an environment, and this is it: */
  struct tgt_kernel_environment environment;
  struct hdl_fit *fits; /* launch.c: how much of it fits on each GPU */
};

/* One descriptor. */
struct hdl_library {
  const struct tgt_library *original;
  struct tgt_library copy;
  struct tgt_image *images; /* the copy's */
  bool *is_owned;           /* per image: its bytes are malloc'ed */
  unsigned *sm;             /* per image: of the GPUs it is for; else 0 */
  char *error;              /* NULL, or why there is no image to run here */
  struct hdl_kernel *kernels;
  size_t kernel_count;
  struct hdl_library *next;
};

/* Translate what is registered; the copy is what libomptarget is to see.  It
 * lives until hdl_library_remove(). */
struct hdl_library *hdl_library_add(const struct tgt_library *original);

/* Forget what hdl_library_add() made of `original`; its kernels can no longer
 * be found.  Returns NULL if it is not there.  libomptarget may keep pointers
 * into the copy, so it is never freed. */
struct hdl_library *hdl_library_remove(const struct tgt_library *original);

/* The kernel with this region id, or NULL. */
struct hdl_kernel *hdl_kernel_find(const void *region);

/* The image of `library` that a GPU of capability `sm` loads, or NULL. */
const struct tgt_image *hdl_library_cubin(const struct hdl_library *library,
                                          unsigned sm);

/* If nothing that is registered can run here, the reason, else NULL. */
const char *hdl_image_failure(void);

/* Whether libomptarget was given an image for the emulator. */
bool hdl_image_emulated(void);

#endif /* HDL_IMAGE_H */
