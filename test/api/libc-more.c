// strtok keeps its place for each thread; strerror and perror know the errors
// of the device's library; difftime; random repeats with its seed (C17 7.24.5.8,
// 7.24.6.2, 7.21.10.4, 7.27.2.2).
//
// C17: 7.21 stdio.h; 7.22 stdlib.h; 7.24 string.h; 7.27 time.h
//
// RUN: %cc %s -o %exe
// RUN: %run %exe 2>&1 | FileCheck %s

#include "../expect.h"
#include <errno.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { THREADS = 4 };

int main(void) {
  int words = 0, right = 0, same = 0, known = 0;
  double difference = 0;
#pragma omp target map(tofrom : words, right, same, known, difference)
  {
#if !defined(__NVPTX__)
#define THREAD_LOCAL 0 // the host's strtok is everybody's
#else
#define THREAD_LOCAL 1
#endif
#pragma omp parallel num_threads(THREAD_LOCAL ? THREADS : 1)                   \
    reduction(+ : words, right)
    {
      char text[] = "one,two;;three,", last[8] = "";
      for (char *word = strtok(text, ",;"); word; word = strtok(NULL, ",;")) {
        words++;
        strcpy(last, word);
#pragma omp barrier
      }
      right += strcmp(last, "three") == 0;
      if (!THREAD_LOCAL) {
        words *= THREADS;
        right *= THREADS;
      }
    }
    srandom(5);
    long first = random();
    srandom(5);
    same = random() == first && first >= 0;
    known = strcmp(strerror(EINVAL), "Invalid argument") == 0;
    // CHECK: input: Numerical result out of range
    strtol("99999999999999999999", NULL, 10);
    perror("input");
    // CHECK-NEXT: {{^}}Invalid argument
    errno = EINVAL;
    perror("");
    difference = difftime((time_t)2000000007, (time_t)2000000000);
  }
  EXPECT_EQ(words, 3 * THREADS);
  EXPECT_EQ(right, THREADS);
  EXPECT(same);
  EXPECT(known);
  EXPECT(difference == 7.0);
  // CHECK-NOT: line
  return expect_failures;
}
