/* strand.c - the life of an explicit thread: creation, end, join, detach.
 *
 * A strand is found by its id, generation << 32 | index.  The memory of strands
 * is never given back, and the generation of an index grows with each use, so
 * an id names one thread for ever: a stale one is recognised.  (An index whose
 * generations are used up retires.)
 *
 *   state              event                      next, under the guard
 *   -                  create                     0
 *   0                  detach                     DETACHED
 *   0                  join begins                JOINING
 *   0, JOINING         the function returns       + ENDED; the joiner is woken
 *   DETACHED           the function returns       free
 *   ENDED              join, detach               free
 *   JOINING            its deadline               0
 * Pairings
 *   R1  chunk pointer, release under the guard -> relaxed: whoever has an id got
 *       it from its creator, in an order that holds for the chunk too.
 *   R2  word, release -> acquire by whoever locks it, and X1: who joins sees all
 *       that the thread did; so does, by `live`, who waits for all at the end of
 *       the region.  Once it has ended and its joiner has been woken,
 *       the strand is the joiner's alone.
 *   R3  The word of a free strand is its creator's: it is stored before anybody
 *       else can know the new id, so that needs no order of its own. */
#include "threads/strand.h"

enum {
  CHUNK = 256,       /* strands allocated at a time */
  CHUNKS = 4096,     /* so there are at most a million */
  SPARE_STRANDS = 64 /* that a worker keeps for itself */
};
_Static_assert(CHUNK *CHUNKS <= 1 << 29, "bits of an id that a mutex needs");

/* Of an id, and of a strand's word. */
#define GENERATION (~UINT64_C(0) << 32)

static uint64_t chunks[CHUNKS]; /* struct hdl_strand *; R1 */
static struct {
  uint32_t guard; /* of the rest */
  uint32_t count; /* indices that exist */
  struct hdl_strand *spare;
} all;

static struct hdl_strand *strand_at(uint32_t index) {
  if (index >= CHUNK * CHUNKS)
    return NULL;
  struct hdl_strand *chunk = (struct hdl_strand *)(uintptr_t)arch_load_rlx_gpu(
      &chunks[index / CHUNK]); /* R1 */
  return chunk ? chunk + index % CHUNK : NULL;
}

/* Another chunk of free strands, under the guard; false without memory. */
static bool grow(void) {
  if (all.count == CHUNK * CHUNKS)
    return false;
  struct hdl_strand *chunk = arch_malloc(CHUNK * sizeof *chunk);
  if (!chunk)
    return false;
  hdl_clear(chunk, CHUNK * sizeof *chunk);
  for (uint32_t i = CHUNK; i-- > 0;) {
    chunk[i].index = all.count + i;
    chunk[i].word = UINT64_C(1) << 32 | HDL_STRAND_FREE;
    chunk[i].next = all.spare;
    all.spare = &chunk[i];
  }
  arch_store_rel_gpu(&chunks[all.count / CHUNK],
                     (uint64_t)(uintptr_t)chunk); /* R1 */
  all.count += CHUNK;
  return true;
}

/* Whether the worker's own list may be used: not by lanes that run at once. */
static bool has_worker(const struct hdl_thread *t) {
  return !hdl_lanes_in_region(t);
}

/* A strand with an `id`, of a thread without name, scope and values; NULL if
 * there is no memory. */
static struct hdl_strand *strand_new(struct hdl_thread *t, uint32_t state,
                                     uint64_t *id) {
  struct hdl_worker *w = t->worker;
  struct hdl_strand *s;
  if (has_worker(t) && w->spare_strands) {
    s = w->spare_strands;
    w->spare_strands = s->next;
    w->spare_count--;
  } else {
    hdl_guard(&all.guard);
    s = all.spare || grow() ? all.spare : NULL;
    if (s)
      all.spare = s->next;
    hdl_unguard(&all.guard);
    if (!s)
      return NULL;
  }
  s->grid = t->grid;
  s->stack_bytes = 0;
  s->values = NULL;
  s->member = s->scope = NULL;
  s->name[0] = 0;
  uint64_t word = arch_load_rlx_gpu(&s->word);
  *id = (word & GENERATION) | s->index;
  arch_store_rlx_gpu(&s->id, *id);
  arch_store_rlx_gpu(&s->word, (word & GENERATION) | state); /* R3 */
  arch_add_rlx_gpu(&t->grid->spawns.open, 1);
  return s;
}

