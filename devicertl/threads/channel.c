/* channel.c - bounded channels of <heddle.h>: many senders, many receivers.
 *
 *   J1  Under the guard: receivers wait only while the buffer is empty, senders
 *       only while it is full; so never both, unless the capacity is 0, where
 *       a sender hands its value to a receiver directly.
 *   J2  A waiter's `object` is its value's place, `kind` says whether the value
 *       has been moved; else the channel was closed.
 * Pairing: the guard (H3) and X2. */
#include "threads/sync.h"

enum { WAITING, MOVED, CLOSED };

struct hdl_channel {
  uint32_t guard;
  uint32_t closed;
  uint64_t capacity, count, first; /* values; the buffer is a ring */
  uint64_t bytes;                  /* of a value */
  char *buffer;
  struct hdl_list senders, receivers;
};
_Static_assert(sizeof(struct hdl_channel) == 80, "heddle_channel_t");

static void copy(void *to, const void *from, uint64_t bytes) {
  char *a = to;
  const char *b = from;
  if (bytes == sizeof(uint64_t) && ((uintptr_t)a | (uintptr_t)b) % 8 == 0) {
    *(uint64_t *)to = *(const uint64_t *)from;
    return;
  }
  for (uint64_t i = 0; i < bytes; i++)
    a[i] = b[i];
}

static char *place(const struct hdl_channel *c, uint64_t i) {
  return c->buffer + (c->first + i) % c->capacity * c->bytes;
}

/* Wait in `list` for the other side; the guard is held, and is released. */
static int32_t await(struct hdl_thread *t, struct hdl_channel *c,
                     struct hdl_list *list, void *value, uint64_t deadline,
                     const char *what) {
  struct hdl_waiter *w = hdl_waiter_new(t);
  w->object = value;
  w->kind = WAITING;
  hdl_list_append(list, w);
  hdl_unguard(&c->guard);
  int32_t result = HDL_TIMEDOUT;
  if (hdl_suspend_listed(t, w, deadline, &c->guard, list, what))
    result = w->kind == MOVED ? HDL_SUCCESS : HDL_ERROR;
  hdl_stack_pop(t, w);
  return result;
}

/* `deadline` 0: only try. */
static int32_t send(struct hdl_channel *c, const void *value, uint64_t deadline,
                    const char *what) {
  struct hdl_thread *t = hdl_self();
  hdl_guard(&c->guard);
  if (c->closed) {
    hdl_unguard(&c->guard);
    return HDL_ERROR;
  }
  struct hdl_waiter *w = hdl_list_take(&c->receivers);
  if (w) {
    copy(w->object, value, c->bytes);
    w->kind = MOVED;
    hdl_unguard(&c->guard);
    hdl_wake(t, w);
    return HDL_SUCCESS;
  }
  if (c->count < c->capacity) {
    copy(place(c, c->count++), value, c->bytes);
    hdl_unguard(&c->guard);
    return HDL_SUCCESS;
  }
  if (deadline == 0) {
    hdl_unguard(&c->guard);
    return HDL_BUSY;
  }
  return await(t, c, &c->senders, (void *)value, deadline, what);
}

static int32_t receive(struct hdl_channel *c, void *value, uint64_t deadline,
                       const char *what) {
  struct hdl_thread *t = hdl_self();
  hdl_guard(&c->guard);
  struct hdl_waiter *w = NULL;
  if (c->count > 0) {
    copy(value, place(c, 0), c->bytes);
    c->first = (c->first + 1) % c->capacity;
    c->count--;
    w = hdl_list_take(&c->senders); /* its value goes into the gap */
    if (w)
      copy(place(c, c->count++), w->object, c->bytes);
  } else {
    w = hdl_list_take(&c->senders); /* capacity 0 */
    if (w)
      copy(value, w->object, c->bytes);
    if (!w && (c->closed || deadline == 0)) {
      bool closed = c->closed;
      hdl_unguard(&c->guard);
      return closed ? HDL_ERROR : HDL_BUSY;
    }
    if (!w)
      return await(t, c, &c->receivers, value, deadline, what);
  }
  if (w)
    w->kind = MOVED;
  hdl_unguard(&c->guard);
  if (w)
    hdl_wake(t, w);
  return HDL_SUCCESS;
}

HDL_API void heddle_channel_init(struct hdl_channel *c, void *buffer,
                                 uint64_t capacity, uint64_t bytes) {
  *c = (struct hdl_channel){
      .buffer = buffer, .capacity = capacity, .bytes = bytes};
}
HDL_API int heddle_channel_send(struct hdl_channel *c, const void *value) {
  return send(c, value, HDL_FOREVER, "heddle_channel_send");
}
HDL_API int heddle_channel_try_send(struct hdl_channel *c, const void *value) {
  return send(c, value, 0, "heddle_channel_try_send");
}
HDL_API int heddle_channel_receive(struct hdl_channel *c, void *value) {
  return receive(c, value, HDL_FOREVER, "heddle_channel_receive");
}
HDL_API int heddle_channel_try_receive(struct hdl_channel *c, void *value) {
  return receive(c, value, 0, "heddle_channel_try_receive");
}
HDL_API void heddle_channel_close(struct hdl_channel *c) {
  struct hdl_thread *t = hdl_self();
  hdl_guard(&c->guard);
  c->closed = 1;
  struct hdl_waiter *list[] = {c->senders.first, c->receivers.first};
  for (int i = 0; i < 2; i++)
    for (struct hdl_waiter *w = list[i]; w; w = w->next) {
      w->kind = CLOSED;
      w->listed = 0;
    }
  c->senders = c->receivers = (struct hdl_list){0};
  hdl_unguard(&c->guard);
  for (int i = 0; i < 2; i++)
    for (struct hdl_waiter *w = list[i]; w;) {
      struct hdl_waiter *next = w->next;
      hdl_wake(t, w);
      w = next;
    }
}
