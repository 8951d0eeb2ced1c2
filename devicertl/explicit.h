/* explicit.h - what the rest of the runtime knows of explicit threads: the parts
 * of grid and block that belong to them, and how a wait reaches context.c. */
#ifndef HDL_EXPLICIT_H
#define HDL_EXPLICIT_H

#include "arch.h"

#define HDL_LINE 128 /* bytes; what two SMs should not share */

struct hdl_strand;
struct hdl_thread;

/* The explicit threads of a launch; see spawn.c. */
struct hdl_spawns {
  _Alignas(HDL_LINE) uint32_t guard;
  struct hdl_strand *first, *last;  /* the queue; under the guard */
  _Alignas(HDL_LINE) uint32_t live; /* threads that have not ended; atomic */
  uint32_t open;                    /* identities that are in use; atomic */
};

/* The contexts on the lanes of one warp; see context.c.  Bit per lane. */
struct hdl_warp {
  uint32_t live;     /* lanes but 0 that hold a context */
  uint32_t ready;    /* suspended contexts that can go on */
  uint32_t woken;    /* of those, whom hdl_wake has woken */
  uint32_t polling;  /* suspended contexts that look themselves if they can */
  uint32_t timed;    /* blocked contexts with a deadline */
  uint32_t turn;     /* ready lane that was chosen last */
  uint32_t looked;   /* and polling one */
  uint32_t passes;   /* choices made */
  uint64_t earliest; /* deadline in `timed` */
  uint32_t wake;     /* as in hdl_worker, by threads of the block; atomic */
  uint32_t sleeper;  /* lane 0 waits for work, */
  uint32_t offers;   /* and its slot says so */
  uint64_t slot; /* spawn.c: 0, HDL_SLOT_OPEN or a thread to start; atomic */
};

#define HDL_SLOT_OPEN UINT64_C(1)

/* What one lane orders when all lanes of a warp meet, and for which lane. */
enum hdl_order { HDL_ORDER_REGION, HDL_ORDER_SWITCH, HDL_ORDER_EXIT };
#define HDL_SWITCH_TO(lane)   (HDL_ORDER_SWITCH | (lane) << 8)
#define HDL_ORDER_KIND(order) ((order) & 0xff)
#define HDL_ORDER_LANE(order) ((order) >> 8)

/* What the waits of the runtime need of context.c, which is linked to programs
 * that use explicit threads only. */
struct hdl_context_ops {
  /* As arch_wait, but others of the warp may run meanwhile. */
  void (*wait)(uint32_t ns, const char *what, const char *where);
  /* Lane 0, which waited for work, has found some. */
  void (*busy)(struct hdl_thread *t);
  /* The calling lane was chosen to run a thread.  Its stack begins at `mark`. */
  __attribute__((noreturn)) void (*start)(uint64_t mark);
  /* The initial thread waits for all explicit threads to end. */
  void (*finish)(struct hdl_thread *t);
};

#endif /* HDL_EXPLICIT_H */
