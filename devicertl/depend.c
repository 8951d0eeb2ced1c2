/* depend.c - `depend` (OpenMP 5.2, 15.9.5): tasks that wait for others.
 *
 * graph.c finds for a new task those siblings that must come first; here is
 * what happens between them.  A task that must wait is in no deque: the nodes
 * of its predecessors know it, and whoever completes the last of those pushes
 * it to its own deque (push_ready in task.c says why that is allowed).  So
 * B1 to B3 of barrier.c hold: a task that waits is behind one that is in a deque
 * or runs, on a thread that is counted.
 *
 *   N1  node->successors: edges to nodes that wait for it, until it is
 *       complete; then HDL_COMPLETE, for ever.  Only the thread of the parent
 *       adds edges, only the completing thread takes them, once, all.
 *   N2  node->missing: predecessors that have not been told off, plus what the
 *       creator holds until all edges are there.  Whoever brings it to 0 is
 *       alone with the node.
 *   N3  A node in a graph is freed by the graph's thread, when it leaves the
 *       graph complete: whoever completes it does not touch it afterwards.  If
 *       it is in none, or leaves it before, it is an orphan, and whoever
 *       completes it frees it; one atomic on `successors` says which came first.
 *       (It needs no order: a freed block goes back to that thread.)  Edges need
 *       no such care: their node cannot be complete before its predecessors
 *       are, and these do not touch it after they have told it off.
 *   N4  The creator that finds a predecessor complete (relaxed) needs no edge.
 *       One fence before it goes on covers all of those (graph.c).
 *   N5  A task with mutexinoutset takes its locks when it is ready otherwise,
 *       in the order of addresses and keeping what it has: no cycle of waiting
 *       can close.  If one is taken, it queues there and is in no thread's
 *       hands; whoever unlocks hands the lock over and goes on for it.
 *
 *   lock state     event      next                who may do it
 *   0              take       HELD                whoever makes a task ready
 *   HELD           take       HELD | node         likewise
 *   HELD | node    take       HELD | new node     likewise; new->next is node
 *   HELD | node    unlock     HELD | node->next   the holder; node holds now
 *   HELD           unlock     0                   the holder
 *   Only the holder removes a node, so a node it has seen stays what it is.
 *
 * Pairings
 *   N6  add an edge, releasing swap (D4) -> complete, acquiring exchange: the
 *       completing thread sees the edge and the node at its end, with what its
 *       creator did before.  The other way round, complete, fence and exchange
 *       -> found complete, and a fence (N4): the creator sees what the
 *       predecessor did.
 *   N7  tell off, fence (that of N6) and acquiring subtraction of `missing` ->
 *       the last one: it sees what all predecessors did, and so does who gets
 *       the task from it (P1).  The creator's own subtraction needs no release,
 *       since the predecessors have what it did by their edges.
 *   N8  unlock, acq_rel -> take, acq_rel: likewise among a mutexinoutset; and
 *       queue -> unlock, acquire: the holder sees the queued node.
 *   N9  `ready`, release -> the waiting creator's poll and fence.
 *   N10 a mutex, put, acq_rel: who frees it comes after all who touched it. */
#include "depend.h"
#include "task.h"

enum { HELD = 1 };

/* A node of `task` that is in no graph. */
HDL_OUTLINE struct hdl_node *hdl_node_new(struct hdl_thread *t,
                                          struct hdl_task *task) {
  uint8_t pool_class;
  struct hdl_node *node = hdl_pool_get(t, sizeof *node, &pool_class);
  node->successors = HDL_ORPHAN;
  node->task = task;
  node->tail = NULL;
  node->last = NULL;
  node->cells = node->event = node->ready = 0;
  node->locks = node->held = 0;
  node->home = t->id;
  node->pool_class = pool_class;
  node->kind = HDL_NODE_TASK;
  return node;
}

/* `bytes` that go with `node`. */
HDL_OUTLINE void *hdl_node_more(struct hdl_thread *t, struct hdl_node *node,
                                uint64_t bytes) {
  uint8_t pool_class;
  struct hdl_tail *tail = hdl_pool_get(t, sizeof *tail + bytes, &pool_class);
  tail->pool_class = pool_class;
  tail->next = node->tail;
  node->tail = tail;
  return tail + 1;
}

HDL_OUTLINE void hdl_node_free(struct hdl_thread *t, struct hdl_node *node) {
  uint32_t home = node->home;
  for (struct hdl_tail *tail = node->tail, *next; tail; tail = next) {
    next = tail->next;
    hdl_pool_put(t, tail, tail->pool_class, home);
  }
  hdl_pool_put(t, node, node->pool_class, home);
}

