/* strand.h - what a thread is besides the lane it runs on: its identity, its
 * name, its result, and who waits for it.
 *
 * Explicit threads have a strand from creation until somebody has joined them
 * (or, detached, until they end); the OpenMP threads get one when the program
 * asks for it, until the target region ends. */
#ifndef HDL_STRAND_H
#define HDL_STRAND_H

#include "context.h"

enum {
  HDL_NAME = 32, /* bytes of a name, with its nul */
  HDL_ANYWHERE = -1,
  HDL_NEAR = -2,  /* a block number from 0 asks for that block, */
  HDL_ON_SM = -3, /* and HDL_ON_SM - n for one of those on SM number n */
};

/* How the thread's function is called. */
enum hdl_start { HDL_START_C11 = 1, HDL_START_POSIX };

enum hdl_strand_state {
  HDL_STRAND_ENDED = 1,
  HDL_STRAND_DETACHED = 2,
  HDL_STRAND_JOINING = 4, /* `waiter` waits to join it */
  HDL_STRAND_FOREIGN = 8, /* an OpenMP thread */
  HDL_STRAND_PARKED = 16, /* `parked` waits for heddle_unpark */
  HDL_STRAND_PERMIT = 32, /* heddle_unpark came first */
  HDL_STRAND_FREE = 64,   /* nobody's */
  HDL_STRAND_GUARD = 128, /* somebody has locked it */
};

struct hdl_scope;

struct hdl_strand {
  uint64_t word; /* generation << 32 | enum hdl_strand_state; atomic */
  struct hdl_strand *next; /* in the queue or a free list */
  uint64_t id;             /* 0 while free; bits 29 to 31 are 0; atomic */
  uint32_t index;
  uint32_t start;            /* enum hdl_start */
  struct hdl_waiter *waiter; /* who joins it */
  struct hdl_waiter *parked; /* itself */
  void *function, *argument;
  uint64_t result;
  struct hdl_grid *grid;
  uint64_t stack_bytes;     /* limit of its soft stack; 0: none */
  struct hdl_value *values; /* tss.c; NULL until one is set */
  struct hdl_scope *member; /* scope that waits for it, or NULL */
  struct hdl_scope *scope;  /* that those it creates belong to, or NULL */
  struct hdl_strand *scope_next, *scope_prev;
  char name[HDL_NAME];
};

/* What a new thread is asked to be. */
struct hdl_strand_request {
  enum hdl_start start;
  void *function, *argument;
  const char *name; /* or NULL */
  uint64_t stack_bytes;
  int32_t place; /* block, HDL_ANYWHERE, HDL_NEAR or HDL_ON_SM */
  bool detached;
};

/* thrd_success and so on: C11's results, by glibc's and musl's numbers. */
enum hdl_result {
  HDL_SUCCESS = 0,
  HDL_BUSY = 1,
  HDL_ERROR = 2,
  HDL_NOMEM = 3,
  HDL_TIMEDOUT = 4,
  /* What POSIX tells apart; C11 says error. */
  HDL_DEADLOCK = 16,
  HDL_NOT_OWNER,
  HDL_IN_USE,
  HDL_NO_THREAD,
  HDL_UNJOINABLE,
};

/* strand.c */
struct hdl_strand *hdl_strand_self(struct hdl_thread *t);
struct hdl_strand *hdl_strand_lock(uint64_t id, uint32_t *state);
void hdl_strand_unlock(struct hdl_strand *strand, uint64_t id, uint32_t state);
int32_t hdl_strand_name(uint64_t id, const char *name);
int32_t hdl_strand_get_name(uint64_t id, char *name, uint64_t bytes);
int32_t hdl_strand_create(struct hdl_thread *t,
                          const struct hdl_strand_request *request,
                          uint64_t *id);
int32_t hdl_strand_join(struct hdl_thread *t, uint64_t id, uint64_t deadline,
                        uint64_t *result, const char *what);
int32_t hdl_strand_detach(uint64_t id, const char *what);
_Noreturn void hdl_strand_exit(struct hdl_thread *t, uint64_t result,
                               const char *what);
void hdl_strand_run(struct hdl_thread *t);
void hdl_strands_finish(struct hdl_thread *t);

/* The calling thread's id. */
static inline uint64_t hdl_self_id(struct hdl_thread *t) {
  return t->strand ? t->self : hdl_strand_self(t)->id;
}

/* spawn.c */
void hdl_spawn_place(struct hdl_thread *t, struct hdl_strand *strand,
                     int32_t place);
void hdl_spawn_enqueue(struct hdl_thread *t, struct hdl_strand *strand);
void hdl_spawn_pass_on(struct hdl_thread *t, struct hdl_worker *w);
bool hdl_spawn_waits(struct hdl_thread *t, bool patient);
struct hdl_strand *hdl_spawn_take(struct hdl_thread *t, bool patient);

/* tss.c */
void hdl_tss_end(struct hdl_strand *strand);

/* scope.c */
void hdl_scope_enter(struct hdl_strand *parent, struct hdl_strand *strand);
void hdl_scope_leave(struct hdl_strand *strand);

/* misuse.c: in checked mode, tell that `call` was used as `rule` forbids. */
void hdl_misuse(const char *call, const char *rule, const char *name);

/* Whether misuse is looked for (HEDDLE_CHECK). */
static inline bool hdl_checking(void) {
  const struct hdl_host_page *page = hdl_host();
  return page && page->flags & HDL_PAGE_CHECKING;
}

#endif /* HDL_STRAND_H */
