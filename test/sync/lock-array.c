// Many locks are independent: threads transfer between accounts under two locks
// in address order, and the total is kept (OpenMP 5.2, 18.9).
//
// OpenMP 5.2: 18.9.1 omp_init_lock, omp_destroy_lock
// OpenMP 5.2: 18.9.4 omp_set_lock, omp_unset_lock
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ACCOUNTS = 7, EACH = 12, START = 1000 };

int main(void) {
  int total = 0;
#pragma omp target map(tofrom : total)
  {
    omp_lock_t lock[ACCOUNTS];
    int balance[ACCOUNTS], steps = 0;
    for (int i = 0; i < ACCOUNTS; i++) {
      omp_init_lock(&lock[i]);
      balance[i] = START;
    }
#pragma omp parallel shared(lock, balance, steps)
    for (int i = 0; i < EACH; i++) {
      int from = (omp_get_thread_num() * 5 + i) % ACCOUNTS;
      int to = (from + 1 + i % (ACCOUNTS - 1)) % ACCOUNTS;
      omp_set_lock(&lock[from < to ? from : to]);
      omp_set_lock(&lock[from < to ? to : from]);
      int from_before = balance[from], to_before = balance[to];
#pragma omp atomic
      steps++; // others run here if they can
      balance[from] = from_before - (i + 1);
      balance[to] = to_before + (i + 1);
      omp_unset_lock(&lock[from]);
      omp_unset_lock(&lock[to]);
    }
    for (int i = 0; i < ACCOUNTS; i++) {
      total += balance[i];
      omp_destroy_lock(&lock[i]);
    }
  }
  EXPECT_EQ(total, ACCOUNTS * START);
  return expect_failures;
}
