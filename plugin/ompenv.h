/* ompenv.h - the variables of OpenMP and libomptarget that bear on launches.
 *
 * libomptarget would apply OMP_NUM_TEAMS and OMP_TEAMS_THREAD_LIMIT to blocks
 * and hardware threads, which are no teams and no threads here.  So it must
 * not see them when it opens a device, and the plugin applies them itself. */
#ifndef HDL_OMPENV_H
#define HDL_OMPENV_H

#include <stdbool.h>
#include <stdint.h>

struct hdl_omp_limits {
  uint32_t threads;      /* OMP_THREAD_LIMIT; 0: none */
  uint32_t teams;        /* OMP_NUM_TEAMS; 0: none */
  uint32_t team_threads; /* OMP_TEAMS_THREAD_LIMIT; 0: none */
};
const struct hdl_omp_limits *hdl_omp_limits(void);

/* OMP_CANCELLATION and OMP_MAX_TASK_PRIORITY. */
bool hdl_omp_cancellation(void);
uint32_t hdl_omp_max_task_priority(void);

/* Around the registration of a library, in which libomptarget opens devices:
 * hide those variables, and show it stack and heap of the GPUs as
 * LIBOMPTARGET_STACK_SIZE and LIBOMPTARGET_HEAP_SIZE; then put all back. */
void hdl_omp_environment_begin(void);
void hdl_omp_environment_end(void);

#endif /* HDL_OMPENV_H */