/* Give up a strand that nobody refers to; the caller has it alone, locked or by
 * R2. */
static void strand_free(struct hdl_thread *t, struct hdl_strand *s,
                        uint64_t id) {
  struct hdl_worker *w = t->worker;
  if (s->member)
    hdl_scope_leave(s);
  arch_store_rlx_gpu(&s->id, (uint64_t)0);
  arch_store_rlx_gpu(&s->word,
                     (id & GENERATION) + (UINT64_C(1) << 32) | HDL_STRAND_FREE);
  arch_add_rlx_gpu(&s->grid->spawns.open, (uint32_t)-1);
  if (id >> 32 == 0xfffffffeu)
    return; /* worn out */
  if (has_worker(t) && w->spare_count < SPARE_STRANDS) {
    s->next = w->spare_strands;
    w->spare_strands = s;
    w->spare_count++;
    return;
  }
  hdl_guard(&all.guard);
  s->next = all.spare;
  all.spare = s;
  hdl_unguard(&all.guard);
}

/* The strand that `id` names, locked, and its state; NULL if there is none. */
struct hdl_strand *hdl_strand_lock(uint64_t id, uint32_t *state) {
  struct hdl_strand *s = id ? strand_at((uint32_t)id) : NULL;
  uint64_t guess = id & GENERATION;
  uint32_t ns = 32;
  while (s && !((guess ^ id) & GENERATION) && !(guess & HDL_STRAND_FREE)) {
    guess &= ~(uint64_t)HDL_STRAND_GUARD;
    uint64_t seen =
        arch_cas_acq_gpu(&s->word, guess, guess | HDL_STRAND_GUARD); /* R2 */
    if (seen == guess) {
      *state = (uint32_t)seen;
      return s;
    }
    guess = seen;
    if (!(seen & HDL_STRAND_GUARD))
      continue;
    arch_wait(ns, "the guard of a thread", NULL);
    if (ns < 256)
      ns *= 2;
  }
  return NULL;
}

/* The strand of `id` is in `state` from now on. */
void hdl_strand_unlock(struct hdl_strand *s, uint64_t id, uint32_t state) {
  arch_store_rel_gpu(&s->word, (id & GENERATION) | state); /* R2 */
}

/* The calling thread's own strand. */
HDL_OUTLINE struct hdl_strand *hdl_strand_self(struct hdl_thread *t) {
  if (t->strand)
    return t->strand;
  hdl_context_begin(t);
  struct hdl_strand *s = strand_new(t, HDL_STRAND_FOREIGN, &t->self);
  if (!s)
    hdl_fault(HDL_FAULT_NO_MEMORY, "the identity of a thread", NULL, sizeof *s,
              0);
  return t->strand = s;
}

static void set_name(struct hdl_strand *s, const char *name) {
  uint32_t i = 0;
  for (; name && name[i] && i + 1 < HDL_NAME; i++)
    s->name[i] = name[i];
  s->name[i] = 0;
}

/* HDL_NO_THREAD; else the thread's name is `name`, as far as it fits. */
int32_t hdl_strand_name(uint64_t id, const char *name) {
  uint32_t state;
  struct hdl_strand *s = hdl_strand_lock(id, &state);
  if (!s)
    return HDL_NO_THREAD;
  set_name(s, name);
  hdl_strand_unlock(s, id, state);
  return HDL_SUCCESS;
}

