// calloc clears, realloc keeps the contents, aligned_alloc aligns, and what the
// heap does not have is NULL, on the device (C17 7.22.3).
//
// C17: 7.22 stdlib.h
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
  int wrong = 0, nulls = 0, error = 0;
  volatile size_t huge = SIZE_MAX / 2, large = PTRDIFF_MAX - 100;
#pragma omp target map(tofrom : wrong, nulls, error)
  {
#pragma omp parallel num_threads(8) reduction(+ : wrong)
    {
      unsigned char *dirty = malloc(300);
      memset(dirty, 0xff, 300);
      free(dirty);
      unsigned char *clean = calloc(30, 10);
      for (int i = 0; i < 300; i++)
        wrong += clean[i] != 0;
      for (int i = 0; i < 300; i++)
        clean[i] = (unsigned char)i;
      /* Larger, smaller, and as it was. */
      for (size_t size = 300; size < 20000; size *= 3) {
        clean = realloc(clean, size);
        wrong += (uintptr_t)clean % 16 != 0;
        for (int i = 0; i < 300; i++)
          wrong += clean[i] != (unsigned char)i;
        memset(clean + 300, 0xee, size - 300);
      }
      clean = realloc(clean, 100);
      for (int i = 0; i < 100; i++)
        wrong += clean[i] != (unsigned char)i;
      free(clean);
      for (size_t alignment = 1; alignment <= 4096; alignment *= 2) {
        char *p = aligned_alloc(alignment, 2 * alignment);
        wrong += (uintptr_t)p % alignment != 0;
        memset(p, 1, 2 * alignment);
        p = realloc(p, 5 * alignment);
        wrong += p[2 * alignment - 1] != 1;
        free(p);
      }
      void *aligned = NULL;
      wrong += posix_memalign(&aligned, 256, 10) != 0;
      wrong += (uintptr_t)aligned % 256 != 0;
      free(aligned);
      char *fresh = realloc(NULL, 10);
      strcpy(fresh, "fresh");
      char *copy = strdup(fresh);
      free(fresh);
      wrong += strcmp(copy, "fresh") != 0;
      free(copy);
      free(NULL);
    }
    errno = 0;
    void *volatile got[4]; /* clang takes for granted what it need not see */
    got[0] = malloc(large);
    got[1] = calloc(huge, 3);
    got[2] = aligned_alloc(64, large);
    void *kept = malloc(8);
    got[3] = realloc(kept, large);
    free(kept);
    for (int i = 0; i < 4; i++)
      nulls += got[i] == NULL;
    error = errno;
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(nulls, 4);
  EXPECT_EQ(error, ENOMEM);
  return expect_failures;
}
