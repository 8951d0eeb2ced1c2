/* graph.c - who last used which location: from the list of a depend clause to
 * the tasks that must come first (OpenMP 5.2, 15.9.5).
 *
 * A task that generates dependent tasks has a graph, a hash table of the
 * locations that they name.  Only the generating task's thread touches it,
 * while that task runs, so nothing here is atomic but the references to nodes.
 * A thread keeps the graphs of the tasks on its stack in a list, innermost
 * first; the first is that of the current task, if that has one.
 *
 * Tasks that may run at once, in any order, are a generation of a location:
 * those with `in`, with `inoutset` or with `mutexinoutset` that nothing else
 * separates; a task with `out` or `inout` is one alone.  Each task depends on
 * all of the generation before its own.
 *
 *   D1  A location keeps two generations: `now`, which may still grow, and
 *       `before`, on which those of `now` depend.  Older ones need not be
 *       kept: they are complete before any of `before` begins.
 *   D2  Complete tasks may be left out of both.  If all of `now` are, so are
 *       all of `before`.
 *   D3  A task with omp_all_memory depends on all in `now`, wherever, and
 *       empties the table; every later task depends on it.
 *   D4  A new task's edges are written first, to predecessors that do not know
 *       of it yet, and then these are told, each by a releasing swap (N6); or
 *       by a relaxed one after a fence, where one is needed for what complete
 *       tasks did (N3, N4): it empties the L1, where the graph is.  If anything
 *       of the new node that others read is written after that, or another
 *       predecessor is found complete, one more fence follows (N7). */
#include "depend.h"

enum {
  FIRST_BUCKETS = 16, /* a power of two */
  FIRST_BLOCK = 1024, /* bytes; holds the graph too */
  LATER_BLOCK = 2048, /* bytes */
  LOAD = 2,           /* locations for each bucket, then it grows */
  GROWTH = 4,         /* by this factor; a power of two */
  UNTIDY = 16,        /* tasks of a generation before the first clean-up */
  BATCH = 4,          /* edges told together */
  TAIL_EDGES = 15,    /* edges to a block, once a node's own are used up */
};

/* Nodes.  The first needs no cell: most sets have one. */
struct cell {
  struct cell *next;
  struct hdl_node *node;
};
struct set {
  struct hdl_node *node; /* or NULL: empty */
  struct cell *more;
  uint32_t count;
};
struct location {
  struct location *next; /* in its bucket, or free */
  uint64_t address;
  struct set now, before; /* D1 */
  struct hdl_mutex *lock; /* of its mutexinoutsets, or NULL */
  uint32_t kind;          /* of `now` */
  uint32_t untidy;        /* clean `now` up when it has so many */
};

/* Memory comes in blocks and goes back with the graph. */
struct block {
  struct block *next;
  uint8_t pool_class;
};

struct graph {
  struct hdl_graph head;
  struct location **bucket;
  uint32_t buckets; /* a power of two */
  uint32_t locations;
  struct hdl_node *all;  /* last with omp_all_memory, or NULL; D3 */
  struct hdl_node *dead; /* complete nodes, to be freed after a fence (N3) */
  struct link *link;     /* of the task that is being linked */
  struct cell *free_cells;
  struct location *free_locations;
  char *bump, *end;
  struct block *blocks;
};

static struct block *add_block(struct hdl_thread *t, uint64_t bytes) {
  uint8_t pool_class;
  struct block *b = hdl_pool_get(t, bytes, &pool_class);
  b->pool_class = pool_class;
  b->next = NULL;
  return b;
}

/* `bytes`, a multiple of 8 and small, that live as long as the graph. */
static void *get(struct hdl_thread *t, struct graph *g, uint64_t bytes) {
  if ((uint64_t)(g->end - g->bump) < bytes) {
    struct block *b = add_block(t, LATER_BLOCK);
    b->next = g->blocks;
    g->blocks = b;
    g->bump = (char *)(b + 1);
    g->end = (char *)b + LATER_BLOCK;
  }
  void *p = g->bump;
  g->bump += bytes;
  return p;
}

static void set_buckets(struct graph *g, void *memory, uint32_t n) {
  g->bucket = memory;
  g->buckets = n;
  for (uint32_t i = 0; i < n; i++)
    g->bucket[i] = NULL;
}

