/* page.h - the host pages (hostpage.h) of this process, one for each image. */
#ifndef HDL_PAGE_H
#define HDL_PAGE_H

#include "hostpage.h"

#include <stddef.h>

/* Make a page for an image of `devices` devices, which have rings of
 * `ring_bytes`, and store its address in the image's `hdl_host_page`.  Leaves
 * an image without one, and every cubin if a GPU cannot reach the page, as it
 * is.  A page lives as long as the process. */
void hdl_page_patch_cubin(void *cubin, size_t size);
void hdl_page_patch_emulated(void *image, size_t size);

/* Of the pages there are, one that is younger than all seen, and so on; first
 * NULL is given, and in the end returned.  Any thread. */
struct hdl_host_page *hdl_page_next(const struct hdl_host_page *page);

/* Let GPU `ordinal`, whose context is current, reach all pages.  Returns NULL
 * or a malloc'ed sentence.  One thread at a time. */
char *hdl_page_register(int ordinal);

#endif /* HDL_PAGE_H */
