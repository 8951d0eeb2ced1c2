/* staticloop.h - which iterations of a loop with a static schedule are whose. */
#ifndef HDL_STATICLOOP_H
#define HDL_STATICLOOP_H

#include <stdbool.h>
#include <stdint.h>

#define LOOP_TYPES(X)                                                          \
  X(4, int32_t, int32_t, uint32_t)                                             \
  X(4u, uint32_t, int32_t, uint32_t)                                           \
  X(8, int64_t, int64_t, uint64_t)                                             \
  X(8u, uint64_t, int64_t, uint64_t)

/* Iterations of lower..upper (inclusive) by `stride`, in unsigned U. */
#define TRIP(U, lower, upper, stride)                                          \
  ((stride) > 0                                                                \
       ? ((upper) < (lower) ? (U)0                                             \
                            : ((U)(upper) - (U)(lower)) / (U)(stride) + 1)     \
       : ((lower) < (upper) ? (U)0                                             \
                            : ((U)(lower) - (U)(upper)) / (U)(-(stride)) + 1))

/* The share of thread `num` of `n`.  For chunked schedules the bounds of its
 * first chunk and the distance to its next; the compiler's code goes on from
 * there.  For the others one range. */
#define STATIC_INIT(suffix, T, S, U)                                               \
  static inline void static_init_##suffix(                                         \
      uint32_t num, uint32_t n, bool chunked, int32_t *last, T *lower,             \
      T *upper, S *stride, S incr, S chunk) {                                      \
    U trip = TRIP(U, *lower, *upper, incr);                                        \
    if (trip == 0) {                                                               \
      if (last)                                                                    \
        *last = 0;                                                                 \
      *stride = incr;                                                              \
      return; /* lower > upper already: the loop does not run */                   \
    }                                                                              \
    U first, count;                                                                \
    if (chunked) {                                                                 \
      U c = chunk < 1 ? 1 : (U)chunk;                                              \
      first = (U)num * c;                                                          \
      count = c;                                                                   \
      *stride = (S)((U)n * c * (U)incr);                                           \
      if (last)                                                                    \
        *last = num == (trip - 1) / c % n;                                         \
    } else {                                                                       \
      U each = trip / n, extra = trip % n;                                         \
      first = num * each + (num < extra ? num : extra);                            \
      count = each + (num < extra);                                                \
      *stride = (S)(trip * (U)incr);                                               \
      if (last)                                                                    \
        *last = count && first + count == trip;                                    \
    }                                                                              \
    /* A thread without iterations gets an empty range beyond the loop's end: in \
     * a composite construct the compiler's code looks at the first bound only.  \
     * If there is nothing beyond, it is at the other end of the type. */ \
    if (first >= trip || count == 0) {                                             \
      T end = *upper;                                                              \
      *lower = (T)((U)end + (U)incr);                                              \
      if (incr > 0 ? *lower < end : *lower > end) {                                \
        *lower = incr > 0 ? (T)1 : (T)0;                                           \
        *upper = incr > 0 ? (T)0 : (T)1;                                           \
      }                                                                            \
      return;                                                                      \
    }                                                                              \
    *lower = (T)((U) * lower + first * (U)incr);                                   \
    *upper = (T)((U) * lower + (count - 1) * (U)incr);                             \
  }

#endif /* HDL_STATICLOOP_H */
