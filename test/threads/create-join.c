// thrd_create runs the function with its argument on another thread, and
// thrd_join hands over its result and all it did before (C17 7.26.5.1, .6).
//
// C17: 7.26 threads.h
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <threads.h>

enum { N = 40 };

struct job {
  int input, output;
  thrd_t self;
};

static int square(void *p) {
  struct job *job = p;
  job->self = thrd_current();
  job->output = job->input * job->input;
  return -job->input;
}

int main(void) {
  int created = 0, joined = 0, right = 0, named = 0, distinct = 0, self = 0;
#pragma omp target map(tofrom : created, joined, right, named, distinct, self)
  {
    struct job job[N];
    thrd_t id[N];
    for (int i = 0; i < N; i++) {
      job[i].input = i + 1;
      created += thrd_create(&id[i], square, &job[i]) == thrd_success;
    }
    for (int i = 0; i < N; i++) {
      int result = 0;
      joined += thrd_join(id[i], &result) == thrd_success;
      right += result == -(i + 1) && job[i].output == (i + 1) * (i + 1);
      named += thrd_equal(job[i].self, id[i]) != 0;
      for (int j = 0; j < i; j++)
        distinct += !thrd_equal(id[i], id[j]);
      self += !thrd_equal(id[i], thrd_current());
    }
  }
  EXPECT_EQ(created, N);
  EXPECT_EQ(joined, N);
  EXPECT_EQ(right, N);
  EXPECT_EQ(named, N);
  EXPECT_EQ(distinct, N * (N - 1) / 2);
  EXPECT_EQ(self, N);
  return expect_failures;
}
