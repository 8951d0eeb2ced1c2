/* image.c - see image.h. */
#include "image.h"

#include "cuda.h"
#include "device.h"
#include "elffile.h"
#include "launch.h"
#include "page.h"
#include "plugin.h"
#include "translate.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_PROGRAM_NAME 512

static struct hdl_library *libraries;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of the list */
static bool emulated;

static void *allocate(size_t count, size_t size) {
  void *memory = calloc(count ? count : 1, size);
  if (!memory)
    hdl_die("this machine is out of memory");
  return memory;
}

static size_t image_size(const struct tgt_image *image) {
  return (size_t)((char *)image->end - (char *)image->start);
}

static const char *program_name(void) {
  static char name[MAX_PROGRAM_NAME];
  ssize_t length = readlink("/proc/self/exe", name, sizeof name - 1);
  name[length > 0 ? length : 0] = '\0';
  return length > 0 ? name : "this program";
}

/* Append an image to the copy.  There is room. */
static void library_push(struct hdl_library *l, const struct tgt_image *from,
                         void *bytes, size_t size, bool is_owned, unsigned sm) {
  int32_t i = l->copy.image_count++;
  l->images[i] = *from;
  l->images[i].start = bytes;
  l->images[i].end = (char *)bytes + size;
  l->is_owned[i] = is_owned;
  l->sm[i] = sm;
}

/* Remember why `image` cannot run; the first reason is the one told. */
static void library_fail(struct hdl_library *l, char *sentence) {
  if (l->error) {
    free(sentence);
    return;
  }
  l->error =
      hdl_sentence("%s cannot be run here: %s", program_name(), sentence);
  free(sentence);
}

static void push_cubin(struct hdl_library *l, const struct tgt_image *from,
                       void *bytes, size_t size, unsigned sm) {
  hdl_page_patch_cubin(bytes, size);
  hdl_device_note_image(sm);
  library_push(l, from, bytes, size, true, sm);
}

/* The capabilities of the GPUs here, each once, newest first: libomptarget
 * gives a GPU the first image it can run. */
static size_t gpu_capabilities(unsigned *sms) {
  size_t count = 0;
  for (int i = 0; i < hdl_gpu_count(); i++) {
    unsigned sm = hdl_gpu(i)->sm;
    size_t at = 0;
    while (at < count && sms[at] > sm)
      at++;
    if (sm < HDL_OLDEST_SM || (at < count && sms[at] == sm))
      continue;
    memmove(&sms[at + 1], &sms[at], (count - at) * sizeof *sms);
    sms[at] = sm;
    count++;
  }
  return count;
}

static void add_for_gpus(struct hdl_library *l, const struct tgt_image *from) {
  unsigned *sms = allocate((size_t)hdl_gpu_count(), sizeof *sms);
  size_t count = gpu_capabilities(sms);
  for (size_t i = 0; i < count; i++) {
    void *bytes;
    size_t size;
    char *error =
        hdl_translate(from->start, image_size(from), sms[i], &bytes, &size);
    if (error)
      library_fail(l, error);
    else
      push_cubin(l, from, bytes, size, sms[i]);
  }
  free(sms);
}

static void add_for_emulator(struct hdl_library *l,
                             const struct tgt_image *from) {
  void *bytes;
  size_t size;
  char *error = hdl_translate(from->start, image_size(from), 0, &bytes, &size);
  if (error) {
    library_fail(l, error);
    return;
  }
  hdl_page_patch_emulated(bytes, size);
  library_push(l, from, bytes, size, true, 0);
  emulated = true;
}

/* A cubin from heddle-aot.cfg, or from clang without Heddle. */
static void add_cubin(struct hdl_library *l, const struct tgt_image *from) {
  if (!hdl_device_is_gpu()) {
    library_fail(l, hdl_sentence("it is built for NVIDIA GPUs only, with "
                                 "heddle-aot.cfg; build it with heddle.cfg "
                                 "to run it without one"));
    return;
  }
  size_t size = image_size(from);
  void *bytes = allocate(size, 1);
  memcpy(bytes, from->start, size);
  push_cubin(l, from, bytes, size, hdl_elf_cubin_sm(bytes, size));
}

static void add_image(struct hdl_library *l, const struct tgt_image *from) {
  size_t size = image_size(from);
  if (hdl_elf_is(from->start, size, EM_CUDA))
    add_cubin(l, from);
  else if (size >= SELFMAG && memcmp(from->start, ELFMAG, SELFMAG) == 0)
    library_push(l, from, from->start, size, false, 0);
  else if (!hdl_is_bitcode(from->start, size))
    library_fail(l, hdl_sentence("its device image is neither bitcode nor an "
                                 "ELF file, so it is damaged or for a machine "
                                 "that Heddle does not know; rebuild it with "
                                 "heddle.cfg"));
  else if (hdl_device_is_gpu())
    add_for_gpus(l, from);
  else
    add_for_emulator(l, from);
}

