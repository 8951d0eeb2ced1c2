/* sort.c - qsort and bsearch (C17 7.22.5). */
#include "libc.h"

typedef int compare_fn(const void *, const void *);

/* An array being sorted. */
struct array {
  char *at;
  size_t bytes; /* of an element */
  compare_fn *compare;
};

static char *element(const struct array *a, size_t i) {
  return a->at + i * a->bytes;
}

static void swap(const struct array *a, size_t i, size_t j) {
  char *x = element(a, i), *y = element(a, j);
  size_t k = 0;
  if (((uintptr_t)x | (uintptr_t)y | a->bytes) % sizeof(uint64_t) == 0)
    for (; k < a->bytes; k += sizeof(uint64_t)) {
      uint64_t word = *(uint64_t *)(x + k);
      *(uint64_t *)(x + k) = *(uint64_t *)(y + k);
      *(uint64_t *)(y + k) = word;
    }
  for (; k < a->bytes; k++) {
    char byte = x[k];
    x[k] = y[k];
    y[k] = byte;
  }
}

/* Let element `i` of the heap [0, n) sink below its larger children. */
static void sink(const struct array *a, size_t i, size_t n) {
  for (;;) {
    size_t child = 2 * i + 1;
    if (child >= n)
      return;
    if (child + 1 < n &&
        a->compare(element(a, child), element(a, child + 1)) < 0)
      child++;
    if (a->compare(element(a, i), element(a, child)) >= 0)
      return;
    swap(a, i, child);
    i = child;
  }
}

/* Heapsort: n log n compares whatever the data, and no stack, of which a lane
 * has little. */
HDL_LIBC void qsort(void *base, size_t count, size_t bytes,
                    compare_fn *compare) {
  struct array a = {base, bytes, compare};
  for (size_t i = count / 2; i-- > 0;)
    sink(&a, i, count);
  for (size_t n = count; n > 1; n--) {
    swap(&a, 0, n - 1);
    sink(&a, 0, n - 1);
  }
}

HDL_LIBC void *bsearch(const void *key, const void *base, size_t count,
                       size_t bytes, compare_fn *compare) {
  const char *low = base;
  while (count > 0) {
    const char *middle = low + count / 2 * bytes;
    int order = compare(key, middle);
    if (order == 0)
      return (void *)middle;
    if (order > 0) {
      low = middle + bytes;
      count--;
    }
    count /= 2;
  }
  return NULL;
}
