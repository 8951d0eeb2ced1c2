// memcpy, memmove and memset of sizes that code generation leaves to the runtime,
// at every distance from a multiple of 16 bytes: each byte is the right one, and
// those around it stay.  Structures are copied in the same way.
//
// C17: 7.24 string.h
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <string.h>

enum { ROOM = 480, SIZES = 9 };

struct large {
  int number[100];
};

#pragma omp begin declare target

// The byte that `where` has before anything is copied.
static unsigned char before(int where) {
  return (unsigned char)(where * 7 + 1);
}

static int wrong_bytes(const unsigned char *got, int to, int from, int n,
                       int fill) {
  int wrong = 0;
  for (int i = 0; i < ROOM; i++) {
    int inside = i >= to && i < to + n;
    unsigned char value = inside ? before(from + i - to) : before(i);
    if (inside && fill >= 0)
      value = (unsigned char)fill;
    wrong += got[i] != value;
  }
  return wrong;
}

static void reset(unsigned char *memory) {
  for (int i = 0; i < ROOM; i++)
    memory[i] = before(i);
}

// Not inlined: sizes are not known there.
__attribute__((noinline)) static void copy(void *to, const void *from,
                                           size_t n) {
  memcpy(to, from, n);
}
__attribute__((noinline)) static void move(void *to, const void *from,
                                           size_t n) {
  memmove(to, from, n);
}
__attribute__((noinline)) static void fill(void *to, int value, size_t n) {
  memset(to, value, n);
}
#pragma omp end declare target

int main(void) {
  int copied = -1, moved = -1, filled = -1, assigned = -1;
#pragma omp target map(from : copied, moved, filled, assigned)
  {
    static const int sizes[SIZES] = {0, 1, 3, 15, 16, 64, 127, 129, 300};
    _Alignas(16) unsigned char a[ROOM], b[ROOM];
    copied = moved = filled = assigned = 0;
    reset(a);
    for (int s = 0; s < SIZES; s++)
      for (int at = 0; at < 17; at++) {
        for (int from = 0; from < 17; from++) {
          reset(b);
          copy(b + at, a + from, (size_t)sizes[s]);
          copied += wrong_bytes(b, at, from, sizes[s], -1);
          reset(b);
          move(b + at, b + from, (size_t)sizes[s]);
          moved += wrong_bytes(b, at, from, sizes[s], -1);
        }
        reset(b);
        fill(b + at, 0x1a5, (size_t)sizes[s]);
        filled += wrong_bytes(b, at, 0, sizes[s], 0xa5);
      }
    struct large one, two;
    for (int i = 0; i < 100; i++)
      one.number[i] = i * i;
    two = one;
    one.number[99] = 0;
    for (int i = 0; i < 100; i++)
      assigned += two.number[i] != i * i;
  }
  EXPECT_EQ(copied, 0);
  EXPECT_EQ(moved, 0);
  EXPECT_EQ(filled, 0);
  EXPECT_EQ(assigned, 0);
  return expect_failures;
}
