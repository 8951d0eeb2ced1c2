// Shared, firstprivate and private variables of every size reach all threads of
// a parallel region (OpenMP 5.2, 5.4).
//
// OpenMP 5.2: 5.4.2 shared; 5.4.3 private; 5.4.4 firstprivate
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

struct pair {
  char tag;
  double value;
};

int main(void) {
  int wrong = 0, count = 0, size = 0;
#pragma omp target map(tofrom : wrong, count, size)
  {
    char c = 3;
    short s = -4;
    long l = 1L << 40;
    float f = 2.5f;
    double d = -1e300;
    struct pair pair = {7, 0.25};
    int array[10], private_one = 99;
    for (int i = 0; i < 10; i++)
      array[i] = i * i;
#pragma omp parallel firstprivate(c, s, l, f, d, pair, array)                  \
    private(private_one) shared(wrong, count, size)
    {
      private_one = omp_get_thread_num();
      int bad = c != 3 || s != -4 || l != 1L << 40 || f != 2.5f || d != -1e300;
      bad |= pair.tag != 7 || pair.value != 0.25;
      for (int i = 0; i < 10; i++)
        bad |= array[i] != i * i;
      c = 0, s = 0, l = 0, f = 0, d = 0, pair.tag = 0, array[9] = 0;
#pragma omp barrier
      bad |= private_one != omp_get_thread_num();
#pragma omp atomic
      wrong += bad;
#pragma omp atomic
      count++;
      if (private_one == 0)
        size = omp_get_num_threads();
    }
    wrong += private_one != 99 || array[9] != 81 || c != 3;
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(count, size);
  return expect_failures;
}
