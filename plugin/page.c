/* page.c - see page.h. */
#include "page.h"

#include "cuda.h"
#include "elffile.h"
#include "ompenv.h"
#include "plugin.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE_BYTES 4096
static_assert(sizeof(struct hdl_host_page) <= PAGE_BYTES, "one page");

static struct hdl_host_page *page;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* A device global holds one address for all GPUs, so each of them must see
 * registered memory at the host's address.  All that Heddle supports do, but
 * for some virtual ones. */
static bool gpus_share_addresses(void) {
  for (int i = 0; i < hdl_gpu_count(); i++) {
    int shares = 0;
    cu_result error = hdl_cuda.device_attribute(
        &shares, CU_DEVICE_USES_HOST_POINTERS, hdl_gpu(i)->device);
    if (error || !shares)
      return false;
  }
  return true;
}

static void create_page(void) {
  if (!gpus_share_addresses()) {
    hdl_info(1, "this GPU cannot report faults as messages, because it sees "
                "host memory at other addresses");
    return;
  }
  void *memory = mmap(NULL, PAGE_BYTES, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    hdl_die("this machine is out of memory");
  page = memory;
  page->version = HDL_PAGE_VERSION;
  page->flags = (hdl_omp_cancellation() ? HDL_PAGE_CANCELLATION : 0) |
                (hdl_settings()->check == 1 ? HDL_PAGE_CHECKING : 0);
}

void hdl_page_patch(void *cubin, size_t size) {
  size_t offset, bytes;
  uint64_t value;
  if (!hdl_elf_find_data(cubin, size, "hdl_host_page", &offset, &bytes) ||
      bytes != sizeof value)
    return;
  memcpy(&value, (char *)cubin + offset, sizeof value);
  if (value != HDL_PAGE_UNSET)
    return;
  pthread_once(&once, create_page);
  if (!page)
    return;
  value = (uint64_t)(uintptr_t)page;
  memcpy((char *)cubin + offset, &value, sizeof value);
}

struct hdl_host_page *hdl_page(void) { return page; }

char *hdl_page_register(int ordinal) {
  static int registered; /* the driver registers it for all contexts at once */
  if (!page)
    return NULL;
  if (!registered) {
    cu_result error = hdl_cuda.host_register(page, PAGE_BYTES,
                                             CU_HOST_REGISTER_PORTABLE |
                                                 CU_HOST_REGISTER_DEVICEMAP);
    if (error)
      return hdl_sentence("the NVIDIA driver refused to map a page of host "
                          "memory (%s)",
                          hdl_cuda_error(error));
    registered = 1;
  }
  cu_pointer seen = 0;
  cu_result error = hdl_cuda.host_device_pointer(&seen, page, 0);
  if (error || seen != (uint64_t)(uintptr_t)page)
    return hdl_sentence("%s sees host memory at another address than it "
                        "promised; Heddle cannot use this GPU",
                        hdl_gpu(ordinal)->name);
  return NULL;
}