struct hdl_mutex *hdl_mutex_new(struct hdl_thread *t) {
  uint8_t pool_class;
  struct hdl_mutex *m = hdl_pool_get(t, sizeof *m, &pool_class);
  *m = (struct hdl_mutex){.refs = 1, .home = t->id, .pool_class = pool_class};
  return m;
}

void hdl_mutex_put(struct hdl_thread *t, struct hdl_mutex *m) {
  if (arch_add_acq_rel_gpu(&m->refs, (uint32_t)-1) == 1) /* N10 */
    hdl_pool_put(t, m, m->pool_class, m->home);
}

/* Take the locks that `node` still needs (N5).  False if it queues for one: it
 * is not ours any more. */
static bool take_locks(struct hdl_node *node) {
  while (node->held < node->locks) {
    uint64_t *state = &node->lock[node->held]->state;
    uint64_t old = arch_load_rlx_gpu(state), seen;
    for (;;) {
      node->next = (struct hdl_node *)(uintptr_t)(old & ~(uint64_t)HELD);
      uint64_t new = old ? (uint64_t)(uintptr_t)node | HELD : HELD;
      seen = arch_cas_acq_rel_gpu(state, old, new); /* N8 */
      if (seen == old)
        break;
      old = seen;
    }
    if (old)
      return false;
    node->held++;
  }
  return true;
}

/* Unlock `m`.  Returns the node that has it now, or NULL. */
static struct hdl_node *unlock(struct hdl_mutex *m) {
  uint64_t old = arch_load_acq_gpu(&m->state); /* N8 */
  for (;;) {
    struct hdl_node *node =
        (struct hdl_node *)(uintptr_t)(old & ~(uint64_t)HELD);
    uint64_t new = node ? (uint64_t)(uintptr_t)node->next | HELD : 0;
    uint64_t seen = arch_cas_acq_rel_gpu(&m->state, old, new); /* N8 */
    if (seen == old)
      return node;
    old = seen;
  }
}

/* `node` has no predecessor left; once it has its locks too, let it go. */
static void go(struct hdl_node *node, struct hdl_node **ready,
               struct hdl_node **complete) {
  if (!take_locks(node))
    return;
  if (node->kind == HDL_NODE_WAITED) {
    arch_store_rel_gpu(&node->ready, 1u); /* N9 */
    arch_progress();
    return;
  }
  struct hdl_node **list = node->kind == HDL_NODE_TASK ? ready : complete;
  node->next = *list;
  *list = node;
}

/* `node` is complete.  Tasks that may run now are put on the list `ready`, for
 * the caller to push. */
HDL_OUTLINE void hdl_depend_complete(struct hdl_thread *t,
                                     struct hdl_node *node,
                                     struct hdl_node **ready) {
  struct hdl_node *complete = node;
  node->next = NULL;
  while ((node = complete)) {
    complete = node->next;
    for (uint32_t i = 0; i < node->locks; i++) {
      struct hdl_node *next = unlock(node->lock[i]);
      if (next) {
        next->held++;
        go(next, ready, &complete);
      }
      hdl_mutex_put(t, node->lock[i]);
    }
    arch_fence_acq_rel_gpu(); /* N6, N7 */
    uint64_t at = arch_xchg_acq_gpu(&node->successors, HDL_COMPLETE);
    if (at & HDL_ORPHAN) /* N3 */
      hdl_node_free(t, node);
    at &= ~HDL_ORPHAN;
    while (at) {
      struct hdl_edge *edge = (struct hdl_edge *)(uintptr_t)at;
      struct hdl_node *to = edge->to;
      at = edge->next; /* the edge may go away with its node (N3) */
      if (arch_add_acq_gpu(&to->missing, (uint32_t)-1) == 1) /* N7 */
        go(to, ready, &complete);
    }
  }
}

/* What the creator holds of node->missing until all edges are there: more than
 * there can be edges. */
#define CREATOR (UINT32_C(1) << 31)

/* Put `node` behind the tasks it depends on and, if `insert`, before those that
 * come later.  Returns how many there are; `mine` becomes what of node->missing
 * the caller holds. */
static uint32_t link(struct hdl_thread *t, struct hdl_node *node,
                     const struct kmp_depend_info *dep, uint32_t n, bool insert,
                     uint32_t *mine) {
  uint32_t locks = 0;
  for (uint32_t i = 0; i < n; i++)
    locks += (dep[i].flags & DEPEND_MUTEXINOUTSET) != 0;
  if (locks)
    node->lock = hdl_node_more(t, node, locks * sizeof *node->lock);
  node->missing = CREATOR;
  uint32_t made = hdl_graph_link(t, dep, n, node, insert);
  *mine = CREATOR - made;
  return made;
}

/* Give up what `link` left to the creator.  True if nothing is missing. */
static bool settle(struct hdl_node *node, uint32_t mine) {
  if (arch_add_rlx_gpu(&node->missing, -mine) != mine)
    return false;
  arch_fence_acq_rel_gpu(); /* N7 */
  return true;
}

