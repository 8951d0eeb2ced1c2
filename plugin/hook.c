/* hook.c - __tgt_* in, __tgt_* out.
 *
 * libheddle.so stands before libomptarget in the link order, so that a
 * program's calls arrive here first; each is forwarded to the next library
 * that defines it, which is libomptarget. */
#include "device.h"
#include "image.h"
#include "launch.h"
#include "ompenv.h"
#include "plugin.h"
#include "tgt.h"
#include "watch.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_DEVICE -1

/* libomptarget and libomp */
int omp_get_default_device(void);
int omp_get_num_devices(void);
int32_t __kmpc_global_thread_num(void *ident);
void **__kmpc_omp_get_target_async_handle_ptr(int32_t thread);

/* The functions this file exports; clang declares them by itself. */
void __tgt_register_lib(struct tgt_library *library);
void __tgt_unregister_lib(struct tgt_library *library);
int __tgt_target_kernel(void *ident, int64_t device, int32_t num_teams,
                        int32_t thread_limit, void *region,
                        struct tgt_kernel_args *args);
void __tgt_target_nowait_query(void **handle);

void __tgt_target_data_begin_mapper(void *ident, int64_t device, int32_t count,
                                    void **bases, void **begins, int64_t *sizes,
                                    int64_t *types, void **names,
                                    void **mappers);

/* Store the next definition of `name` in the function pointer `function`. */
static void find_next(const char *name, void *function) {
  void *next = dlsym(RTLD_NEXT, name);
  if (!next)
    hdl_die("libomptarget.so does not define %s; link the program with clang "
            "22 and --config=heddle.cfg",
            name);
  memcpy(function, &next, sizeof next);
}

void __tgt_register_lib(struct tgt_library *library) {
  static void (*next)(const struct tgt_library *);
  if (!next)
    find_next("__tgt_register_lib", &next);
  if (hdl_device_is_disabled()) {
    next(library);
    return;
  }
  struct hdl_library *ours = hdl_library_add(library);
  hdl_omp_environment_begin();
  next(&ours->copy);
  hdl_omp_environment_end();
}

void __tgt_unregister_lib(struct tgt_library *library) {
  static void (*next)(const struct tgt_library *);
  if (!next)
    find_next("__tgt_unregister_lib", &next);
  struct hdl_library *ours = hdl_library_remove(library);
  next(ours ? &ours->copy : library);
}

/* `target data` is hooked only so that it fails with a reason where offloading
 * is mandatory; else a launch does, or all stays on the host. */
void __tgt_target_data_begin_mapper(void *ident, int64_t device, int32_t count,
                                    void **bases, void **begins, int64_t *sizes,
                                    int64_t *types, void **names,
                                    void **mappers) {
  static void (*next)(void *, int64_t, int32_t, void **, void **, int64_t *,
                      int64_t *, void **, void **);
  if (!next)
    find_next("__tgt_target_data_begin_mapper", &next);
  const char *error = hdl_image_failure();
  if (error && hdl_device_is_mandatory())
    hdl_die("%s", error);
  next(ident, device, count, bases, begins, sizes, types, names, mappers);
}

/* A launch on its way to libomptarget. */
struct launch {
  struct tgt_kernel_args args; /* our copy, if it is used */
  struct tgt_kernel_args *forwarded;
  int32_t num_teams, thread_limit;
  bool is_watched;
};

/* Prepare the launch of `region` on `device`: as it is, if it is not ours or
 * stays on the host. */
static void launch_begin(struct launch *l, int64_t device, const void *region,
                         struct tgt_kernel_args *args) {
  l->forwarded = args;
  l->is_watched = false;
  struct hdl_kernel *kernel = hdl_kernel_find(region);
  if (!kernel)
    return;
  if (kernel->library->error && kernel->library->copy.image_count == 0)
    hdl_die("%s", kernel->library->error);
  int number =
      device == DEFAULT_DEVICE ? omp_get_default_device() : (int)device;
  bool is_device = hdl_device_is_gpu()
                       ? hdl_device_gpu(number) >= 0
                       : number >= 0 && number < omp_get_num_devices();
  if (!is_device || !kernel->is_known || args->version != TGT_ARGS_VERSION)
    return;
  l->args = *args;
  l->forwarded = &l->args;
  hdl_launch_prepare(kernel, number, &l->num_teams, &l->thread_limit, &l->args);
  if (hdl_device_is_gpu()) {
    l->is_watched = true;
    hdl_watch_begin(number);
  }
}

/* What libomptarget knows the current task's unfinished kernel by, or NULL. */
static void *pending_handle(void) {
  void **handle =
      __kmpc_omp_get_target_async_handle_ptr(__kmpc_global_thread_num(NULL));
  return handle ? *handle : NULL;
}

/* Watched kernels that have outlived the call that launched them. */
struct pending {
  void *handle;
  struct pending *next;
};
static struct pending *pending;
static pthread_mutex_t pending_lock = PTHREAD_MUTEX_INITIALIZER;

static void pending_add(void *handle) {
  struct pending *p = malloc(sizeof *p);
  if (!p)
    hdl_die("this machine is out of memory");
  pthread_mutex_lock(&pending_lock);
  *p = (struct pending){handle, pending};
  pending = p;
  pthread_mutex_unlock(&pending_lock);
}

/* Whether `handle` was there. */
static bool pending_remove(void *handle) {
  pthread_mutex_lock(&pending_lock);
  struct pending **at = &pending;
  while (*at && (*at)->handle != handle)
    at = &(*at)->next;
  struct pending *found = *at;
  if (found)
    *at = found->next;
  pthread_mutex_unlock(&pending_lock);
  free(found);
  return found != NULL;
}

/* With `nowait` too: clang calls it for those regions as well, and
 * libomptarget's __tgt_target_kernel_nowait ends here.  Then the kernel may
 * still run when the call returns. */
int __tgt_target_kernel(void *ident, int64_t device, int32_t num_teams,
                        int32_t thread_limit, void *region,
                        struct tgt_kernel_args *args) {
  static int (*next)(void *, int64_t, int32_t, int32_t, void *,
                     struct tgt_kernel_args *);
  if (!next)
    find_next("__tgt_target_kernel", &next);
  struct launch l = {.num_teams = num_teams, .thread_limit = thread_limit};
  launch_begin(&l, device, region, args);
  int result =
      next(ident, device, l.num_teams, l.thread_limit, region, l.forwarded);
  if (l.is_watched) {
    void *handle = pending_handle();
    if (handle)
      pending_add(handle);
    else
      hdl_watch_end();
  }
  return result;
}

/* libomp asks whether a task's kernel has ended; if so, `*handle` becomes
 * NULL. */
void __tgt_target_nowait_query(void **handle) {
  static void (*next)(void **);
  if (!next)
    find_next("__tgt_target_nowait_query", &next);
  void *before = *handle;
  next(handle);
  if (!*handle && pending_remove(before))
    hdl_watch_end();
}

/* The emulator is one device, though libomptarget's host plugin has four. */
int omp_get_num_devices(void) {
  static int (*next)(void);
  if (!next)
    find_next("omp_get_num_devices", &next);
  int count = next();
  return count > 1 && hdl_image_emulated() ? 1 : count;
}
