/* delay.h - work of a chosen length for the constructs to be measured around,
 * on the device and on the host. */
#ifndef DELAY_H
#define DELAY_H

#pragma omp begin declare target

static volatile int delay_sink; // else nobody would miss the loop

/* Turn a loop `length` times.  No compiler sees what comes out of it, nor whether
 * it is stored: an empty loop the GPU's assembler would drop, and one of a known
 * result clang, with the parallel region around it.  It touches no memory, where
 * thousands of threads would queue for it.  It is the same code wherever it is
 * called. */
__attribute__((noinline)) static void delay(int length) {
  unsigned x = 1;
  for (int i = 0; i < length; i++) {
    x = x * 1664525u + 1013904223u + (unsigned)i;
    __asm__ volatile("" : "+r"(x)); // so that turns cannot be merged
  }
  if (x == 0) {
#pragma omp atomic write
    delay_sink = 1;
  }
}

#pragma omp end declare target

#endif /* DELAY_H */
