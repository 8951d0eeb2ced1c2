/* heddle_host.h - <heddle.h> on the host: short and right rather than fast.
 *
 * All objects share one monitor: a mutex, and a condition that is broadcast
 * whenever an object changes.  A thread is a C11 thread, which has one lane.
 * Only threads that heddle_spawn made have a scope; no place is asked for. */
#ifndef HEDDLE_HOST_H
#define HEDDLE_HOST_H

#define HEDDLE_WEAK   __attribute__((weak))
#define HEDDLE_STATIC static inline __attribute__((unused))

HEDDLE_WEAK once_flag heddle_host_once = ONCE_FLAG_INIT;
HEDDLE_WEAK mtx_t heddle_host_mutex;
HEDDLE_WEAK cnd_t heddle_host_changed;

/* A thread as heddle_* see it.  Never freed: others may have its id. */
struct heddle_host_thread {
  struct heddle_host_thread *next;
  thrd_t id;
  int permit;
  char name[32];
  size_t *scope; /* threads of its scope that have not ended, or NULL */
  int (*function)(void *);
  void *argument;
};
HEDDLE_WEAK struct heddle_host_thread *heddle_host_threads;
HEDDLE_WEAK __thread struct heddle_host_thread *heddle_host_me;

HEDDLE_STATIC void heddle_host_init(void) {
  mtx_init(&heddle_host_mutex, mtx_plain);
  cnd_init(&heddle_host_changed);
}
HEDDLE_STATIC void heddle_host_enter(void) {
  call_once(&heddle_host_once, heddle_host_init);
  mtx_lock(&heddle_host_mutex);
}
HEDDLE_STATIC void heddle_host_leave(void) {
  cnd_broadcast(&heddle_host_changed);
  mtx_unlock(&heddle_host_mutex);
}
HEDDLE_STATIC void heddle_host_wait(void) {
  cnd_wait(&heddle_host_changed, &heddle_host_mutex);
}

/* The record of a thread, under the monitor; made if it is the caller's. */
HEDDLE_STATIC struct heddle_host_thread *heddle_host_find(thrd_t id) {
  struct heddle_host_thread *t = heddle_host_threads;
  while (t && !thrd_equal(t->id, id))
    t = t->next;
  return t;
}
HEDDLE_STATIC struct heddle_host_thread *heddle_host_self(void) {
  if (!heddle_host_me) {
    struct heddle_host_thread *t =
        (struct heddle_host_thread *)calloc(1, sizeof *t);
    if (!t)
      abort();
    t->id = thrd_current();
    t->next = heddle_host_threads;
    heddle_host_threads = heddle_host_me = t;
  }
  return heddle_host_me;
}

/* ------------------------------------------------------------------------ */

HEDDLE_STATIC int heddle_warp_id(void) { return 0; }
HEDDLE_STATIC int heddle_sm(void) { return 0; }
HEDDLE_STATIC int heddle_sm_count(void) { return 1; }
HEDDLE_STATIC int heddle_available_parallelism(void) { return 1; }
HEDDLE_STATIC int heddle_max_live_threads(void) { return 1024; }

