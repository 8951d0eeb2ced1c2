/* atomic.c - atomics on objects wider than the machine's, by their address
 * under one of a few locks: what clang calls for _Atomic structures, complex
 * numbers and 16-byte integers (C17 7.17).
 *
 * All accesses to such an object come here, at any size that overlaps only
 * with itself, so that the lock of its address orders them.  The functions are
 * built into clang under their names, hence the detour. */
#include "libc.h"

enum { LOCKS = 64 };
static struct hdl_ticket_lock locks[LOCKS];

#define NAMED(name) HDL_LIBC __asm__("__atomic_" #name)

static struct hdl_ticket_lock *lock_object(const void *object) {
  uint64_t line = (uint64_t)(uintptr_t)object >> 4;
  struct hdl_ticket_lock *l = &locks[(line ^ line >> 6) % LOCKS];
  hdl_lock(l, "atomic access");
  return l;
}

static void copy(void *to, const void *from, size_t n) {
  for (size_t i = 0; i < n; i++)
    ((volatile char *)to)[i] = ((const volatile char *)from)[i];
}

void libc_atomic_load(size_t n, void *object, void *to, int order) NAMED(load);
void libc_atomic_store(size_t n, void *object, void *from, int order)
    NAMED(store);
void libc_atomic_exchange(size_t n, void *object, void *from, void *to,
                          int order) NAMED(exchange);
bool libc_atomic_compare(size_t n, void *object, void *expected, void *desired,
                         int success, int failure) NAMED(compare_exchange);

void libc_atomic_load(size_t n, void *object, void *to, int order) {
  (void)order;
  struct hdl_ticket_lock *l = lock_object(object);
  copy(to, object, n);
  hdl_unlock(l);
}

void libc_atomic_store(size_t n, void *object, void *from, int order) {
  (void)order;
  struct hdl_ticket_lock *l = lock_object(object);
  copy(object, from, n);
  hdl_unlock(l);
}

void libc_atomic_exchange(size_t n, void *object, void *from, void *to,
                          int order) {
  (void)order;
  struct hdl_ticket_lock *l = lock_object(object);
  for (size_t i = 0; i < n; i++) { /* `from` and `to` may be the same */
    char old = ((volatile char *)object)[i];
    ((volatile char *)object)[i] = ((char *)from)[i];
    ((char *)to)[i] = old;
  }
  hdl_unlock(l);
}

bool libc_atomic_compare(size_t n, void *object, void *expected, void *desired,
                         int success, int failure) {
  (void)success, (void)failure;
  struct hdl_ticket_lock *l = lock_object(object);
  bool equal = true;
  for (size_t i = 0; i < n; i++)
    equal &= ((volatile char *)object)[i] == ((char *)expected)[i];
  if (equal)
    copy(object, desired, n);
  else
    copy(expected, object, n);
  hdl_unlock(l);
  return equal;
}

/* A read-modify-write of 16 bytes, which clang writes as one instruction and
 * Heddle's pass as a call: `operand` is replaced by the old value. */
HDL_API void __heddle_atomic_update(void *object, unsigned __int128 *operand,
                                    int operation) {
  struct hdl_ticket_lock *l = lock_object(object);
  unsigned __int128 old, new, by = *operand;
  copy(&old, object, sizeof old);
  switch (operation) {
  case HDL_UPDATE_ADD:
    new = old + by;
    break;
  case HDL_UPDATE_SUB:
    new = old - by;
    break;
  case HDL_UPDATE_AND:
    new = old & by;
    break;
  case HDL_UPDATE_NAND:
    new = ~(old & by);
    break;
  case HDL_UPDATE_OR:
    new = old | by;
    break;
  case HDL_UPDATE_XOR:
    new = old ^ by;
    break;
  case HDL_UPDATE_MAX:
    new = (__int128)old > (__int128)by ? old : by;
    break;
  case HDL_UPDATE_MIN:
    new = (__int128)old < (__int128)by ? old : by;
    break;
  case HDL_UPDATE_UMAX:
    new = old > by ? old : by;
    break;
  case HDL_UPDATE_UMIN:
    new = old < by ? old : by;
    break;
  default:
    new = by;
    break;
  }
  copy(object, &new, sizeof new);
  *operand = old;
  hdl_unlock(l);
}
