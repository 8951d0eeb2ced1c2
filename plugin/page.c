/* page.c - see page.h. */
#include "page.h"

#include "cuda.h"
#include "elffile.h"
#include "ompenv.h"
#include "plugin.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static_assert(sizeof(struct hdl_host_page) <= HDL_PAGE_BYTES, "one page");

/* On a GPU, what it prints between two looks of the host; on the emulator so
 * small that tests fill it. */
#define GPU_RING_BYTES      (256u << 10)
#define EMULATOR_RING_BYTES 1024u

/* The watchdog's second, and when it barks if nobody asks.  The emulator's time
 * is virtual, and it finds deadlocks by itself. */
#define GPU_SECOND_NS      UINT64_C(1000000000)
#define GPU_WATCHDOG_S     10
#define EMULATOR_SECOND_NS UINT64_C(1000000)

struct page {
  struct hdl_host_page *shared;
  size_t bytes;
  bool is_registered; /* by hdl_page_register, with all GPUs */
  struct page *_Atomic next;
};

/* Only grows, at its end. */
static struct page *_Atomic pages;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of growing */

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

static void append(struct page *page) {
  pthread_mutex_lock(&lock);
  struct page *_Atomic *end = &pages;
  while (*end)
    end = &(*end)->next;
  *end = page;
  pthread_mutex_unlock(&lock);
}

/* What the host tells the device about this run. */
static void fill(struct hdl_host_page *shared, uint64_t second_ns,
                 int32_t watchdog_s, bool checks) {
  const struct hdl_settings *settings = hdl_settings();
  if (settings->watchdog_s >= 0)
    watchdog_s = settings->watchdog_s;
  shared->version = HDL_PAGE_VERSION;
  if (hdl_omp_cancellation())
    shared->flags |= HDL_PAGE_CANCELLATION;
  if (settings->watchdog_stops)
    shared->flags |= HDL_PAGE_WATCHDOG_STOPS;
  if (settings->check == HDL_CHECK_UNSET ? checks : settings->check)
    shared->flags |= HDL_PAGE_CHECKING;
  shared->max_task_priority = hdl_omp_max_task_priority();
  shared->watchdog_ns = (uint64_t)watchdog_s * second_ns;
}

static struct hdl_host_page *create(uint32_t devices, uint32_t ring_bytes) {
  struct page *page = calloc(1, sizeof *page);
  if (!page)
    hdl_die("this machine is out of memory");
  page->bytes =
      HDL_PAGE_BYTES + devices * (sizeof(struct hdl_output) + ring_bytes);
  void *memory = mmap(NULL, page->bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    hdl_die("this machine is out of memory");
  page->shared = memory;
  page->shared->devices = devices;
  page->shared->ring_bytes = ring_bytes;
  append(page);
  return page->shared;
}

/* The word in `image` that is to be a page's address, or NULL. */
static char *find_unset(void *image, size_t size) {
  static const uint64_t unset = HDL_PAGE_UNSET;
  size_t offset, bytes;
  if (!hdl_elf_find_data(image, size, "hdl_host_page", &offset, &bytes) ||
      bytes != sizeof unset ||
      memcmp((char *)image + offset, &unset, sizeof unset) != 0)
    return NULL;
  return (char *)image + offset;
}

static void set(char *word, const struct hdl_host_page *page) {
  uint64_t value = (uint64_t)(uintptr_t)page;
  memcpy(word, &value, sizeof value);
}

void hdl_page_patch_cubin(void *cubin, size_t size) {
  char *word = find_unset(cubin, size);
  if (!word)
    return;
  if (gpus_share_addresses()) {
    struct hdl_host_page *page =
        create((uint32_t)hdl_gpu_count(), GPU_RING_BYTES);
    fill(page, GPU_SECOND_NS, GPU_WATCHDOG_S, false);
    set(word, page);
  } else {
    hdl_info(1, "this GPU cannot report faults as messages, because it sees "
                "host memory at other addresses");
  }
}

void hdl_page_patch_emulated(void *image, size_t size) {
  char *word = find_unset(image, size);
  if (!word)
    return;
  struct hdl_host_page *page = create(1, EMULATOR_RING_BYTES);
  fill(page, EMULATOR_SECOND_NS, 0, true);
  set(word, page);
}

struct hdl_host_page *hdl_page_next(const struct hdl_host_page *page) {
  struct page *at = pages;
  if (page) {
    while (at->shared != page)
      at = at->next;
    at = at->next;
  }
  return at ? at->shared : NULL;
}

static char *register_page(struct page *page, int ordinal) {
  if (!page->is_registered) { /* the driver does it for all contexts at once */
    cu_result error = hdl_cuda.host_register(page->shared, page->bytes,
                                             CU_HOST_REGISTER_PORTABLE |
                                                 CU_HOST_REGISTER_DEVICEMAP);
    if (error)
      return hdl_sentence("the NVIDIA driver refused to map a page of host "
                          "memory (%s)",
                          hdl_cuda_error(error));
    page->is_registered = true;
  }
  cu_pointer seen = 0;
  cu_result error = hdl_cuda.host_device_pointer(&seen, page->shared, 0);
  if (error || seen != (uint64_t)(uintptr_t)page->shared)
    return hdl_sentence("%s sees host memory at another address than it "
                        "promised; Heddle cannot use this GPU",
                        hdl_gpu(ordinal)->name);
  return NULL;
}

char *hdl_page_register(int ordinal) {
  char *error = NULL;
  for (struct page *page = pages; page && !error; page = page->next)
    error = register_page(page, ordinal);
  return error;
}