/* The graph of the current task. */
static struct graph *graph(struct hdl_thread *t) {
  if (hdl_graph_exists(t))
    return (struct graph *)t->graph;
  struct block *b = add_block(t, FIRST_BLOCK);
  struct graph *g = (struct graph *)(b + 1);
  *g = (struct graph){.head = {t->graph, t->task}, .blocks = b};
  g->bump = (char *)(g + 1);
  g->end = (char *)b + FIRST_BLOCK;
  set_buckets(g, get(t, g, FIRST_BUCKETS * sizeof *g->bucket), FIRST_BUCKETS);
  t->graph = &g->head;
  return g;
}

/* A new task, and its edges as far as there are any. */
struct link {
  struct hdl_thread *t;
  struct graph *graph;
  struct hdl_node *node;
  struct hdl_edge *edge, *end; /* the free ones */
  uint32_t made;               /* edges that predecessors know of */
  uint32_t untold;             /* edges that none knows of yet (D4) */
  bool relies;                 /* on what complete tasks did (N4) */
  struct {
    struct hdl_node *pred;
    struct hdl_edge *edge;
  } batch[BATCH];
};

/* Tell the predecessors of their edges (D4). */
static void tell(struct link *k) {
  bool acquires = k->relies || k->graph->dead, late = false;
  if (acquires)
    arch_fence_acq_rel_gpu(); /* N3, N4, N6 */
  for (uint32_t i = 0; i < k->untold; i++) {
    struct hdl_edge *edge = k->batch[i].edge;
    uint64_t head = edge->next, new = (uint64_t)(uintptr_t)edge;
    uint64_t *place = &k->batch[i].pred->successors;
    /* Nobody else adds edges: unless it succeeds, the task is complete. */
    if ((acquires ? arch_cas_rlx_gpu(place, head, new)
                  : arch_cas_rel_gpu(place, head, new)) == head) /* N6 */
      k->made++;
    else
      late = true;
  }
  if (late)
    arch_fence_acq_rel_gpu(); /* N4 */
  k->untold = 0;
  k->relies = false;
}

static bool is_complete(const struct hdl_node *node) {
  return arch_load_rlx_gpu(&node->successors) == HDL_COMPLETE; /* N4 */
}

/* `node` has one more place in the graph.  While it gets its first nobody else
 * knows it: it cannot become ready yet (N2). */
static void hold(struct hdl_node *node) {
  if (node->cells++ == 0)
    node->successors = 0;
}

/* It has one less (N3). */
static void drop(struct graph *g, struct hdl_node *node) {
  if (--node->cells > 0)
    return;
  if (!is_complete(node)) {
    if (g->link->untold && node->last == g->link->node) {
      tell(g->link);          /* before the node can be freed by others */
      g->link->relies = true; /* so that what is still written gets a fence */
    }
    if (arch_or_rlx_gpu(&node->successors, HDL_ORPHAN) != HDL_COMPLETE)
      return;
  }
  node->last = g->dead; /* `next` is for the one who completed it */
  g->dead = node;
}

/* Free what was found complete.  To be called after a fence (N3). */
static void bury(struct hdl_thread *t, struct graph *g) {
  while (g->dead) {
    struct hdl_node *node = g->dead;
    g->dead = node->last;
    hdl_node_free(t, node);
  }
}

static void add(struct hdl_thread *t, struct graph *g, struct set *s,
                struct hdl_node *node) {
  hold(node);
  if (s->node) { /* which gets a cell: the last task is at hand */
    struct cell *c = g->free_cells;
    if (c)
      g->free_cells = c->next;
    else
      c = get(t, g, sizeof *c);
    c->node = s->node;
    c->next = s->more;
    s->more = c;
  }
  s->node = node;
  s->count++;
}

/* Take the node of `*at` out of `s`. */
static void remove_cell(struct graph *g, struct set *s, struct cell **at) {
  struct cell *c = *at;
  *at = c->next;
  s->count--;
  c->next = g->free_cells;
  g->free_cells = c;
}

/* The same for the first node. */
static void remove_first(struct graph *g, struct set *s) {
  if (s->more) {
    s->node = s->more->node;
    remove_cell(g, s, &s->more);
  } else {
    s->node = NULL;
    s->count--;
  }
}

/* Leave out of `s` what is complete (D2), or everything. */
static void clean(struct graph *g, struct set *s, bool everything) {
  for (struct cell **at = &s->more; *at;) {
    struct hdl_node *node = (*at)->node;
    if (everything || is_complete(node)) {
      remove_cell(g, s, at);
      drop(g, node);
    } else {
      at = &(*at)->next;
    }
  }
  struct hdl_node *node = s->node;
  if (node && (everything || is_complete(node))) {
    remove_first(g, s);
    drop(g, node);
  }
}

