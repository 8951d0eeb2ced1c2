// A storm of 100 000 threads: all are created before any is joined, far more
// than there are lanes, and each runs once.
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <stdlib.h>
#include <threads.h>

enum { THREADS = 100000 };

static int mark(void *p) {
  ++*(unsigned char *)p;
  return (int)((size_t)p & 0xff);
}

int main(void) {
  int created = 0, joined = 0, once = 0;
#pragma omp target map(tofrom : created, joined, once)
  {
    unsigned char *ran = calloc(THREADS, 1);
    thrd_t *id = malloc(THREADS * sizeof *id);
    for (int i = 0; ran && id && i < THREADS; i++)
      created += thrd_create(&id[i], mark, &ran[i]) == thrd_success;
    for (int i = 0; i < created; i++) {
      int result;
      joined += thrd_join(id[i], &result) == thrd_success &&
                result == (int)((size_t)&ran[i] & 0xff);
    }
    for (int i = 0; i < created; i++)
      once += ran[i] == 1;
    free(id);
    free(ran);
  }
  EXPECT_EQ(created, THREADS);
  EXPECT_EQ(joined, THREADS);
  EXPECT_EQ(once, THREADS);
  return expect_failures;
}
