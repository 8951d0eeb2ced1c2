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
 *       empties the table; every later task depends on it. */
#include "depend.h"

enum {
  FIRST_BUCKETS = 16, /* a power of two */
  FIRST_BLOCK = 1024, /* bytes; holds the graph too */
  LATER_BLOCK = 2048, /* bytes */
  LOAD = 2,           /* locations for each bucket, then it grows */
  GROWTH = 4,         /* by this factor; a power of two */
  UNTIDY = 16,        /* tasks of a generation before the first clean-up */
};

struct cell {
  struct cell *next;
  struct hdl_node *node; /* one reference */
};
struct set {
  struct cell *first;
  uint32_t count;
};
struct hdl_location {
  struct hdl_location *next; /* in its bucket, or free */
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
  struct hdl_location **bucket;
  uint32_t buckets; /* a power of two */
  uint32_t locations;
  uint32_t grown;       /* times that locations may have been let go */
  struct hdl_node *all; /* last with omp_all_memory, or NULL; D3 */
  struct cell *free_cells;
  struct hdl_location *free_locations;
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

/* `node` has one more place in the graph, or one less.  While it gets its first
 * nobody else knows it: it cannot become ready yet (N2). */
static void hold(struct hdl_node *node) {
  if (node->cells++ == 0)
    node->refs++; /* N3 */
}
static void drop(struct hdl_thread *t, struct hdl_node *node) {
  if (--node->cells == 0)
    hdl_node_put(t, node);
}

static void add(struct hdl_thread *t, struct graph *g, struct set *s,
                struct hdl_node *node) {
  struct cell *c = g->free_cells;
  if (c)
    g->free_cells = c->next;
  else
    c = get(t, g, sizeof *c);
  hold(node);
  c->node = node;
  c->next = s->first;
  s->first = c;
  s->count++;
}

/* Leave out of `s` what is complete (D2), or everything. */
static void clean(struct hdl_thread *t, struct graph *g, struct set *s,
                  bool everything) {
  for (struct cell **at = &s->first; *at;) {
    struct cell *c = *at;
    if (!everything && !hdl_node_is_complete(c->node)) {
      at = &c->next;
      continue;
    }
    *at = c->next;
    s->count--;
    drop(t, c->node);
    c->next = g->free_cells;
    g->free_cells = c;
  }
}

static void clear(struct hdl_thread *t, struct graph *g,
                  struct hdl_location *l) {
  clean(t, g, &l->now, true);
  clean(t, g, &l->before, true);
}

static struct hdl_location **bucket_of(struct graph *g, uint64_t address) {
  uint64_t hash = address * UINT64_C(0x9e3779b97f4a7c15);
  return &g->bucket[(hash >> 32) & (g->buckets - 1)];
}

/* More buckets.  Locations without a task that still counts are let go, so a
 * task that goes over ever new addresses does not fill the device. */
static void grow(struct hdl_thread *t, struct graph *g) {
  struct hdl_location **old = g->bucket;
  uint32_t n = g->buckets;
  g->grown++;
  struct hdl_location *kept = NULL;
  uint32_t count = 0;
  for (uint32_t i = 0; i < n; i++)
    for (struct hdl_location *l = old[i], *next; l; l = next) {
      next = l->next;
      clean(t, g, &l->now, false);
      clean(t, g, &l->before, false);
      bool idle = !l->now.first && !l->before.first;
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
  for (struct hdl_location *next; kept; kept = next) {
    next = kept->next;
    struct hdl_location **at = bucket_of(g, kept->address);
    kept->next = *at;
    *at = kept;
  }
}

static struct hdl_location *find(struct hdl_thread *t, struct graph *g,
                                 uint64_t address) {
  struct hdl_location *l = *bucket_of(g, address);
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
  *l = (struct hdl_location){
      .address = address, .kind = DEPEND_OUT, .untidy = UNTIDY};
  struct hdl_location **at = bucket_of(g, address);
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

/* At most so many tasks must be complete before one with these dependences.
 * `found` becomes the locations of the first ones, or NULL. */
HDL_OUTLINE uint32_t hdl_graph_count(struct hdl_thread *t,
                                     const struct kmp_depend_info *dep,
                                     uint32_t n,
                                     struct hdl_location *found[HDL_FOUND]) {
  struct graph *g = graph(t);
  uint32_t count = 1 /* D3 */, grown = g->grown;
  for (uint32_t i = 0; i < HDL_FOUND; i++)
    found[i] = NULL;
  for (uint32_t i = 0; i < n; i++) {
    if (kind_of(&dep[i]) == DEPEND_ALL_MEMORY) {
      for (uint32_t b = 0; b < g->buckets; b++)
        for (struct hdl_location *l = g->bucket[b]; l; l = l->next) {
          clean(t, g, &l->now, false);
          count += l->now.count;
        }
      continue;
    }
    struct hdl_location *l = find(t, g, dep[i].base);
    if (l->kind != kind_of(&dep[i]) || l->kind == DEPEND_OUT ||
        l->now.count >= l->untidy) {
      clean(t, g, &l->now, false);
      l->untidy = 2 * l->now.count + UNTIDY;
    }
    clean(t, g, &l->before, false);
    count += l->now.count + l->before.count;
    if (i < HDL_FOUND)
      found[i] = l;
  }
  if (g->grown != grown) /* the first ones may be gone */
    for (uint32_t i = 0; i < HDL_FOUND; i++)
      found[i] = NULL;
  return count;
}

/* Where hdl_graph_link has got to. */
struct link {
  struct hdl_node *node;
  struct hdl_edge *edge; /* next free one */
  uint32_t made;
};

static void follow(struct link *k, struct hdl_node *pred) {
  if (pred == k->node)
    return; /* the task names a location twice */
  k->edge->to = k->node;
  if (hdl_node_follow(pred, k->edge)) {
    k->edge++;
    k->made++;
  }
}

static void follow_set(struct link *k, const struct set *s) {
  for (struct cell *c = s->first; c; c = c->next)
    follow(k, c->node);
}

static void link_all(struct hdl_thread *t, struct graph *g, struct link *k,
                     bool insert) {
  for (uint32_t b = 0; b < g->buckets; b++)
    for (struct hdl_location *l = g->bucket[b]; l; l = l->next) {
      follow_set(k, &l->now);
      if (insert)
        clear(t, g, l);
    }
  if (insert) {
    if (g->all)
      drop(t, g->all);
    hold(k->node);
    g->all = k->node;
  }
}

/* Note that `node` takes the lock of `l`, in the order of addresses (N5). */
static void need_lock(struct hdl_thread *t, struct hdl_node *node,
                      struct hdl_location *l) {
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

static void link_location(struct hdl_thread *t, struct graph *g, struct link *k,
                          uint32_t kind, struct hdl_location *l, bool insert) {
  bool joins = kind == l->kind && kind != DEPEND_OUT;
  follow_set(k, joins ? &l->before : &l->now);
  if (!insert)
    return;
  if (!joins) {
    clean(t, g, &l->before, true);
    l->before = l->now;
    l->now = (struct set){0};
    l->kind = kind;
    l->untidy = UNTIDY;
  }
  if (!l->now.first || l->now.first->node != k->node)
    add(t, g, &l->now, k->node);
  if (kind == DEPEND_MUTEXINOUTSET)
    need_lock(t, k->node, l);
}

/* Make `node` wait for all tasks that its dependences name, with edges from
 * `edge`, and, if `insert`, make later tasks wait for it.  Returns how many
 * edges were needed; hdl_graph_count has just said how many there can be. */
HDL_OUTLINE uint32_t hdl_graph_link(struct hdl_thread *t,
                                    const struct kmp_depend_info *dep,
                                    uint32_t n,
                                    struct hdl_location *const *found,
                                    struct hdl_node *node,
                                    struct hdl_edge *edge, bool insert) {
  struct graph *g = graph(t);
  struct link k = {node, edge, 0};
  if (g->all)
    follow(&k, g->all); /* D3 */
  for (uint32_t i = 0; i < n; i++) {
    uint32_t kind = kind_of(&dep[i]);
    if (kind == DEPEND_ALL_MEMORY) {
      link_all(t, g, &k, insert);
      continue;
    }
    /* A task that its creator waits for is alone anyhow: no later one of the
     * set exists before it is over. */
    if (kind == DEPEND_MUTEXINOUTSET && node->kind != HDL_NODE_TASK)
      kind = DEPEND_OUT;
    struct hdl_location *l =
        i < HDL_FOUND && found[i] ? found[i] : find(t, g, dep[i].base);
    link_location(t, g, &k, kind, l, insert);
  }
  return k.made;
}

/* Forget the graph of the current task; tasks that still wait stay linked. */
HDL_OUTLINE void hdl_graph_free(struct hdl_thread *t) {
  struct graph *g = (struct graph *)t->graph;
  t->graph = g->head.outer;
  for (uint32_t b = 0; b < g->buckets; b++)
    for (struct hdl_location *l = g->bucket[b]; l; l = l->next) {
      clear(t, g, l);
      if (l->lock)
        hdl_mutex_put(t, l->lock);
    }
  if (g->all)
    drop(t, g->all);
  for (struct block *b = g->blocks, *next; b; b = next) {
    next = b->next;
    hdl_pool_put(t, b, b->pool_class, t->id);
  }
}