static void clear(struct graph *g, struct location *l) {
  clean(g, &l->now, true);
  clean(g, &l->before, true);
}

static struct location **bucket_of(struct graph *g, uint64_t address) {
  uint64_t hash = address * UINT64_C(0x9e3779b97f4a7c15);
  return &g->bucket[(hash >> 32) & (g->buckets - 1)];
}

/* More buckets.  Locations without a task that still counts are let go, so a
 * task that goes over ever new addresses does not fill the device. */
static void grow(struct hdl_thread *t, struct graph *g) {
  struct location **old = g->bucket;
  uint32_t n = g->buckets;
  g->link->relies = true; /* nodes that are found complete leave no trace */
  struct location *kept = NULL;
  uint32_t count = 0;
  for (uint32_t i = 0; i < n; i++)
    for (struct location *l = old[i], *next; l; l = next) {
      next = l->next;
      clean(g, &l->now, false);
      clean(g, &l->before, false);
      bool idle = !l->now.node && !l->before.node;
      if (idle && l->lock)
        hdl_mutex_put(t, l->lock);
      l->next = idle ? g->free_locations : kept;
      *(idle ? &g->free_locations : &kept) = l;
      count += !idle;
    }
  g->locations = count;
  if (count > n / 2 * LOAD) {
    uint32_t more = n * GROWTH;
    struct block *b = add_block(t, sizeof *b + more * sizeof *g->bucket);
    b->next = g->blocks;
    g->blocks = b;
    set_buckets(g, b + 1, more);
  } else {
    set_buckets(g, old, n);
  }
  for (struct location *next; kept; kept = next) {
    next = kept->next;
    struct location **at = bucket_of(g, kept->address);
    kept->next = *at;
    *at = kept;
  }
}

static struct location *find(struct hdl_thread *t, struct graph *g,
                             uint64_t address) {
  struct location *l = *bucket_of(g, address);
  while (l && l->address != address)
    l = l->next;
  if (l)
    return l;
  if (g->locations >= g->buckets * LOAD)
    grow(t, g);
  l = g->free_locations;
  if (l)
    g->free_locations = l->next;
  else
    l = get(t, g, sizeof *l);
  *l = (struct location){
      .address = address, .kind = DEPEND_OUT, .untidy = UNTIDY};
  struct location **at = bucket_of(g, address);
  l->next = *at;
  *at = l;
  g->locations++;
  return l;
}

/* The kind of the generation that `dep` asks for: one flag. */
static uint32_t kind_of(const struct kmp_depend_info *dep) {
  if (dep->flags & DEPEND_ALL_MEMORY)
    return DEPEND_ALL_MEMORY;
  if (dep->flags & DEPEND_OUT)
    return DEPEND_OUT;
  return dep->flags;
}

/* An edge to the new task with `head` behind it. */
static struct hdl_edge *new_edge(struct link *k, uint64_t head) {
  if (k->edge == k->end) {
    k->edge = hdl_node_more(k->t, k->node, TAIL_EDGES * sizeof *k->edge);
    k->end = k->edge + TAIL_EDGES;
  }
  struct hdl_edge *edge = k->edge++;
  edge->to = k->node;
  edge->next = head;
  return edge;
}

/* The new task comes after `pred`.  False if that is complete. */
static bool follow(struct link *k, struct hdl_node *pred) {
  if (pred == k->node)
    return true; /* the task names a location twice */
  uint64_t head = arch_load_rlx_gpu(&pred->successors);
  if (head == HDL_COMPLETE) {
    k->relies = true;
    return false;
  }
  if (pred->last == k->node)
    return true; /* or two that one task had */
  pred->last = k->node;
  if (k->untold == BATCH) {
    tell(k);
    k->relies = true; /* what is still written gets a fence (D4) */
  }
  k->batch[k->untold].pred = pred;
  k->batch[k->untold++].edge = new_edge(k, head);
  return true;
}

