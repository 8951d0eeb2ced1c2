// A release flush before and an acquire flush after relaxed atomics order plain
// accesses, as does a flush that names the variables (OpenMP 5.2, 15.8.5 and
// 1.4.5).
//
// OpenMP 5.2: 15.8.5 flush of a list or an order
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { MESSAGES = 10, FORMS = 3 };

/* Thread 0 writes data and raises flag, thread 1 waits for it and reads. */
#define MESSAGE(form, send, receive)                                           \
  {                                                                            \
    int data = 0, flag = 0, turn = 0;                                          \
    _Pragma("omp parallel num_threads(2) shared(data, flag, turn)") for (      \
        int i = 1; i <= MESSAGES && omp_get_num_threads() == 2; i++) {         \
      int seen = 0;                                                            \
      if (omp_get_thread_num() == 0) {                                         \
        data = i * i;                                                          \
        _Pragma(send) _Pragma("omp atomic write") flag = i;                    \
        while (seen != i) {                                                    \
          _Pragma("omp atomic read acquire") seen = turn;                      \
        }                                                                      \
      } else {                                                                 \
        while (seen != i) {                                                    \
          _Pragma("omp atomic read") seen = flag;                              \
        }                                                                      \
        _Pragma(receive) if (data != i * i) wrong[form]++;                     \
        received[form]++;                                                      \
        _Pragma("omp atomic write release") turn = i;                          \
      }                                                                        \
    }                                                                          \
  }

int main(void) {
  int wrong[FORMS] = {0}, received[FORMS] = {0};
#pragma omp target map(tofrom : wrong, received)
  {
    MESSAGE(0, "omp flush release", "omp flush acquire")
    MESSAGE(1, "omp flush acq_rel", "omp flush acq_rel")
    MESSAGE(2, "omp flush(data, flag)", "omp flush(data, flag)")
  }
  for (int f = 0; f < FORMS; f++) {
    EXPECT_EQ(wrong[f], 0);
    EXPECT(received[f] == MESSAGES || received[f] == 0);
  }
  EXPECT(received[0] + received[1] + received[2] > 0);
  return expect_failures;
}