/* HDL_NO_THREAD, also if there are no `bytes` for the nul. */
int32_t hdl_strand_get_name(uint64_t id, char *name, uint64_t bytes) {
  uint32_t state;
  struct hdl_strand *s = bytes ? hdl_strand_lock(id, &state) : NULL;
  if (!s)
    return HDL_NO_THREAD;
  uint64_t i = 0;
  for (; i + 1 < bytes && s->name[i]; i++)
    name[i] = s->name[i];
  name[i] = 0;
  hdl_strand_unlock(s, id, state);
  return HDL_SUCCESS;
}

/* Create a thread; HDL_SUCCESS, or HDL_NOMEM and nothing has happened. */
HDL_OUTLINE int32_t hdl_strand_create(struct hdl_thread *t,
                                      const struct hdl_strand_request *request,
                                      uint64_t *id) {
  hdl_context_begin(t);
  if (hdl_lanes_all() == 1) /* thread_limit(1) without our pass */
    hdl_fault(HDL_FAULT_UNSUPPORTED,
              "a new thread in a target region of one hardware thread "
              "(thread_limit(1); HEDDLE_NUM_THREADS=1 leaves the lanes)",
              NULL, 0, 0);
  uint64_t name;
  struct hdl_strand *s =
      strand_new(t, request->detached ? HDL_STRAND_DETACHED : 0, &name);
  if (!s)
    return HDL_NOMEM;
  s->start = request->start;
  s->function = request->function;
  s->argument = request->argument;
  s->stack_bytes = request->stack_bytes;
  if (request->name)
    set_name(s, request->name);
  if (t->strand && t->strand->scope)
    hdl_scope_enter(t->strand, s);
  if (id)
    *id = name;
  arch_add_rlx_gpu(&t->grid->spawns.live, 1);
  hdl_spawn_place(t, s, request->place);
  return HDL_SUCCESS;
}

/* The thread of the calling context is over. */
static void end(struct hdl_thread *t, uint64_t result) {
  struct hdl_strand *s = t->strand;
  struct hdl_grid *g = t->grid;
  if (s->values)
    hdl_tss_end(s);
  hdl_graph_end(t);
  uint64_t id = t->self;
  uint32_t state;
  hdl_strand_lock(id, &state); /* R2 */
  s->result = result;
  struct hdl_waiter *joiner = state & HDL_STRAND_JOINING ? s->waiter : NULL;
  if (state & HDL_STRAND_DETACHED)
    strand_free(t, s, id);
  else
    hdl_strand_unlock(s, id, state | HDL_STRAND_ENDED); /* R2 */
  if (joiner)
    hdl_wake(t, joiner);
  t->strand = NULL;
  arch_add_rel_gpu(&g->spawns.live, (uint32_t)-1); /* R2 */
  arch_progress();
}

/* Run the function of `t`, a new explicit thread. */
void hdl_strand_run(struct hdl_thread *t) {
  struct hdl_strand *s = t->strand;
  void *function = s->function, *argument = s->argument;
  if (s->start == HDL_START_C11)
    end(t, (uint64_t)(int64_t)((int32_t (*)(void *))function)(argument));
  else
    end(t, (uintptr_t)((void *(*)(void *))function)(argument));
}

/* End the calling thread with `result`. */
_Noreturn void hdl_strand_exit(struct hdl_thread *t, uint64_t result,
                               const char *what) {
  struct hdl_strand *s = t->strand;
  if (!s || arch_load_rlx_gpu(&s->word) & HDL_STRAND_FOREIGN ||
      hdl_lanes_in_region(t) || t->team->level != 0)
    hdl_fault(HDL_FAULT_MISUSE, what, NULL, 0, 0);
  end(t, result);
  hdl_context_exit(t);
}

/* 0 if `s`, locked, can be joined or detached.  Else it is unlocked. */
static int32_t refuse(struct hdl_strand *s, uint64_t id, uint32_t state,
                      const char *what) {
  if (!s) {
    hdl_misuse(what, "no such thread, or it was joined, or detached and ended",
               NULL);
    return HDL_NO_THREAD;
  }
  uint32_t others =
      HDL_STRAND_DETACHED | HDL_STRAND_JOINING | HDL_STRAND_FOREIGN;
  if (!(state & others))
    return HDL_SUCCESS;
  hdl_strand_unlock(s, id, state);
  hdl_misuse(what,
             state & HDL_STRAND_FOREIGN    ? "an OpenMP thread is meant"
             : state & HDL_STRAND_DETACHED ? "the thread is detached"
                                           : "another thread is joining it",
             s->name);
  return HDL_UNJOINABLE;
}

