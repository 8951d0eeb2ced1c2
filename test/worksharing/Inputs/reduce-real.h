/* reduce-real.h - every operator on the floating type T, as the function NAME.
 * All values are exact.  Returns a bit for each result that is right. */
static int NAME(void) {
  T sum = (T)0.5, product = 2, low = 1000, high = -1000, less = 7;
  T all = 1, none = 1, some = 0;
#pragma omp target map(tofrom : sum, product, low, high, less, all, none, some)
#pragma omp parallel for reduction(+ : sum, less) reduction(* : product)       \
    reduction(min : low) reduction(max : high) reduction(&& : all, none)       \
    reduction(|| : some) schedule(dynamic)
  for (int i = 0; i < N; i++) {
    sum += (T)0.25;
    product *= i % 20 == 7 ? (T)0.5 : 1;
    low = (T)(i - 7.5) < low ? (T)(i - 7.5) : low;
    high = (T)(i - 80.5) > high ? (T)(i - 80.5) : high;
    less -= (T)0.5;
    all = all && i < N;
    none = none && i != 31;
    some = some || i == 31;
  }
  return (sum == (T)(0.5 + N * 0.25)) + 2 * (product == (T)0.25) +
         4 * (low == (T)-7.5) + 8 * (high == (T)(N - 81.5)) +
         16 * (less == (T)(7 - N * 0.5)) + 32 * (all == 1) + 64 * (none == 0) +
         128 * (some == 1);
}
#undef T
#undef NAME
