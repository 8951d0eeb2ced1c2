// Tasks with `mutexinoutset` on a location run one at a time, in any order,
// after the tasks before and before those after the set (OpenMP 5.2, 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(mutexinoutset)
//
// Each task names two of five locations, in both orders, as philosophers do.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { FORKS = 5, TASKS = 60 };

int main(void) {
  int meals[FORKS] = {0}, wrong = 0, seen = -1;
#pragma omp target map(tofrom : meals, wrong, seen)
  {
    int holders[FORKS] = {0};
#pragma omp parallel
#pragma omp single
    {
#pragma omp task depend(out : meals[0], meals[1], meals[2])                    \
    depend(out : meals[3], meals[4]) shared(meals)
      for (int f = 0; f < FORKS; f++)
        meals[f] = 1000;
      for (int i = 0; i < TASKS; i++) {
        int left = i % FORKS, right = (i + 1 + i / FORKS % 4) % FORKS;
#pragma omp task depend(mutexinoutset : meals[left], meals[right])             \
    shared(meals, holders, wrong)
        {
          int held[2], fork[2] = {left, right};
          for (int k = 0; k < 2; k++) {
#pragma omp atomic capture
            held[k] = holders[fork[k]]++;
            meals[fork[k]]++;
          }
          if (held[0] || held[1]) {
#pragma omp atomic
            wrong++;
          }
          for (int k = 0; k < 2; k++) {
#pragma omp atomic
            holders[fork[k]]--;
          }
        }
      }
#pragma omp task depend(in : meals[0], meals[1], meals[2])                     \
    depend(in : meals[3], meals[4]) shared(meals, seen)
      seen = meals[0] + meals[1] + meals[2] + meals[3] + meals[4];
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(seen, 1000 * FORKS + 2 * TASKS);
  return expect_failures;
}
