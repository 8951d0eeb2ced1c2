// A taskloop copies firstprivate variables into every task, and its lastprivate
// variable has the value of the sequentially last iteration (OpenMP 5.2, 12.6,
// 5.4.4 and 5.4.5).
//
// OpenMP 5.2: 5.4.4 firstprivate; 5.4.5 lastprivate; 12.6 taskloop
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { N = 50 };

int main(void) {
  int got[N] = {0}, final_value = -1, with_nogroup = 0;
#pragma omp target map(tofrom : got, with_nogroup) map(from : final_value)
  {
#pragma omp parallel
#pragma omp single
    {
      int base = 1000, last = -1;
#pragma omp taskloop firstprivate(base) lastprivate(last) shared(got)          \
    grainsize(4)
      for (int i = 0; i < N; i++) {
        got[i] = base++ >= 1000 ? i : -1;
        last = i * 2;
      }
      final_value = last;
#pragma omp taskloop nogroup shared(with_nogroup) num_tasks(9)
      for (int i = 0; i < N; i++) {
#pragma omp atomic
        with_nogroup++;
      }
#pragma omp taskwait
      if (with_nogroup != N)
        final_value = -2;
    }
  }
  for (int i = 0; i < N; i++)
    EXPECT_EQ(got[i], i);
  EXPECT_EQ(final_value, 2 * (N - 1));
  EXPECT_EQ(with_nogroup, N);
  return expect_failures;
}
