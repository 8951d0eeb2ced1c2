/* depend.c - `depend` (OpenMP 5.2, 15.9.5): tasks that wait for others.
 *
 * graph.c finds for a new task those siblings that must come first; here is
 * what happens between them.  A task that must wait is in no deque: the nodes
 * of its predecessors know it, and whoever completes the last of those pushes
 * it to its own deque (push_ready in task.c says why that is allowed).  So
 * B1 to B3 of team.c hold: a task that waits is behind one that is in a deque
 * or runs, on a thread that is counted.
 *
 *   N1  node->successors: edges to nodes that wait for it, until it is
 *       complete; then HDL_COMPLETE, for ever.  Only the thread of the parent
 *       adds edges, only the completing thread takes them, once, all.
 *   N2  node->missing: predecessors that have not been told off, plus what the
 *       creator holds until all edges are there.  Whoever brings it to 0 is
 *       alone with the node.
 *   N3  node->refs: one while it is in its graph, wherever and how often, and
 *       one until it is complete.  Edges need none: their node cannot be complete
 *       before its predecessors are, and these do not touch it after they have
 *       told it off.
 *   N4  The creator that finds a predecessor complete (relaxed) needs no edge.
 *       One fence before it goes on covers all of those.
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
 *   N6  add an edge, acq_rel swap -> complete, acq_rel exchange: the completing
 *       thread sees the edge and the node at its end; and, if the swap comes
 *       too late, the creator sees what the predecessor did.
 *   N7  tell off, acq_rel subtraction of `missing` -> the last one: it sees
 *       what all predecessors did, and so does who gets the task from it (P1).
 *   N8  unlock, acq_rel -> take, acq_rel: likewise among a mutexinoutset; and
 *       queue -> unlock, acquire: the holder sees the queued node.
 *   N9  `ready`, release -> the waiting creator's poll and fence.
 *   N10 put, acq_rel: who frees a node comes after all who touched it. */
#include "depend.h"
#include "task.h"

enum { HELD = 1 };

HDL_OUTLINE struct hdl_node *hdl_node_new(struct hdl_thread *t,
                                          struct hdl_task *task) {
  uint8_t pool_class;
  struct hdl_node *node = hdl_pool_get(t, sizeof *node, &pool_class);
  *node = (struct hdl_node){.task = task,
                            .refs = 1,
                            .home = t->id,
                            .pool_class = pool_class,
                            .kind = HDL_NODE_TASK};
  return node;
}

HDL_OUTLINE void hdl_node_put(struct hdl_thread *t, struct hdl_node *node) {
  if (arch_add_acq_rel_gpu(&node->refs, (uint32_t)-1) != 1) /* N10 */
    return;
  if (node->tail)
    hdl_pool_put(t, node->tail, node->tail_class, node->home);
  hdl_pool_put(t, node, node->pool_class, node->home);
}

/* Let the end of `edge` wait for `pred`.  False if that is complete.  Thread of
 * the parent only. */
bool hdl_node_follow(struct hdl_node *pred, struct hdl_edge *edge) {
  uint64_t head = arch_load_rlx_gpu(&pred->successors);
  while (head != HDL_COMPLETE) { /* else N4 */
    edge->next = head;
    uint64_t seen = arch_cas_acq_rel_gpu(&pred->successors, head,
                                         (uint64_t)(uintptr_t)edge); /* N6 */
    if (seen == head)
      return true;
    head = seen;
  }
  return false;
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
    uint64_t at =
        arch_xchg_acq_rel_gpu(&node->successors, HDL_COMPLETE); /* N6 */
    while (at) {
      struct hdl_edge *edge = (struct hdl_edge *)(uintptr_t)at;
      struct hdl_node *to = edge->to;
      at = edge->next; /* the edge may go away with its node (N3) */
      if (arch_add_acq_rel_gpu(&to->missing, (uint32_t)-1) == 1) /* N7 */
        go(to, ready, &complete);
    }
    hdl_node_put(t, node);
  }
}

/* Room for `locks` locks and `edges` edges of `node`.  Returns the edges. */
static struct hdl_edge *make_tail(struct hdl_thread *t, struct hdl_node *node,
                                  uint32_t locks, uint32_t edges) {
  if (locks == 0 && edges <= sizeof node->edge / sizeof *node->edge)
    return node->edge;
  uint64_t first = (locks * sizeof *node->lock + 15) & ~UINT64_C(15);
  node->tail = hdl_pool_get(t, first + edges * sizeof(struct hdl_edge),
                            &node->tail_class);
  node->lock = node->tail;
  return (struct hdl_edge *)((char *)node->tail + first);
}

/* Put `node` behind the tasks it depends on and, if `insert`, before those that
 * come later.  Returns how many there are; `mine` becomes what of node->missing
 * the caller holds. */
static uint32_t link(struct hdl_thread *t, struct hdl_node *node,
                     const struct kmp_depend_info *dep, uint32_t n, bool insert,
                     uint32_t *mine) {
  uint32_t locks = 0;
  for (uint32_t i = 0; i < n; i++)
    locks += (dep[i].flags & DEPEND_MUTEXINOUTSET) != 0;
  struct hdl_location *found[HDL_FOUND];
  uint32_t most = hdl_graph_count(t, dep, n, found);
  struct hdl_edge *edge = make_tail(t, node, locks, most);
  node->missing = most + 1;
  uint32_t made = hdl_graph_link(t, dep, n, found, node, edge, insert);
  arch_fence_acq_rel_gpu(); /* N4 */
  *mine = most + 1 - made;
  return made;
}

/* Give up what `link` left to the creator.  True if nothing is missing. */
static bool settle(struct hdl_node *node, uint32_t mine) {
  return arch_add_acq_rel_gpu(&node->missing, -mine) == mine; /* N7 */
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
      hdl_node_put(t, node);
      task->node = NULL;
    }
    hdl_task_submit(t, task, loc);
    return 0;
  }
  uint32_t mine;
  uint32_t predecessors = link(t, node, dep, (uint32_t)n, true, &mine);
  if (predecessors == 0 && node->locks == 0) {
    hdl_task_submit(t, task, loc);
    return 0;
  }
  task->public_ = 1; /* another thread may release it (T2) */
  hdl_task_count(t, task);
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
    hdl_node_put(t, node);
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
