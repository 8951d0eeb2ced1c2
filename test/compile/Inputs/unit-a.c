#include "../../expect.h"
#include "unit.h"

#pragma omp begin declare target
static int helper(void) { return 1; } // unit-b.c has another one
static int counter = 10;              // and another one of these
#pragma omp end declare target

int main(void) {
  int mine = 0, added = 0, count = 0, size = 0, here = 0;
  long sum = 0;
#pragma omp target map(from : mine, added, count, size, sum, here)
  {
    counter++;
    here = counter;
    mine = helper();
    added = unit_add(40);
    shared_table[2] += 5;
    count = unit_count_threads();
#pragma omp parallel
#pragma omp single
    {
      sum = unit_sum_tasks(100);
    }
  }
#pragma omp target update from(shared_table)
  EXPECT_EQ(here, 11);
  EXPECT_EQ(mine, 1);
  EXPECT_EQ(added, 142);
  EXPECT(count >= 1);
  EXPECT_EQ(sum, 4950);
  EXPECT_EQ(shared_table[0], 7);
  EXPECT_EQ(shared_table[2], 14);
  return expect_failures;
}
