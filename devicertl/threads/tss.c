/* tss.c - thread-specific storage (C17 7.26.6).
 *
 * A key is generation << 8 | index, so that the values of a deleted key are not
 * those of the next one at its index.  A strand gets its array of values when
 * it sets its first one.
 * Pairing
 *   Y1  key's destructor and state, release of `live` -> acquire: whoever sees
 *       the key sees its destructor. */
#include "threads/sync.h"

enum { KEYS = 256, ITERATIONS = 4 /* TSS_DTOR_ITERATIONS */ };

struct hdl_value {
  uint32_t key; /* that set it, or 0 */
  void *value;
};

static struct {
  uint32_t live; /* the key, or 0; atomic */
  uint32_t generation;
  void (*destructor)(void *);
} keys[KEYS];
static uint32_t guard;

static uint32_t index_of(uint32_t key) { return key % KEYS; }
static bool is_live(uint32_t key) {
  return key != 0 && arch_load_acq_gpu(&keys[index_of(key)].live) == key;
}

HDL_OUTLINE int32_t hdl_tss_create(uint32_t *key, void (*destructor)(void *)) {
  int32_t result = HDL_ERROR;
  hdl_guard(&guard);
  for (uint32_t i = 0; i < KEYS && result != HDL_SUCCESS; i++) {
    if (arch_load_rlx_gpu(&keys[i].live) != 0 || keys[i].generation == 0xffffff)
      continue;
    keys[i].destructor = destructor;
    *key = ++keys[i].generation * KEYS + i;
    arch_store_rel_gpu(&keys[i].live, *key); /* Y1 */
    result = HDL_SUCCESS;
  }
  hdl_unguard(&guard);
  return result;
}

/* False if there is no such key. */
bool hdl_tss_delete(uint32_t key) {
  hdl_guard(&guard);
  bool was = is_live(key);
  if (was)
    arch_store_rlx_gpu(&keys[index_of(key)].live, 0u);
  hdl_unguard(&guard);
  return was;
}

void *hdl_tss_get(struct hdl_thread *t, uint32_t key) {
  struct hdl_value *values = t->strand ? t->strand->values : NULL;
  if (!values || !is_live(key) || values[index_of(key)].key != key)
    return NULL;
  return values[index_of(key)].value;
}

/* HDL_ERROR: no such key; HDL_NOMEM. */
HDL_OUTLINE int32_t hdl_tss_set(struct hdl_thread *t, uint32_t key,
                                void *value) {
  struct hdl_strand *s = hdl_strand_self(t);
  if (!is_live(key))
    return HDL_ERROR;
  if (!s->values) {
    struct hdl_value *values = arch_malloc(KEYS * sizeof *values);
    if (!values)
      return HDL_NOMEM;
    for (uint32_t i = 0; i < KEYS; i++)
      values[i] = (struct hdl_value){0};
    s->values = values;
  }
  s->values[index_of(key)] = (struct hdl_value){.key = key, .value = value};
  return HDL_SUCCESS;
}

/* An explicit thread ends: call the destructors of its values, which may set
 * others, so several times (7.26.6.1), and free the array. */
HDL_OUTLINE void hdl_tss_end(struct hdl_strand *s) {
  bool again = true;
  for (uint32_t round = 0; round < ITERATIONS && again; round++) {
    again = false;
    for (uint32_t i = 0; i < KEYS; i++) {
      struct hdl_value v = s->values[i];
      if (!v.value || !is_live(v.key) || !keys[i].destructor)
        continue;
      s->values[i].value = NULL;
      again = true;
      keys[i].destructor(v.value);
    }
  }
  arch_free(s->values);
  s->values = NULL;
}
