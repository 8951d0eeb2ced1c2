/* region.c - call an outlined region with its captured variables.
 *
 * The compiler's outlined function takes them as 64-bit parameters after two
 * pointers to thread numbers.  Heddle's pass adds to every region a thunk that
 * loads them from an array and calls the function, passes it in place of the
 * wrapper and says so by a bit of the count (plugin/regions.cpp).  A program
 * built without the pass has no thunk; then the call needs the right number of
 * arguments, because PTX checks the prototype of an indirect call.  Each case
 * costs code and registers, so there are few, and none if all regions have
 * thunks. */
#include "runtime.h"

#define HDL_T0
#define HDL_V0
#define HDL_T1  HDL_T0, uint64_t
#define HDL_T2  HDL_T1, uint64_t
#define HDL_T3  HDL_T2, uint64_t
#define HDL_T4  HDL_T3, uint64_t
#define HDL_T5  HDL_T4, uint64_t
#define HDL_T6  HDL_T5, uint64_t
#define HDL_T7  HDL_T6, uint64_t
#define HDL_T8  HDL_T7, uint64_t
#define HDL_T9  HDL_T8, uint64_t
#define HDL_T10 HDL_T9, uint64_t
#define HDL_T11 HDL_T10, uint64_t
#define HDL_T12 HDL_T11, uint64_t
#define HDL_T13 HDL_T12, uint64_t
#define HDL_T14 HDL_T13, uint64_t
#define HDL_T15 HDL_T14, uint64_t
#define HDL_T16 HDL_T15, uint64_t
#define HDL_V1  HDL_V0, a[0]
#define HDL_V2  HDL_V1, a[1]
#define HDL_V3  HDL_V2, a[2]
#define HDL_V4  HDL_V3, a[3]
#define HDL_V5  HDL_V4, a[4]
#define HDL_V6  HDL_V5, a[5]
#define HDL_V7  HDL_V6, a[6]
#define HDL_V8  HDL_V7, a[7]
#define HDL_V9  HDL_V8, a[8]
#define HDL_V10 HDL_V9, a[9]
#define HDL_V11 HDL_V10, a[10]
#define HDL_V12 HDL_V11, a[11]
#define HDL_V13 HDL_V12, a[12]
#define HDL_V14 HDL_V13, a[13]
#define HDL_V15 HDL_V14, a[14]
#define HDL_V16 HDL_V15, a[15]

#define HDL_CALL(n)                                                            \
  case n:                                                                      \
    ((void (*)(int32_t *, int32_t *HDL_T##n))fn)(&gtid, &btid HDL_V##n);       \
    return;

/* Run the region as thread `num` with the `nargs` captured values `a`. */
__attribute__((noinline)) void hdl_region_call(void *fn, region_thunk *thunk,
                                               uint32_t num, uint32_t nargs,
                                               const uint64_t *a) {
  int32_t gtid = (int32_t)num, btid = 0;
  if (thunk || !hdl_uses_direct) {
    thunk(&gtid, &btid, a);
    return;
  }
  switch (nargs) {
    // clang-format off
    HDL_CALL(0)    HDL_CALL(1)    HDL_CALL(2)    HDL_CALL(3)
    HDL_CALL(4)    HDL_CALL(5)    HDL_CALL(6)    HDL_CALL(7)
    HDL_CALL(8)    HDL_CALL(9)    HDL_CALL(10)    HDL_CALL(11)
    HDL_CALL(12)    HDL_CALL(13)    HDL_CALL(14)    HDL_CALL(15)
    HDL_CALL(16)
    // clang-format on
  }
  __builtin_unreachable(); /* __kmpc_parallel_60 has checked */
}
