/* reduce-integer.h - every operator on the integer type T, as the function
 * NAME.  Returns a bit for each result that is right. */
static int NAME(void) {
  T sum = 3, product = 1, low = 100, high = 1, both = (T) ~(T)0, any = 0;
  T odd = 5, all = 1, none = 1, some = 0;
#pragma omp target map(tofrom : sum, product, low, high, both, any, odd)       \
    map(tofrom : all, none, some)
#pragma omp parallel for reduction(+ : sum) reduction(* : product)             \
    reduction(min : low) reduction(max : high) reduction(& : both)             \
    reduction(| : any) reduction(^ : odd) reduction(&& : all, none)            \
    reduction(|| : some)
  for (int i = 0; i < N; i++) {
    sum = (T)(sum + i % 3);
    product = (T)(product * (i % 20 == 7 ? 3 : 1));
    low = (T)(i + 10) < low ? (T)(i + 10) : low;
    high = (T)(i * 2) > high ? (T)(i * 2) : high;
    both = (T)(both & ~(1 << i % 4));
    any = (T)(any | 1 << i % 5);
    odd = (T)(odd ^ i);
    all = all && i < N;
    none = none && i != 31;
    some = some || i == 31;
  }
  T x = 5;
  for (int i = 0; i < N; i++)
    x = (T)(x ^ i);
  return (sum == 3 + N) + 2 * (product == 27) + 4 * (low == 10) +
         8 * (high == 2 * N - 2) + 16 * (both == (T) ~(T)15) +
         32 * (any == 31) + 64 * (odd == x) + 128 * (all == 1) +
         256 * (none == 0) + 512 * (some == 1);
}
#undef T
#undef NAME