HEDDLE_STATIC int heddle_host_run(void *p) {
  struct heddle_host_thread *me = (struct heddle_host_thread *)p;
  heddle_host_enter(); /* when its creator has filled in the id */
  heddle_host_me = me;
  size_t *scope = me->scope;
  heddle_host_leave();
  int result = me->function(me->argument);
  heddle_host_enter();
  if (scope)
    --*scope;
  memset(&me->id, 0, sizeof me->id); /* its id may now be another's */
  heddle_host_leave();
  return result;
}
HEDDLE_STATIC int heddle_spawn(thrd_t *id, int (*function)(void *),
                               void *argument, const heddle_options *options) {
  if (options && options->place < HEDDLE_ON_SM(0))
    return thrd_error;
  struct heddle_host_thread *t =
      (struct heddle_host_thread *)calloc(1, sizeof *t);
  if (!t)
    return thrd_nomem;
  t->function = function;
  t->argument = argument;
  if (options && options->name)
    strncpy(t->name, options->name, sizeof t->name - 1);
  heddle_host_enter();
  t->scope = heddle_host_self()->scope;
  int result = thrd_create(&t->id, heddle_host_run, t);
  if (result == thrd_success) {
    if (id)
      *id = t->id;
    if (options && options->detached)
      thrd_detach(t->id);
    if (t->scope)
      ++*t->scope;
    t->next = heddle_host_threads;
    heddle_host_threads = t;
  } else {
    free(t);
  }
  heddle_host_leave();
  return result;
}
HEDDLE_STATIC void heddle_scope(void (*function)(void *), void *argument) {
  size_t running = 0;
  heddle_host_enter();
  struct heddle_host_thread *me = heddle_host_self();
  size_t *outer = me->scope;
  me->scope = &running;
  heddle_host_leave();
  function(argument);
  heddle_host_enter();
  while (running > 0)
    heddle_host_wait();
  me->scope = outer;
  heddle_host_leave();
}
HEDDLE_STATIC uint64_t heddle_thread_id(void) {
  return (uint64_t)thrd_current();
}
HEDDLE_STATIC int heddle_set_name(thrd_t id, const char *name) {
  heddle_host_enter();
  heddle_host_self();
  struct heddle_host_thread *t = heddle_host_find(id);
  if (t) {
    memset(t->name, 0, sizeof t->name);
    strncpy(t->name, name, sizeof t->name - 1);
  }
  heddle_host_leave();
  return t ? thrd_success : thrd_error;
}
HEDDLE_STATIC int heddle_get_name(thrd_t id, char *name, size_t bytes) {
  heddle_host_enter();
  heddle_host_self();
  struct heddle_host_thread *t = heddle_host_find(id);
  if (t && bytes) {
    name[0] = 0;
    strncat(name, t->name, bytes - 1);
  }
  heddle_host_leave();
  return t && bytes ? thrd_success : thrd_error;
}

HEDDLE_STATIC struct timespec heddle_host_in(uint64_t ns) {
  struct timespec at;
  timespec_get(&at, TIME_UTC);
  at.tv_sec += (time_t)(ns / 1000000000);
  at.tv_nsec += (long)(ns % 1000000000);
  if (at.tv_nsec >= 1000000000) {
    at.tv_nsec -= 1000000000;
    at.tv_sec++;
  }
  return at;
}
/* Under the monitor, until `*word` is not 0; thrd_timedout. */
HEDDLE_STATIC int heddle_host_until(const volatile void *word, size_t bytes,
                                    uint64_t ns) {
  struct timespec at = heddle_host_in(ns);
  for (;;) {
    for (size_t i = 0; i < bytes; i++)
      if (((const volatile char *)word)[i])
        return thrd_success;
    if (cnd_timedwait(&heddle_host_changed, &heddle_host_mutex, &at) ==
        thrd_timedout)
      return thrd_timedout;
  }
}
HEDDLE_STATIC int heddle_park_for(uint64_t ns) {
  heddle_host_enter();
  struct heddle_host_thread *me = heddle_host_self();
  int result = heddle_host_until(&me->permit, sizeof me->permit, ns);
  me->permit = 0;
  heddle_host_leave();
  return result;
}
HEDDLE_STATIC void heddle_park(void) {
  heddle_host_enter();
  struct heddle_host_thread *me = heddle_host_self();
  while (!me->permit)
    heddle_host_wait();
  me->permit = 0;
  heddle_host_leave();
}
HEDDLE_STATIC int heddle_unpark(thrd_t id) {
  heddle_host_enter();
  heddle_host_self();
  struct heddle_host_thread *t = heddle_host_find(id);
  if (t)
    t->permit = 1;
  heddle_host_leave();
  return t ? thrd_success : thrd_error;
}

/* ------------------------------------------------------------------------
 * Objects: what opaque[0] and opaque[1] are is said at each. */

