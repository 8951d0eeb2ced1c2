// All descendants of a final task are included tasks: run at once by the
// encountering thread, with omp_in_final() true (OpenMP 5.2, 12.3 and 18.5.3).
//
// OpenMP 5.2: 12.3 final; 18.5.3 omp_in_final
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { CHILDREN = 10 };

int main(void) {
  int in_order = 0, same_thread = 0, final_seen = 0, outside = -1,
      not_final = -1;
#pragma omp target map(tofrom : in_order, same_thread, final_seen)             \
    map(from : outside, not_final)
  {
#pragma omp parallel
#pragma omp single
    {
      outside = omp_in_final();
#pragma omp task shared(in_order, same_thread, final_seen) final(outside == 0)
      {
        int self = omp_get_thread_num(), ended = 0;
        final_seen += omp_in_final();
        for (int i = 0; i < CHILDREN; i++) {
          int runner = -1;
#pragma omp task shared(ended, runner, final_seen)
          {
            runner = omp_get_thread_num();
            final_seen += omp_in_final();
#pragma omp task shared(ended, final_seen)
            {
              final_seen += omp_in_final();
              ended++;
            }
          }
          in_order += ended == i + 1;
          same_thread += runner == self;
        }
      }
#pragma omp task shared(not_final) final(outside == 7)
      not_final = omp_in_final();
    }
  }
  EXPECT_EQ(outside, 0);
  EXPECT_EQ(not_final, 0);
  EXPECT_EQ(in_order, CHILDREN);
  EXPECT_EQ(same_thread, CHILDREN);
  EXPECT_EQ(final_seen, 1 + 2 * CHILDREN);
  return expect_failures;
}
