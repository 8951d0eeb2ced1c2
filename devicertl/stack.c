/* stack.c - soft stacks: variables that other threads may see.
 *
 * Local memory is private to a lane, so variables whose address escapes live
 * here: the compiler brackets each with __kmpc_alloc_shared and
 * __kmpc_free_shared, last in, first out.  A stack is a list of chunks of
 * device memory; it grows until the arena is exhausted, and keeps its chunks.
 */
#include "league.h"
#include "runtime.h"
#include "threads/strand.h"

struct hdl_chunk {
  struct hdl_chunk *prev, *next;
  char *end;
  char *resume; /* where prev's top was when this chunk was entered */
};

enum { FIRST_CHUNK = 4 << 10, LARGEST_CHUNK = 256 << 10 };

static char *chunk_base(struct hdl_chunk *c) { return (char *)(c + 1); }

/* How much a thread can still put on further chunks than `c`: an explicit one
 * whose stack size was set must stay below it, with room for `bytes` more. */
static uint64_t room_after(struct hdl_thread *t, struct hdl_chunk *c,
                           uint64_t bytes) {
  if (!t->strand || t->strand->stack_bytes == 0)
    return ~UINT64_C(0);
  uint64_t limit = t->strand->stack_bytes, used = 0;
  for (; c; c = c->prev)
    used += (uint64_t)(c->end - chunk_base(c));
  if (used + bytes > limit)
    hdl_fault(HDL_FAULT_STACK, t->strand->name, NULL, bytes, limit);
  return limit - used;
}

/* Enter a chunk with room for `bytes`: the next one if it is large enough. */
HDL_OUTLINE static void enter_chunk(struct hdl_thread *t, uint64_t bytes) {
  struct hdl_chunk *here = t->sp ? t->chunk : NULL;
  uint64_t room = room_after(t, here, bytes);
  struct hdl_chunk *c = here ? here->next : t->chunk;
  if (!c || (uint64_t)(c->end - chunk_base(c)) < bytes) {
    uint64_t size = FIRST_CHUNK;
    if (here) {
      size = 2 * (uint64_t)(here->end - (char *)here);
      if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    }
    while (size < bytes + sizeof *c)
      size *= 2;
    struct hdl_chunk *fresh = hdl_arena(size, "a thread's shared variables");
    fresh->end = (char *)fresh + size;
    fresh->prev = here;
    fresh->next = c; /* a smaller one waits behind it */
    if (c)
      c->prev = fresh;
    if (here)
      here->next = fresh;
    c = fresh;
  }
  c->resume = t->sp;
  t->chunk = c;
  t->sp = chunk_base(c);
  t->sp_end = room < (uint64_t)(c->end - t->sp) ? t->sp + room : c->end;
}

void *hdl_stack_push(struct hdl_thread *t, uint64_t bytes) {
  bytes = (bytes + 15) & ~UINT64_C(15);
  if ((uint64_t)(t->sp_end - t->sp) < bytes)
    enter_chunk(t, bytes);
  char *p = t->sp;
  t->sp = p + bytes;
  return p;
}

void hdl_stack_pop(struct hdl_thread *t, void *p) {
  t->sp = p;
  struct hdl_chunk *c = t->chunk;
  if (p == chunk_base(c) && c->prev) {
    t->sp = c->resume;
    t->chunk = c->prev;
    t->sp_end = c->prev->end;
  }
}

/* See to it that the stack has a chunk; false without memory. */
bool hdl_stack_reserve(struct hdl_thread *t) {
  if (t->chunk)
    return true;
  struct hdl_chunk *c = hdl_arena(FIRST_CHUNK, NULL);
  if (!c)
    return false;
  *c = (struct hdl_chunk){.end = (char *)c + FIRST_CHUNK};
  t->chunk = c;
  return true;
}

/* Give up all that is on the stack. */
void hdl_stack_clear(struct hdl_thread *t) {
  while (t->chunk && t->chunk->prev)
    t->chunk = t->chunk->prev;
  t->sp = t->sp_end = NULL; /* the next push enters the chunk */
}

/* In a league.  The initial thread of a generic kernel, outside of its region,
 * has a small stack in shared memory. */
static bool is_initial(void) {
  return arch_tid() == 0 && !hdl_league()->spmd &&
         hdl_block()->mode == HDL_MODE_TEAM;
}

HDL_OUTLINE static void *league_push(uint64_t bytes) {
  struct hdl_league *l = hdl_league();
  if (!is_initial() || bytes > HDL_LEAGUE_STACK - l->top)
    return hdl_stack_push(hdl_self(), bytes);
  void *p = &l->stack[l->top];
  l->top += (bytes + 15) & ~UINT64_C(15);
  return p;
}

HDL_OUTLINE static void league_pop(void *p) {
  struct hdl_league *l = hdl_league();
  uint64_t at = (uint64_t)((char *)p - l->stack);
  if (is_initial() && at < HDL_LEAGUE_STACK)
    l->top = at;
  else
    hdl_stack_pop(hdl_self(), p);
}

/* The next two, where the calling thread is a lane or changes chunks. */
HDL_OUTLINE static void *push_here(uint64_t bytes) {
  return hdl_in_league() ? league_push(bytes)
                         : hdl_stack_push(hdl_self(), bytes);
}
HDL_OUTLINE static void pop_here(void *p) {
  if (hdl_in_league())
    league_pop(p);
  else
    hdl_stack_pop(hdl_self(), p);
}

/* A variable of the calling thread that others may see; 16-byte aligned. */
HDL_INLINE_API void *__kmpc_alloc_shared(uint64_t bytes) {
  struct hdl_thread *t = hdl_warp_thread();
  uint64_t rounded = (bytes + 15) & ~UINT64_C(15);
  char *p;
  if (!hdl_is_whole_here() || (uint64_t)(t->sp_end - (p = t->sp)) < rounded)
    return push_here(bytes);
  t->sp = p + rounded;
  return p;
}

HDL_INLINE_API void __kmpc_free_shared(void *p, uint64_t bytes) {
  (void)bytes;
  struct hdl_thread *t = hdl_warp_thread();
  if (!hdl_is_whole_here() || p == chunk_base(t->chunk))
    pop_here(p);
  else
    t->sp = p;
}