/* readers, id of the writer's record */
HEDDLE_STATIC void heddle_rwlock_init(heddle_rwlock *l) {
  memset(l, 0, sizeof *l);
}
HEDDLE_STATIC int heddle_host_rwlock(heddle_rwlock *l, int write, int wait) {
  heddle_host_enter();
  uint64_t me = (uint64_t)(uintptr_t)heddle_host_self();
  int result = wait && l->opaque[1] == me ? thrd_error : thrd_success;
  while (result == thrd_success && (l->opaque[1] || (write && l->opaque[0]))) {
    if (wait)
      heddle_host_wait();
    else
      result = thrd_busy;
  }
  if (result == thrd_success && write)
    l->opaque[1] = me;
  else if (result == thrd_success)
    l->opaque[0]++;
  heddle_host_leave();
  return result;
}
HEDDLE_STATIC int heddle_rwlock_read(heddle_rwlock *l) {
  return heddle_host_rwlock(l, 0, 1);
}
HEDDLE_STATIC int heddle_rwlock_write(heddle_rwlock *l) {
  return heddle_host_rwlock(l, 1, 1);
}
HEDDLE_STATIC int heddle_rwlock_try_read(heddle_rwlock *l) {
  return heddle_host_rwlock(l, 0, 0);
}
HEDDLE_STATIC int heddle_rwlock_try_write(heddle_rwlock *l) {
  return heddle_host_rwlock(l, 1, 0);
}
HEDDLE_STATIC int heddle_rwlock_unlock(heddle_rwlock *l) {
  heddle_host_enter();
  int result = thrd_success;
  if (l->opaque[1] == (uint64_t)(uintptr_t)heddle_host_self())
    l->opaque[1] = 0;
  else if (!l->opaque[1] && l->opaque[0])
    l->opaque[0]--;
  else
    result = thrd_error;
  heddle_host_leave();
  return result;
}

/* units */
HEDDLE_STATIC void heddle_sem_init(heddle_sem *s, uint32_t units) {
  memset(s, 0, sizeof *s);
  s->opaque[0] = units;
}
HEDDLE_STATIC int heddle_sem_try_acquire(heddle_sem *s) {
  heddle_host_enter();
  int got = s->opaque[0] > 0;
  s->opaque[0] -= (uint64_t)got;
  heddle_host_leave();
  return got ? thrd_success : thrd_busy;
}
HEDDLE_STATIC int heddle_sem_acquire_for(heddle_sem *s, uint64_t ns) {
  heddle_host_enter();
  int result = heddle_host_until(&s->opaque[0], sizeof s->opaque[0], ns);
  if (result == thrd_success)
    s->opaque[0]--;
  heddle_host_leave();
  return result;
}
HEDDLE_STATIC void heddle_sem_acquire(heddle_sem *s) {
  heddle_host_enter();
  while (s->opaque[0] == 0)
    heddle_host_wait();
  s->opaque[0]--;
  heddle_host_leave();
}
HEDDLE_STATIC void heddle_sem_release(heddle_sem *s, uint32_t units) {
  heddle_host_enter();
  s->opaque[0] += units;
  heddle_host_leave();
}

/* still to come */
HEDDLE_STATIC void heddle_latch_init(heddle_latch *l, uint32_t count) {
  memset(l, 0, sizeof *l);
  l->opaque[0] = count;
}
HEDDLE_STATIC void heddle_latch_count_down(heddle_latch *l, uint32_t n) {
  heddle_host_enter();
  l->opaque[0] = l->opaque[0] > n ? l->opaque[0] - n : 0;
  heddle_host_leave();
}
HEDDLE_STATIC int heddle_latch_try_wait(heddle_latch *l) {
  heddle_host_enter();
  int open = l->opaque[0] == 0;
  heddle_host_leave();
  return open ? thrd_success : thrd_busy;
}
HEDDLE_STATIC void heddle_latch_wait(heddle_latch *l) {
  heddle_host_enter();
  while (l->opaque[0] > 0)
    heddle_host_wait();
  heddle_host_leave();
}

/* size, arrived, round */
HEDDLE_STATIC int heddle_barrier_init(heddle_barrier *b, uint32_t size) {
  memset(b, 0, sizeof *b);
  b->opaque[0] = size;
  return size ? thrd_success : thrd_error;
}
HEDDLE_STATIC int heddle_barrier_wait(heddle_barrier *b) {
  heddle_host_enter();
  uint64_t round = b->opaque[2];
  int last = ++b->opaque[1] >= b->opaque[0];
  if (last) {
    b->opaque[1] = 0;
    b->opaque[2]++;
    cnd_broadcast(&heddle_host_changed);
  }
  while (!last && b->opaque[2] == round)
    heddle_host_wait();
  heddle_host_leave();
  return last;
}

/* state, value */
HEDDLE_STATIC void *heddle_once_value(heddle_once *o, void *(*make)(void *),
                                      void *argument) {
  heddle_host_enter();
  if (o->opaque[0] == 0) {
    o->opaque[0] = 1;
    heddle_host_leave();
    void *value = make(argument);
    heddle_host_enter();
    o->opaque[1] = (uint64_t)(uintptr_t)value;
    o->opaque[0] = 2;
    cnd_broadcast(&heddle_host_changed);
  }
  while (o->opaque[0] != 2)
    heddle_host_wait();
  heddle_host_leave();
  return (void *)(uintptr_t)o->opaque[1];
}