/* Wait for the siblings that `dep` names.  `node` is HDL_NODE_WAITED.  Only
 * descendants of the current task run meanwhile, as in a taskwait. */
static void await(struct hdl_thread *t, struct hdl_node *node,
                  const struct kmp_depend_info *dep, uint32_t n, bool insert,
                  const struct ident *loc) {
  uint32_t mine;
  if (link(t, node, dep, n, insert, &mine) == 0 || settle(node, mine))
    return;
  struct hdl_backoff pause = {0};
  while (!arch_load_rlx_gpu(&node->ready)) {
    hdl_task_run_local(t, t->mark);
    hdl_task_expose(t);
    if (t->task->flags & HDL_TASK_EVENTS)
      hdl_event_run_awaited(t, NULL);
    hdl_backoff(&pause, 256, "dependences of a task", ident_where(loc));
  }
  arch_fence_acq_rel_gpu(); /* N9 */
  arch_progress();
}

/* ------------------------------------------------------------------------
 * What the compiler calls.  It passes no list of other dependences. */

HDL_API int32_t __kmpc_omp_task_with_deps(const struct ident *loc, int32_t gtid,
                                          struct kmp_task *k, int32_t n,
                                          const struct kmp_depend_info *dep,
                                          int32_t more, const void *others) {
  (void)gtid, (void)more, (void)others;
  struct hdl_thread *t = hdl_self();
  struct hdl_task *task = task_of(k);
  struct hdl_node *node = task->node; /* if it has an event */
  if (!node)
    task->node = node = hdl_node_new(t, task);
  if (hdl_task_undeferred(t, task, loc)) {
    /* The creator waits for its predecessors and runs it; then nobody need wait
     * for it, but perhaps for its event. */
    bool stays = task->flags & HDL_TASK_DETACH;
    task->flags |= HDL_TASK_NOW;
    node->kind = HDL_NODE_WAITED;
    if (stays || hdl_graph_exists(t))
      await(t, node, dep, (uint32_t)n, stays, loc);
    if (!stays) {
      hdl_node_free(t, node);
      task->node = NULL;
    }
    hdl_task_submit(t, task, loc);
    return 0;
  }
  /* Another thread may release it as soon as it has a predecessor (T2), and has
   * to see all this (N6). */
  uint8_t public_ = task->public_;
  uint32_t mine;
  task->public_ = HDL_PUBLIC;
  hdl_task_count(t, task);
  if (link(t, node, dep, (uint32_t)n, true, &mine) == 0 && node->locks == 0) {
    task->public_ = public_;
    hdl_task_submit_other(t, task, loc);
    return 0;
  }
  struct hdl_node *ready = NULL;
  if (settle(node, mine))
    go(node, &ready, NULL);
  hdl_task_submit_ready(t, ready);
  return 0;
}

/* `taskwait depend`, and what comes before the body of a task with depend and
 * `if(false)`.  With nowait it is a task with nothing to do. */
HDL_API void __kmpc_omp_taskwait_deps_51(const struct ident *loc, int32_t gtid,
                                         int32_t n,
                                         const struct kmp_depend_info *dep,
                                         int32_t more, const void *others,
                                         int32_t nowait) {
  (void)gtid, (void)more, (void)others;
  struct hdl_thread *t = hdl_self();
  if (!hdl_graph_exists(t))
    return; /* there are no dependent tasks */
  struct hdl_node *node = hdl_node_new(t, NULL);
  if (!nowait) {
    node->kind = HDL_NODE_WAITED;
    await(t, node, dep, (uint32_t)n, false, loc);
    hdl_node_free(t, node);
    return;
  }
  node->kind = HDL_NODE_EMPTY;
  struct hdl_node *ready = NULL;
  uint32_t mine;
  link(t, node, dep, (uint32_t)n, true, &mine);
  if (settle(node, mine))
    hdl_depend_complete(t, node, &ready); /* none can wait for it yet */
}

HDL_API void __kmpc_omp_wait_deps(const struct ident *loc, int32_t gtid,
                                  int32_t n, const struct kmp_depend_info *dep,
                                  int32_t more, const void *others) {
  __kmpc_omp_taskwait_deps_51(loc, gtid, n, dep, more, others, 0);
}

/* Memory of a depobj. */
HDL_API void *__kmpc_alloc(int32_t gtid, uint64_t bytes, void *allocator) {
  (void)gtid, (void)allocator;
  void *p = arch_malloc(bytes);
  if (!p)
    hdl_fault(HDL_FAULT_NO_MEMORY, "a depobj", NULL, bytes, 0);
  return p;
}

HDL_API void __kmpc_free(int32_t gtid, void *p, void *allocator) {
  (void)gtid, (void)allocator;
  arch_free(p);
}