/* The deadline for joining `s` has come; true if it has ended just before. */
static bool stop_joining(struct hdl_thread *t, struct hdl_strand *s,
                         uint64_t id, const char *what) {
  uint32_t state;
  hdl_strand_lock(id, &state);
  bool ended = state & HDL_STRAND_ENDED;
  hdl_strand_unlock(s, id,
                    ended ? state : state & ~(uint32_t)HDL_STRAND_JOINING);
  if (ended)
    hdl_suspend(t, HDL_FOREVER, what); /* it is just about to wake us */
  return ended;
}

/* Wait for a thread to end and give up its strand; `result` may be NULL.
 * HDL_NO_THREAD, HDL_UNJOINABLE, HDL_DEADLOCK: the caller itself. */
HDL_OUTLINE int32_t hdl_strand_join(struct hdl_thread *t, uint64_t id,
                                    uint64_t deadline, uint64_t *result,
                                    const char *what) {
  uint32_t state = 0;
  struct hdl_strand *s = hdl_strand_lock(id, &state);
  if (s && s == t->strand) {
    hdl_strand_unlock(s, id, state);
    hdl_misuse(what, "a thread joins itself", s->name);
    return HDL_DEADLOCK;
  }
  int32_t refused = refuse(s, id, state, what);
  if (refused)
    return refused;
  if (!(state & HDL_STRAND_ENDED)) {
    struct hdl_waiter *w = hdl_waiter_new(t);
    s->waiter = w;
    hdl_strand_unlock(s, id, state | HDL_STRAND_JOINING);
    bool ended =
        hdl_suspend(t, deadline, what) /* R2 */ || stop_joining(t, s, id, what);
    hdl_stack_pop(t, w);
    if (!ended)
      return HDL_TIMEDOUT;
  }
  if (result)
    *result = s->result;
  strand_free(t, s, id);
  return HDL_SUCCESS;
}

HDL_OUTLINE int32_t hdl_strand_detach(uint64_t id, const char *what) {
  struct hdl_thread *t = hdl_self();
  uint32_t state = 0;
  struct hdl_strand *s = hdl_strand_lock(id, &state);
  int32_t refused = refuse(s, id, state, what);
  if (refused)
    return refused;
  if (state & HDL_STRAND_ENDED)
    strand_free(t, s, id);
  else
    hdl_strand_unlock(s, id, state | HDL_STRAND_DETACHED);
  return HDL_SUCCESS;
}

/* The target region ends: wait for all its threads, and let go of those that
 * nobody has joined and of the identities of OpenMP threads. */
HDL_OUTLINE void hdl_strands_finish(struct hdl_thread *t) {
  struct hdl_spawns *spawns = &t->grid->spawns;
  struct hdl_backoff pause = {0};
  while (arch_load_rlx_gpu(&spawns->live) != 0)
    hdl_backoff(&pause, 256, "threads at the end of the target region", NULL);
  arch_fence_acq_rel_gpu(); /* R2 */
  arch_progress();
  bool told = false;
  for (uint32_t i = 0; arch_load_rlx_gpu(&spawns->open) != 0; i++) {
    struct hdl_strand *s = strand_at(i);
    if (!s)
      break;
    uint64_t id = arch_load_rlx_gpu(&s->id);
    uint32_t state;
    if (!hdl_strand_lock(id, &state))
      continue; /* free */
    if (s->grid != t->grid) {
      hdl_strand_unlock(s, id, state);
      continue;
    }
    if (!told && !(state & HDL_STRAND_FOREIGN)) {
      told = true;
      hdl_misuse("end of the target region",
                 "a thread has been neither joined nor detached", s->name);
    }
    strand_free(t, s, id);
  }
  t->strand = NULL;
}
