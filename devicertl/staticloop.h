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
          : (stride) == 1   ? (U)(upper) - (U)(lower) + 1                      \
                            : ((U)(upper) - (U)(lower)) / (U)(stride) + 1)     \
       : ((lower) < (upper) ? (U)0                                             \
                            : ((U)(lower) - (U)(upper)) / (U)(-(stride)) + 1))

/* The share of thread `num` of `n`.  For chunked schedules the bounds of its
 * first chunk and the distance to its next; the compiler's code goes on from
 * there until it is beyond the loop's end.  For the others one range. */
#define STATIC_INIT(suffix, T, S, U)                                             \
  static inline void static_init_##suffix(                                       \
      uint32_t num, uint32_t n, bool chunked, int32_t *last, T *lower,           \
      T *upper, S *stride, S incr, S chunk) {                                    \
    U trip = TRIP(U, *lower, *upper, incr), first = 0, count = 0, next = trip;   \
    bool has_last = false;                                                       \
    if (trip && chunked) {                                                       \
      U c = chunk < 1 ? 1 : (U)chunk, far;                                       \
      if (!__builtin_mul_overflow((U)num, c, &first) && first < trip) {          \
        count = c < trip - first ? c : trip - first;                             \
        if (!__builtin_mul_overflow((U)n, c, &far) && far < trip - first)        \
          next = first + far; /* there is another chunk */                       \
      } else {                                                                   \
        first = 0;                                                               \
      }                                                                          \
      has_last = last && num == (c == 1 ? trip - 1 : (trip - 1) / c) % n;        \
    } else if (trip) {                                                           \
      /* Lanes are 2^k, and a division takes longer than all the rest. */        \
      bool even = (n & (n - 1)) == 0;                                            \
      U each = even ? trip >> __builtin_ctz(n) : trip / n;                       \
      U extra = even ? trip & (n - 1) : trip % n;                                \
      first = num * each + (num < extra ? num : extra);                          \
      count = each + (num < extra);                                              \
      has_last = count && first + count == trip;                                 \
    }                                                                            \
    if (last)                                                                    \
      *last = has_last;                                                          \
    *stride = (S)((next - first) * (U)incr);                                     \
    if (count) {                                                                 \
      *lower = (T)((U) * lower + first * (U)incr);                               \
      *upper = (T)((U) * lower + (count - 1) * (U)incr);                         \
    } else if (trip) {                                                           \
      /* Where distribute and for are one loop, clang compares `lower` with the\
       * end of the team's part, not with `upper`: begin beyond that.  There is\
       * such a number when the compiler has counted the iterations. */ \
      *lower = (T)((U) * upper + (U)incr);                                       \
      if (incr > 0 ? *lower < *upper : *lower > *upper) { /* it wrapped */       \
        *lower = incr > 0 ? (T)1 : (T)0;                                         \
        *upper = incr > 0 ? (T)0 : (T)1;                                         \
      }                                                                          \
    } /* else lower > upper already: the loop does not run */                    \
  }

#endif /* HDL_STATICLOOP_H */
