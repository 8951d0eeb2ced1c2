// omp_capture_affinity fills in a format, with widths, zeros and both kinds of
// names; omp_set_affinity_format changes the default one, which
// omp_get_affinity_format tells; omp_display_affinity prints a line (OpenMP
// 5.2, 18.3.8 to 18.3.11 and 21.2.5).
//
// OpenMP 5.2: 18.3.8 omp_set_affinity_format, omp_get_affinity_format
// OpenMP 5.2: 18.3.10 omp_display_affinity, omp_capture_affinity
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %run %exe > %t.out
// RUN: sort %t.out | FileCheck %s

#include "../expect.h"
#include <heddle.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>

enum { TEXTS = 8, ROOM = 80 };

int main(void) {
  char text[TEXTS][ROOM];
  size_t length[TEXTS];
  int warp = -1;
#pragma omp target map(from : text, length, warp)
  {
#pragma omp parallel num_threads(4)
    {
      if (omp_get_thread_num() == 3) {
        warp = heddle_warp_id();
        length[0] = omp_capture_affinity(text[0], ROOM, "%n of %N at %L, %a");
        length[1] = omp_capture_affinity(
            text[1], ROOM, "[%5n][%.5n][%0.5n][%{thread_num}][%05n]");
        length[2] = omp_capture_affinity(text[2], ROOM, "%t/%T %i 100%%");
        length[3] = omp_capture_affinity(text[3], ROOM,
                                         "%H %{nesting_level} %.12{what}%");
        memset(text[4], '?', ROOM);
        length[4] = omp_capture_affinity(text[4], 5, "thread %n");
        length[5] = omp_capture_affinity(NULL, 0, "thread %n");
      }
      // CHECK: thread 0: 4
      // CHECK-NEXT: thread 1: 4
      // CHECK-NEXT: thread 2: 4
      // CHECK-NEXT: thread 3: 4
      omp_display_affinity("thread %n: %N");
    }
    omp_set_affinity_format("a format of %T");
    length[6] = omp_get_affinity_format(text[6], ROOM);
    length[7] = omp_capture_affinity(text[7], ROOM, NULL);
    // CHECK-NEXT: without 1
    omp_set_affinity_format("without %N");
    omp_display_affinity("");
  }
  char expected[ROOM];
  EXPECT(strcmp(text[0], "3 of 4 at 1, 0") == 0);
  EXPECT_EQ(length[0], 14);
  EXPECT(strcmp(text[1], "[3    ][    3][00003][3][3    ]") == 0);
  snprintf(expected, ROOM, "0/1 %d 100%%", warp);
  EXPECT(strcmp(text[2], expected) == 0);
  EXPECT(strcmp(text[3], "undefined 1    undefined") == 0 ||
         strcmp(text[3], "undefined 1    undefinedundefined") == 0);
  EXPECT(strcmp(text[4], "thre") == 0 && text[4][5] == '?');
  EXPECT_EQ(length[4], 8);
  EXPECT_EQ(length[5], 8);
  EXPECT(strcmp(text[6], "a format of %T") == 0);
  EXPECT_EQ(length[6], 14);
  EXPECT(strcmp(text[7], "a format of 1") == 0);
  return expect_failures;
}
