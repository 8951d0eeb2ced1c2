/* depend.h - task dependences: what depend.c, graph.c and event.c share.
 *
 *   graph   who last used which location; one for each task that generates
 *           dependent tasks, touched by that task's thread only (graph.c)
 *   node    what a task has more when it has dependences or an event
 *   edge    from a node to one that must wait for it; memory of the latter
 *   mutex   lets one task of a mutexinoutset run at a time */
#ifndef HDL_DEPEND_H
#define HDL_DEPEND_H

#include "pool.h"

/* What a node stands for. */
enum hdl_node_kind {
  HDL_NODE_TASK = 1, /* a task to be pushed when it is ready */
  HDL_NODE_WAITED,   /* a thread waits until it is ready */
  HDL_NODE_EMPTY,    /* complete as soon as it is ready */
};

struct hdl_edge {
  uint64_t next; /* struct hdl_edge * */
  struct hdl_node *to;
};

/* More memory of a node, for its locks or for edges. */
struct hdl_tail {
  struct hdl_tail *next;
  uint8_t pool_class;
};

/* Invariants N1 to N5 are in depend.c. */
struct hdl_node {
  uint64_t successors; /* struct hdl_edge * | ORPHAN, or COMPLETE; atomic */
  struct hdl_task *task;
  struct hdl_node *next;   /* in the one list that has it */
  struct hdl_mutex **lock; /* those it needs, by address */
  struct hdl_tail *tail;   /* goes with the node */
  struct hdl_grid *grid;   /* of a task with an event; see event.c */
  struct hdl_team *team;
  struct hdl_node *last; /* that has followed it; thread of the graph only */
  uint32_t missing;      /* predecessors that are not complete; atomic */
  uint32_t cells;        /* places in its graph; thread of the graph only */
  uint32_t event;        /* atomic */
  uint32_t ready;        /* HDL_NODE_WAITED: may go on; atomic */
  uint32_t locks;        /* length of `lock` */
  uint32_t held;         /* of those, so many are its own */
  uint32_t home;
  uint8_t pool_class;
  uint8_t kind; /* enum hdl_node_kind */
  struct hdl_edge edge[2];
};
_Static_assert(sizeof(struct hdl_node) <= 128, "smallest block of the pool");

#define HDL_COMPLETE UINT64_C(1) /* a node's list of successors is closed */
#define HDL_ORPHAN   UINT64_C(2) /* it is in no graph (N3) */

struct hdl_mutex {
  uint64_t state; /* struct hdl_node * | HELD; atomic, see depend.c */
  uint32_t refs;  /* atomic */
  uint32_t home;
  uint8_t pool_class;
};

/* depend.c */
struct hdl_node *hdl_node_new(struct hdl_thread *t, struct hdl_task *task);
void *hdl_node_more(struct hdl_thread *t, struct hdl_node *node,
                    uint64_t bytes);
void hdl_node_free(struct hdl_thread *t, struct hdl_node *node);
struct hdl_mutex *hdl_mutex_new(struct hdl_thread *t);
void hdl_mutex_put(struct hdl_thread *t, struct hdl_mutex *m);

/* graph.c */
uint32_t hdl_graph_link(struct hdl_thread *t, const struct kmp_depend_info *dep,
                        uint32_t n, struct hdl_node *node, bool insert);

#endif /* HDL_DEPEND_H */
