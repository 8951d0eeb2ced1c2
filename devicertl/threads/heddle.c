/* heddle.c - the thread functions of <heddle.h>; semaphores, latches, channels
 * and scopes have their own files. */
#include "threads/sync.h"

/* As in <heddle.h>. */
struct options {
  const char *name;
  uint64_t stack_bytes;
  int32_t place;
  int32_t detached;
};

HDL_API int heddle_available_parallelism(void) {
  return (int)hdl_self()->grid->workers;
}
HDL_API int heddle_max_live_threads(void) {
  return (int)(hdl_self()->grid->workers * (ARCH_LANES - 1));
}

HDL_API int heddle_spawn(uint64_t *id, int32_t (*function)(void *),
                         void *argument, const struct options *o) {
  if (o && o->place <= HDL_ON_SM && HDL_ON_SM - o->place >= (int64_t)arch_sms())
    return HDL_ERROR;
  struct hdl_strand_request request = {.start = HDL_START_C11,
                                       .function = (void *)function,
                                       .argument = argument,
                                       .place = HDL_ANYWHERE};
  if (o) {
    request.name = o->name;
    request.stack_bytes = o->stack_bytes;
    request.place = o->place;
    request.detached = o->detached != 0;
  }
  return hdl_strand_create(hdl_self(), &request, id);
}

HDL_API int heddle_sm(void) { return (int)arch_sm(); }
HDL_API int heddle_sm_count(void) { return (int)arch_sms(); }

HDL_API uint64_t heddle_thread_id(void) { return hdl_self_id(hdl_self()); }

HDL_API int heddle_set_name(uint64_t id, const char *name) {
  return hdl_strand_name(id, name) == HDL_SUCCESS ? HDL_SUCCESS : HDL_ERROR;
}
HDL_API int heddle_get_name(uint64_t id, char *name, uint64_t bytes) {
  return hdl_strand_get_name(id, name, bytes) == HDL_SUCCESS ? HDL_SUCCESS
                                                             : HDL_ERROR;
}

/* ------------------------------------------------------------------------
 * Parking.  A strand has at most one permit.  Its state, by the lock of its
 * word:
 *   neither  the next unpark leaves the permit
 *   PERMIT   the next park takes it
 *   PARKED   the next unpark wakes it */

static int32_t park(uint64_t deadline, const char *what) {
  struct hdl_thread *t = hdl_self();
  uint64_t me = hdl_self_id(t);
  uint32_t state;
  struct hdl_strand *s = hdl_strand_lock(me, &state);
  if (state & HDL_STRAND_PERMIT) {
    hdl_strand_unlock(s, me, state & ~(uint32_t)HDL_STRAND_PERMIT);
    return HDL_SUCCESS;
  }
  struct hdl_waiter *w = hdl_waiter_new(t);
  s->parked = w;
  hdl_strand_unlock(s, me, state | HDL_STRAND_PARKED);
  bool woken = hdl_suspend(t, deadline, what);
  if (!woken) {
    hdl_strand_lock(me, &state);
    woken = !(state & HDL_STRAND_PARKED); /* just now */
    hdl_strand_unlock(s, me, state & ~(uint32_t)HDL_STRAND_PARKED);
    if (woken)
      hdl_suspend(t, HDL_FOREVER, what);
  }
  hdl_stack_pop(t, w);
  return woken ? HDL_SUCCESS : HDL_TIMEDOUT;
}

HDL_API void heddle_park(void) { park(HDL_FOREVER, "heddle_park"); }
HDL_API int heddle_park_for(uint64_t ns) {
  uint64_t now = arch_clock_ns();
  return park(ns >= HDL_FOREVER - now ? HDL_FOREVER : now + ns,
              "heddle_park_for");
}
HDL_API int heddle_unpark(uint64_t id) {
  struct hdl_thread *t = hdl_self();
  uint32_t state;
  struct hdl_strand *s = hdl_strand_lock(id, &state);
  if (!s)
    return HDL_ERROR;
  struct hdl_waiter *w = state & HDL_STRAND_PARKED ? s->parked : NULL;
  hdl_strand_unlock(s, id,
                    w ? state & ~(uint32_t)HDL_STRAND_PARKED
                      : state | HDL_STRAND_PERMIT);
  if (w)
    hdl_wake(t, w);
  return HDL_SUCCESS;
}

/* ------------------------------------------------------------------------
 * Objects that POSIX has too */

HDL_API void heddle_rwlock_init(struct hdl_rwlock *l) {
  *l = (struct hdl_rwlock){0};
}
HDL_API int heddle_rwlock_read(struct hdl_rwlock *l) {
  return hdl_rwlock_lock(hdl_self(), l, false, HDL_FOREVER,
                         "heddle_rwlock_read") == HDL_SUCCESS
             ? HDL_SUCCESS
             : HDL_ERROR;
}
HDL_API int heddle_rwlock_write(struct hdl_rwlock *l) {
  return hdl_rwlock_lock(hdl_self(), l, true, HDL_FOREVER,
                         "heddle_rwlock_write") == HDL_SUCCESS
             ? HDL_SUCCESS
             : HDL_ERROR;
}
HDL_API int heddle_rwlock_try_read(struct hdl_rwlock *l) {
  return hdl_rwlock_lock(hdl_self(), l, false, 0, "heddle_rwlock_try_read");
}
HDL_API int heddle_rwlock_try_write(struct hdl_rwlock *l) {
  return hdl_rwlock_lock(hdl_self(), l, true, 0, "heddle_rwlock_try_write");
}
HDL_API int heddle_rwlock_unlock(struct hdl_rwlock *l) {
  return hdl_rwlock_unlock(hdl_self(), l, "heddle_rwlock_unlock") == HDL_SUCCESS
             ? HDL_SUCCESS
             : HDL_ERROR;
}

HDL_API int heddle_barrier_init(struct hdl_meeting *b, uint32_t size) {
  *b = (struct hdl_meeting){.size = size, .valid = 1};
  return size > 0 ? HDL_SUCCESS : HDL_ERROR;
}
HDL_API int heddle_barrier_wait(struct hdl_meeting *b) {
  return hdl_meeting_wait(hdl_self(), b, "heddle_barrier_wait");
}

/* A value that is made once. */
struct once {
  uint32_t state; /* 0, then MAKING, then MADE; U1 in once.c */
  uint32_t reserved;
  void *value;
};
enum { MAKING = 1, MADE = 2 };

HDL_API void *heddle_once_value(struct once *o, void *(*make)(void *),
                                void *argument) {
  if (arch_load_acq_gpu(&o->state) == MADE) /* U1 */
    return o->value;
  if (arch_cas_acq_rel_gpu(&o->state, 0, MAKING) == 0) {
    o->value = make(argument);
    arch_store_rel_gpu(&o->state, (uint32_t)MADE); /* U1 */
    arch_progress();
    return o->value;
  }
  struct hdl_backoff pause = {0};
  while (arch_load_acq_gpu(&o->state) != MADE) /* U1 */
    hdl_backoff(&pause, 256, "heddle_once_value", NULL);
  arch_progress();
  return o->value;
}