/* Senders take tickets, so that with capacity 0 they can await the receiver of
 * theirs. */
struct heddle_host_channel {
  uint64_t capacity, bytes, sent, received, closed, taking;
  char *buffer;
  const void *direct; /* the value of a sender that waits, capacity 0 */
};
HEDDLE_STATIC void heddle_channel_init(heddle_channel *channel, void *buffer,
                                       size_t capacity, size_t bytes) {
  struct heddle_host_channel *c = (struct heddle_host_channel *)channel;
  memset(channel, 0, sizeof *channel);
  c->capacity = capacity;
  c->bytes = bytes;
  c->buffer = (char *)buffer;
}
HEDDLE_STATIC int heddle_host_send(heddle_channel *channel, const void *value,
                                   int wait) {
  struct heddle_host_channel *c = (struct heddle_host_channel *)channel;
  int result = thrd_success;
  heddle_host_enter();
  while (!c->closed && wait &&
         (c->capacity ? c->sent - c->received == c->capacity : !!c->direct))
    heddle_host_wait();
  if (c->closed) {
    result = thrd_error;
  } else if (c->capacity && c->sent - c->received < c->capacity) {
    memcpy(c->buffer + c->sent++ % c->capacity * c->bytes, value, c->bytes);
  } else if (!c->capacity && !c->direct && (wait || c->taking)) {
    uint64_t ticket = c->sent++;
    c->direct = value;
    cnd_broadcast(&heddle_host_changed);
    while (c->received <= ticket && !c->closed)
      heddle_host_wait();
    if (c->received <= ticket) {
      c->direct = NULL;
      c->received++;
      result = thrd_error;
    }
  } else {
    result = thrd_busy;
  }
  heddle_host_leave();
  return result;
}
HEDDLE_STATIC int heddle_host_receive(heddle_channel *channel, void *value,
                                      int wait) {
  struct heddle_host_channel *c = (struct heddle_host_channel *)channel;
  int result = thrd_success;
  heddle_host_enter();
  c->taking++;
  while (wait && !c->closed && c->sent == c->received) {
    cnd_broadcast(&heddle_host_changed);
    heddle_host_wait();
  }
  c->taking--;
  if (c->sent == c->received) {
    result = c->closed ? thrd_error : thrd_busy;
  } else if (c->capacity) {
    memcpy(value, c->buffer + c->received++ % c->capacity * c->bytes, c->bytes);
  } else if (c->direct) {
    memcpy(value, c->direct, c->bytes);
    c->direct = NULL;
    c->received++;
  }
  heddle_host_leave();
  return result;
}
HEDDLE_STATIC int heddle_channel_send(heddle_channel *c, const void *value) {
  return heddle_host_send(c, value, 1);
}
HEDDLE_STATIC int heddle_channel_try_send(heddle_channel *c,
                                          const void *value) {
  return heddle_host_send(c, value, 0);
}
HEDDLE_STATIC int heddle_channel_receive(heddle_channel *c, void *value) {
  return heddle_host_receive(c, value, 1);
}
HEDDLE_STATIC int heddle_channel_try_receive(heddle_channel *c, void *value) {
  return heddle_host_receive(c, value, 0);
}
HEDDLE_STATIC void heddle_channel_close(heddle_channel *channel) {
  heddle_host_enter();
  ((struct heddle_host_channel *)channel)->closed = 1;
  heddle_host_leave();
}

HEDDLE_STATIC void heddle_lanes(void (*function)(void *), void *argument) {
  function(argument);
}
HEDDLE_STATIC int heddle_lane(void) { return 0; }
HEDDLE_STATIC int heddle_lane_count(void) { return 1; }
HEDDLE_STATIC uint32_t heddle_ballot(int vote) { return vote != 0; }
HEDDLE_STATIC uint64_t heddle_shuffle(uint64_t value, int lane) {
  (void)lane;
  return value;
}
HEDDLE_STATIC uint64_t heddle_reduce_add(uint64_t value) { return value; }

#undef HEDDLE_WEAK
#undef HEDDLE_STATIC
#endif /* HEDDLE_HOST_H */
