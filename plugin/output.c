/* output.c - see output.h; the protocol and its pairings are in hostpage.h. */
#include "output.h"

#include "page.h"
#include "plugin.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HOLE_NS 20000 /* a look again at a record that is being written */

/* Who writes holds it: records leave a ring in order. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

struct ring {
  struct hdl_output *shared;
  uint64_t bytes;
};

static struct ring ring_of(struct hdl_host_page *page, uint32_t device) {
  return (struct ring){hdl_output_ring(page, device), page->ring_bytes};
}

static uint64_t *word_at(struct ring r, uint64_t at) {
  return &r.shared->word[at % r.bytes / sizeof(uint64_t)];
}

/* The header of the record at `at`, or 0 if it is not posted. */
static uint64_t posted(struct ring r, uint64_t at) {
  uint64_t header = __atomic_load_n(word_at(r, at), __ATOMIC_ACQUIRE); /* P1 */
  bool is_here = header >> 32 == (at / HDL_OUTPUT_CELL & UINT32_MAX);  /* O4 */
  return is_here && header & HDL_OUTPUT_POSTED ? header : 0;
}

/* Only the holder of the lock changes it; others may look. */
static uint64_t taken(struct ring r) {
  return __atomic_load_n(&r.shared->taken, __ATOMIC_RELAXED);
}

/* The position of a record that is posted behind `at`, or `at`. */
static uint64_t posted_behind(struct ring r, uint64_t at) {
  for (uint64_t to = at + r.bytes, p = at + HDL_OUTPUT_CELL; p < to;
       p += HDL_OUTPUT_CELL)
    if (posted(r, p))
      return p;
  return at;
}

/* Where bytes go: a stream whose lock is held, or past one that is not free. */
static void put(bool to_stderr, bool locked, const void *text, size_t bytes) {
  FILE *stream = to_stderr ? stderr : stdout;
  if (locked) {
    fwrite_unlocked(text, 1, bytes, stream);
  } else {
    ssize_t written = write(fileno_unlocked(stream), text, bytes);
    (void)written; /* nobody is left to tell */
  }
}

/* Write the record at `at` and free its place. */
static void take(struct ring r, uint64_t at, uint64_t header, bool locked) {
  uint32_t bytes = hdl_output_text_bytes(header);
  uint32_t size = hdl_output_record_bytes(bytes);
  bool to_stderr = (header & HDL_OUTPUT_STDERR) != 0;
  const uint64_t text = at + HDL_OUTPUT_HEADER, to = text + bytes;
  char *ring = (char *)r.shared->word;
  for (uint64_t from = text, end; from < to; from = end) {
    end = from + (r.bytes - from % r.bytes); /* where the ring wraps */
    if (end > to)
      end = to;
    put(to_stderr, locked, ring + from % r.bytes, (size_t)(end - from));
  }
  if (header & HDL_OUTPUT_FLUSH && locked)
    fflush_unlocked(to_stderr ? stderr : stdout);
  for (uint64_t p = at; p < at + size; p += HDL_OUTPUT_CELL)
    *word_at(r, p) = 0;                                            /* O2 */
  __atomic_store_n(&r.shared->taken, at + size, __ATOMIC_RELEASE); /* P2 */
}

/* Write the records of `r` up to one that is not posted; with `skip`, up to the
 * end.  The lock is held. */
static bool drain(struct ring r, bool locked, bool skip) {
  bool some = false;
  for (uint64_t at = taken(r), header;; at = taken(r)) {
    if (skip && !posted(r, at))
      at = posted_behind(r, at);
    if (!(header = posted(r, at)))
      return some;
    take(r, at, header, locked);
    some = true;
  }
}

/* Call `visit` for each ring; whether any call returned true. */
static bool any_ring(bool (*visit)(struct ring r)) {
  bool any = false;
  for (struct hdl_host_page *p = NULL; (p = hdl_page_next(p));)
    for (uint32_t device = 0; device < p->devices; device++)
      any |= visit(ring_of(p, device));
  return any;
}

static bool waits(struct ring r) { return posted(r, taken(r)) != 0; }
static bool has_hole(struct ring r) {
  uint64_t at = taken(r);
  return !posted(r, at) && posted_behind(r, at) != at;
}
static bool drain_locked(struct ring r) { return drain(r, true, false); }
static bool rescue_locked(struct ring r) { return drain(r, true, true); }
static bool rescue_unlocked(struct ring r) { return drain(r, false, true); }

bool hdl_output_waits(void) { return any_ring(waits); }

static bool try_lock_streams(void) {
  if (ftrylockfile(stdout) != 0)
    return false;
  if (ftrylockfile(stderr) == 0)
    return true;
  funlockfile(stdout);
  return false;
}

static void unlock_streams(void) {
  funlockfile(stderr);
  funlockfile(stdout);
}

static bool drain_rings(void) {
  pthread_mutex_lock(&lock);
  bool some = any_ring(drain_locked);
  pthread_mutex_unlock(&lock);
  unlock_streams();
  return some;
}

bool hdl_output_drain(void) {
  return hdl_output_waits() && try_lock_streams() && drain_rings();
}

void hdl_output_finish(bool alone) {
  for (;;) {
    if (hdl_output_waits()) {
      flockfile(stdout);
      flockfile(stderr);
      drain_rings();
    }
    if (alone || !any_ring(has_hole))
      return;
    nanosleep(&(struct timespec){.tv_nsec = HOLE_NS}, NULL);
  }
}

bool hdl_output_is_before(struct hdl_host_page *page,
                          const struct hdl_fault *fault) {
  return fault->device >= page->devices ||
         taken(ring_of(page, fault->device)) >= fault->output;
}

void hdl_output_rescue(void) {
  bool locked = try_lock_streams();
  if (pthread_mutex_trylock(&lock) != 0) {
    if (locked)
      unlock_streams();
    return; /* somebody is writing it */
  }
  any_ring(locked ? rescue_locked : rescue_unlocked);
  pthread_mutex_unlock(&lock);
  if (locked) {
    fflush_unlocked(stdout);
    unlock_streams();
  }
}
