// A flush before and after relaxed atomic accesses orders plain accesses to
// other variables (OpenMP 5.2, 15.8.5 and 1.4.5).
//
// OpenMP 5.2: 15.8.5 flush
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { MESSAGES = 20 };

int main(void) {
  int wrong = 0, received = 0, size = 0;
#pragma omp target map(tofrom : wrong, received, size)
  {
    int data = 0, flag = 0;
#pragma omp parallel num_threads(2) shared(data, flag, wrong, received, size)
    {
      int me = omp_get_thread_num();
      if (me == 0)
        size = omp_get_num_threads();
      for (int i = 0; i < MESSAGES && omp_get_num_threads() == 2; i++) {
        int seen = -1;
        while (seen != 2 * i + me) {
#pragma omp atomic read
          seen = flag;
        }
#pragma omp flush
        if (me == 0)
          data = i * i + 1;
        else
          wrong += data != i * i + 1, received++;
#pragma omp flush
#pragma omp atomic write
        flag = seen + 1;
      }
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(received, size == 2 ? MESSAGES : 0);
  return expect_failures;
}
