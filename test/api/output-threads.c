// Lines that many threads print at once stay whole and none is lost, each
// thread's in its order, however much there is; a line is whole even if it is
// longer than what the device can hold back.  What a target region has printed
// is in stdout when it ends (C17 7.21.6.3).
//
// C17: 7.21 stdio.h
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe
// RUN: %run %exe long

#include "../expect.h"
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 8, LINES = 12, LONG = 1200, ROOM = 400000 };

static char line[ROOM];

// A file in place of stdout, which becomes `*saved`.
static FILE *capture(int *saved) {
  FILE *file = tmpfile();
  fflush(stdout);
  *saved = dup(1);
  dup2(fileno(file), 1);
  return file;
}

static void restore(FILE *file, int saved) {
  fflush(stdout);
  dup2(saved, 1);
  close(saved);
  rewind(file);
}

static int is_all(const char *text, char c, size_t count) {
  return strspn(text, (char[]){c, 0}) == count;
}

// Whether `line` is one that a thread printed, whole and in its turn.
static int is_whole(int *next) {
  int thread, number, at = 0;
  if (sscanf(line, "thread %d line %d:%n", &thread, &number, &at) != 2 ||
      at == 0 || thread < 0 || thread >= THREADS || number != next[thread]++)
    return 0;
  size_t bytes = number % 3 == 0 ? LONG : number % 3 == 1 ? 20 : 0;
  return line[at] == ' ' &&
         is_all(line + at + 1, (char)('a' + thread), bytes) &&
         strcmp(line + at + 1 + bytes, " end\n") == 0;
}

int main(int argc, char **argv) {
  (void)argv;
  int saved, printed = 0, members = 0;
  // More than the ring of a GPU, where there is no emulator to wait for.
  int bytes = argc > 1 ? ROOM - 100 : 5000;
  FILE *file = capture(&saved);
#pragma omp target map(tofrom : printed, members)
  {
#pragma omp parallel num_threads(THREADS) reduction(+ : printed, members)
    {
      members++;
      char text[LONG + 1];
      for (int i = 0; i < LINES; i++) {
        int me = omp_get_thread_num();
        int n = i % 3 == 0 ? LONG : i % 3 == 1 ? 20 : 0;
        memset(text, 'a' + me, (size_t)n);
        text[n] = 0;
        printed += printf("thread %d line %d: %s end\n", me, i, text) > n;
      }
    }
    char *text = malloc((size_t)bytes + 1);
    if (text) {
      memset(text, 'x', (size_t)bytes);
      text[bytes] = 0;
      printed += printf("long %s end\n", text) == bytes + 10;
    }
    free(text);
  }
  restore(file, saved);

  int next[THREADS] = {0}, whole = 0;
  for (int i = 0; i < members * LINES && fgets(line, ROOM, file); i++)
    whole += is_whole(next);
  EXPECT_EQ(members, THREADS);
  EXPECT_EQ(whole, THREADS * LINES);
  EXPECT(fgets(line, ROOM, file) && strncmp(line, "long x", 6) == 0);
  EXPECT(is_all(line + 5, 'x', (size_t)bytes));
  EXPECT(!fgets(line, ROOM, file));
  EXPECT_EQ(printed, THREADS * LINES + 1);
  return expect_failures;
}
