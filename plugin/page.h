/* page.h - the host page (hostpage.h) of this process. */
#ifndef HDL_PAGE_H
#define HDL_PAGE_H

#include "hostpage.h"

#include <stddef.h>

/* Store the page's address in the cubin's `hdl_host_page`.  Leaves a cubin
 * without one, and every cubin if a GPU cannot reach the page, as it is. */
void hdl_page_patch(void *cubin, size_t size);

/* The page, or NULL if no cubin knows it. */
struct hdl_host_page *hdl_page(void);

/* Let GPU `ordinal`, whose context is current, reach the page.  Returns NULL
 * or a malloc'ed sentence.  One thread at a time. */
char *hdl_page_register(int ordinal);

#endif /* HDL_PAGE_H */
