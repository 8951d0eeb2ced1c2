/* delay.h - work of a chosen length for the constructs to be measured around,
 * on the device and on the host. */
#ifndef DELAY_H
#define DELAY_H

#pragma omp begin declare target

/* Turn a loop `length` times; the compiler may neither drop nor shorten it. */
static inline void delay(int length) {
  for (int i = 0; i < length; i++)
    __asm__ volatile("" ::"r"(i));
}

#pragma omp end declare target

#endif /* DELAY_H */