static int compare_kernels(const void *a, const void *b) {
  uintptr_t x = (uintptr_t)((const struct hdl_kernel *)a)->region;
  uintptr_t y = (uintptr_t)((const struct hdl_kernel *)b)->region;
  return (x > y) - (x < y);
}

/* Read `<kernel>_kernel_environment` from the images; all are of one program.
 *
 * libomptarget gives the blocks of a generic kernel a warp more than asked for,
 * which LLVM's own runtime needs.  In a league the size of a block is the
 * program's to choose, so libomptarget is told that the kernel is of the other
 * sort that has a sequential part. */
static void read_environment(struct hdl_kernel *kernel) {
  const struct hdl_library *l = kernel->library;
  char *symbol = hdl_sentence("%s_kernel_environment", kernel->name);
  for (int32_t i = 0; i < l->copy.image_count; i++) {
    const struct tgt_image *image = &l->images[i];
    size_t offset, bytes;
    if (!l->is_owned[i] ||
        !hdl_elf_find_data(image->start, image_size(image), symbol, &offset,
                           &bytes) ||
        bytes < sizeof kernel->environment)
      continue;
    struct tgt_kernel_environment *env = &kernel->environment;
    char *place = (char *)image->start + offset;
    memcpy(env, place, sizeof *env);
    kernel->is_known = true;
    if (env->exec_mode == TGT_EXEC_GENERIC && !hdl_launch_is_grid_team(env))
      place[offsetof(struct tgt_kernel_environment, exec_mode)] =
          TGT_EXEC_GENERIC_SPMD;
  }
  free(symbol);
}

static void list_kernels(struct hdl_library *l) {
  const struct tgt_entry *begin = l->original->entries_begin;
  const struct tgt_entry *end = l->original->entries_end;
  l->kernels = allocate((size_t)(end - begin), sizeof *l->kernels);
  for (const struct tgt_entry *e = begin; e < end; e++) {
    if (e->reserved != 0 || e->kind != TGT_KIND_OPENMP || e->size != 0 ||
        !e->address || !e->name)
      continue;
    struct hdl_kernel *kernel = &l->kernels[l->kernel_count++];
    kernel->region = e->address;
    kernel->name = e->name;
    kernel->library = l;
    read_environment(kernel);
  }
  qsort(l->kernels, l->kernel_count, sizeof *l->kernels, compare_kernels);
}

/* How many images the copy may need. */
static size_t image_capacity(const struct tgt_library *original) {
  size_t copies = hdl_device_is_gpu() ? (size_t)hdl_gpu_count() : 1;
  return (size_t)original->image_count * copies;
}

struct hdl_library *hdl_library_add(const struct tgt_library *original) {
  struct hdl_library *l = allocate(1, sizeof *l);
  size_t capacity = image_capacity(original);
  l->original = original;
  l->images = allocate(capacity, sizeof *l->images);
  l->is_owned = allocate(capacity, sizeof *l->is_owned);
  l->sm = allocate(capacity, sizeof *l->sm);
  l->copy = *original;
  l->copy.images = l->images;
  l->copy.image_count = 0;
  for (int32_t i = 0; i < original->image_count; i++)
    add_image(l, &original->images[i]);
  list_kernels(l);

  pthread_mutex_lock(&lock);
  l->next = libraries;
  libraries = l;
  pthread_mutex_unlock(&lock);
  return l;
}

struct hdl_library *hdl_library_remove(const struct tgt_library *original) {
  struct hdl_library *found = NULL;
  pthread_mutex_lock(&lock);
  for (struct hdl_library **at = &libraries; *at; at = &(*at)->next)
    if ((*at)->original == original) {
      found = *at;
      *at = found->next;
      break;
    }
  pthread_mutex_unlock(&lock);
  return found;
}

struct hdl_kernel *hdl_kernel_find(const void *region) {
  struct hdl_kernel key = {.region = region}, *found = NULL;
  pthread_mutex_lock(&lock);
  for (struct hdl_library *l = libraries; l && !found; l = l->next)
    found =
        bsearch(&key, l->kernels, l->kernel_count, sizeof key, compare_kernels);
  pthread_mutex_unlock(&lock);
  return found;
}

const struct tgt_image *hdl_library_cubin(const struct hdl_library *library,
                                          unsigned sm) {
  for (int32_t i = 0; i < library->copy.image_count; i++) {
    unsigned built_for = library->sm[i];
    if (built_for / 10 == sm / 10 && built_for <= sm)
      return &library->images[i];
  }
  return NULL;
}

const char *hdl_image_failure(void) {
  const char *error = NULL;
  bool can_run = false;
  pthread_mutex_lock(&lock);
  for (struct hdl_library *l = libraries; l; l = l->next) {
    can_run |= l->copy.image_count > 0;
    if (l->error)
      error = l->error;
  }
  pthread_mutex_unlock(&lock);
  return can_run ? NULL : error;
}

bool hdl_image_emulated(void) { return emulated; }