/* The new task comes after all of `s`; complete ones leave it (D2). */
static void follow_set(struct link *k, struct set *s) {
  for (struct cell **at = &s->more; *at;) {
    struct hdl_node *pred = (*at)->node;
    if (follow(k, pred)) {
      at = &(*at)->next;
    } else {
      remove_cell(k->graph, s, at);
      drop(k->graph, pred);
    }
  }
  struct hdl_node *pred = s->node;
  if (pred && !follow(k, pred)) {
    remove_first(k->graph, s);
    drop(k->graph, pred);
  }
}

static void link_all(struct link *k, bool insert) {
  struct graph *g = k->graph;
  for (uint32_t b = 0; b < g->buckets; b++)
    for (struct location *l = g->bucket[b]; l; l = l->next) {
      follow_set(k, &l->now);
      if (insert)
        clear(g, l);
    }
  if (insert) {
    hold(k->node);
    if (g->all)
      drop(g, g->all);
    g->all = k->node;
  }
}

/* Note that `node` takes the lock of `l`, in the order of addresses (N5). */
static void need_lock(struct hdl_thread *t, struct hdl_node *node,
                      struct location *l) {
  if (!l->lock)
    l->lock = hdl_mutex_new(t);
  uint32_t i = node->locks;
  while (i > 0 && node->lock[i - 1] > l->lock)
    i--;
  if (i > 0 && node->lock[i - 1] == l->lock)
    return;
  for (uint32_t k = node->locks; k > i; k--)
    node->lock[k] = node->lock[k - 1];
  node->lock[i] = l->lock;
  node->locks++;
  arch_add_rlx_gpu(&l->lock->refs, 1);
}

static void link_location(struct link *k, uint32_t kind, struct location *l,
                          bool insert) {
  struct graph *g = k->graph;
  bool joins = kind == l->kind && kind != DEPEND_OUT;
  follow_set(k, joins ? &l->before : &l->now);
  if (!insert)
    return;
  if (!joins) {
    clean(g, &l->before, true);
    l->before = l->now;
    l->now = (struct set){0};
    l->kind = kind;
    l->untidy = UNTIDY;
  } else if (l->now.count >= l->untidy) {
    k->relies = true; /* as in grow */
    clean(g, &l->now, false);
    l->untidy = 2 * l->now.count + UNTIDY;
  }
  if (l->now.node != k->node)
    add(k->t, g, &l->now, k->node);
  if (kind == DEPEND_MUTEXINOUTSET)
    need_lock(k->t, k->node, l);
}

/* Make `node` wait for all tasks that its dependences name and, if `insert`,
 * make later tasks wait for it.  Returns for how many it has to wait. */
HDL_OUTLINE uint32_t hdl_graph_link(struct hdl_thread *t,
                                    const struct kmp_depend_info *dep,
                                    uint32_t n, struct hdl_node *node,
                                    bool insert) {
  struct graph *g = graph(t);
  struct link k = {.t = t, .graph = g, .node = node, .edge = node->edge};
  k.end = node->edge + sizeof node->edge / sizeof *node->edge;
  g->link = &k;
  if (g->all)
    follow(&k, g->all); /* D3 */
  for (uint32_t i = 0; i < n; i++) {
    uint32_t kind = kind_of(&dep[i]);
    if (kind == DEPEND_ALL_MEMORY) {
      link_all(&k, insert);
      continue;
    }
    /* A task that its creator waits for is alone anyhow: no later one of the
     * set exists before it is over. */
    if (kind == DEPEND_MUTEXINOUTSET && node->kind != HDL_NODE_TASK)
      kind = DEPEND_OUT;
    link_location(&k, kind, find(t, g, dep[i].base), insert);
  }
  if (k.untold || k.relies || g->dead)
    tell(&k);
  bury(t, g);
  return k.made;
}

/* Forget the graph of the current task; tasks that still wait stay linked. */
HDL_OUTLINE void hdl_graph_free(struct hdl_thread *t) {
  struct graph *g = (struct graph *)t->graph;
  struct link none = {0};
  g->link = &none;
  t->graph = g->head.outer;
  for (uint32_t b = 0; b < g->buckets; b++)
    for (struct location *l = g->bucket[b]; l; l = l->next) {
      clear(g, l);
      if (l->lock)
        hdl_mutex_put(t, l->lock);
    }
  if (g->all)
    drop(g, g->all);
  if (g->dead)
    arch_fence_acq_rel_gpu(); /* N3 */
  bury(t, g);
  for (struct block *b = g->blocks, *next; b; b = next) {
    next = b->next;
    hdl_pool_put(t, b, b->pool_class, t->id);
  }
}
