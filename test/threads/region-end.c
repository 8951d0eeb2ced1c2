// The end of the target region waits for threads that nobody joins, also when
// threads of other blocks have created them.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>
#include <threads.h>

static int late(void *p) {
  for (int i = 0; i < 10; i++)
    thrd_yield();
#pragma omp atomic
  ++*(int *)p;
  return 0;
}

int main(void) {
  int size = 0, detached = 0, count = 0;
#pragma omp target map(tofrom : size, detached, count)
#pragma omp parallel
  {
#pragma omp single nowait
    size = omp_get_num_threads();
    /* Not in the first block. */
    if (omp_get_thread_num() >= omp_get_num_threads() / 2) {
      thrd_t id;
      if (thrd_create(&id, late, &count) == thrd_success &&
          thrd_detach(id) == thrd_success) {
#pragma omp atomic
        detached++;
      }
    }
  }
  EXPECT_EQ(detached, size - size / 2);
  if (omp_get_num_devices() > 0) /* on the host the process would wait */
    EXPECT_EQ(count, detached);
  return expect_failures;
}
