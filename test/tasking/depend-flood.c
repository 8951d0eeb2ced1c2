// Far more dependent tasks, and locations, than any queue or table holds at
// first: none is lost, and a long chain needs no deep stack (OpenMP 5.2,
// 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(out, inout)
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

enum { TASKS = 3000, READERS = 1500 };

static int cell[TASKS];

int main(void) {
  int chain = 0, readers = 0, seen = -1;
#pragma omp target map(tofrom : cell, chain, readers, seen)
#pragma omp parallel
#pragma omp single
  {
    for (int i = 0; i < TASKS; i++) {
#pragma omp task depend(out : cell[i]) depend(inout : chain) shared(cell, chain)
      cell[i] = ++chain;
    }
    for (int i = 0; i < READERS; i++) {
#pragma omp task depend(in : chain) shared(readers)
      {
#pragma omp atomic
        readers++;
      }
    }
#pragma omp task depend(inout : chain) shared(readers, seen)
    seen = readers;
  }
  int wrong = 0;
  for (int i = 0; i < TASKS; i++)
    wrong += cell[i] != i + 1;
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(seen, READERS);
  return expect_failures;
}
