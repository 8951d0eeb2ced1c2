/* time.c - <time.h> (C17 7.27; POSIX) on the clocks of the device. */
#include "libc.h"

#define SECOND_NS UINT64_C(1000000000)

struct timespec {
  int64_t tv_sec, tv_nsec;
};

/* Linux's numbers. */
enum { WALL_CLOCK = 0, TIME_UTC = 1 };

HDL_LIBC int64_t time(int64_t *result) {
  int64_t now = (int64_t)(arch_wall_ns() / SECOND_NS);
  if (result)
    *result = now;
  return now;
}

HDL_LIBC double difftime(int64_t later, int64_t earlier) {
  return (double)(later - earlier);
}

/* CLOCKS_PER_SEC is a million. */
HDL_LIBC int64_t clock(void) { return (int64_t)(arch_clock_ns() / 1000); }

static void split(uint64_t ns, struct timespec *t) {
  t->tv_sec = (int64_t)(ns / SECOND_NS);
  t->tv_nsec = (int64_t)(ns % SECOND_NS);
}

/* All clocks but the wall's are omp_get_wtime's. */
HDL_LIBC int clock_gettime(int32_t id, struct timespec *t) {
  split(id == WALL_CLOCK ? arch_wall_ns() : arch_clock_ns(), t);
  return 0;
}

HDL_LIBC int timespec_get(struct timespec *t, int base) {
  if (base != TIME_UTC)
    return 0;
  split(arch_wall_ns(), t);
  return base;
}

static void sleep_ns(uint64_t ns) {
  uint64_t start = arch_clock_ns(), gone;
  while ((gone = arch_clock_ns() - start) < ns)
    hdl_wait(ns - gone < 100000 ? (uint32_t)(ns - gone) : 100000, "nanosleep",
             NULL);
  arch_progress();
}

HDL_LIBC int nanosleep(const struct timespec *wanted, struct timespec *left) {
  if (wanted->tv_sec < 0 || wanted->tv_nsec < 0 ||
      wanted->tv_nsec >= (int64_t)SECOND_NS) {
    libc_set_errno(LIBC_EINVAL);
    return -1;
  }
  sleep_ns((uint64_t)wanted->tv_sec * SECOND_NS + (uint64_t)wanted->tv_nsec);
  if (left)
    *left = (struct timespec){0, 0};
  return 0;
}

HDL_LIBC int usleep(uint32_t us) {
  sleep_ns((uint64_t)us * 1000);
  return 0;
}

HDL_LIBC unsigned sleep(unsigned seconds) {
  sleep_ns(seconds * SECOND_NS);
  return 0;
}
