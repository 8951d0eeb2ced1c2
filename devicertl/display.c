/* display.c - omp_display_env (OpenMP 5.2, 18.15 and 21.7): the initial values
 * of the device's control variables, as one record on stderr. */
#include "libc/libc.h"

#define OPENMP_VERSION "202011" /* _OPENMP of clang 22 */

static void put_word(struct libc_text *text, const char *name,
                     const char *value) {
  const char *args[] = {name, value};
  hdl_libc_format(text, "  [device] %s='%s'\n", args);
}

static void put_number(struct libc_text *text, const char *name,
                       uint32_t value) {
  struct {
    const char *name;
    uint32_t value;
  } args = {name, value};
  hdl_libc_format(text, "  [device] %s='%u'\n", &args);
}

HDL_API void omp_display_env(int verbose) {
  (void)verbose; /* there are no others */
  static const char *const schedules[] = {"STATIC", "DYNAMIC", "GUIDED",
                                          "AUTO"};
  const struct hdl_grid *g = hdl_self()->grid;
  const struct hdl_icv *icv = &g->initial.icv;
  char room[768];
  struct libc_text text = {room, sizeof room - 1, 0};
  hdl_libc_format(&text,
                  "OPENMP DISPLAY ENVIRONMENT BEGIN\n"
                  "  _OPENMP='" OPENMP_VERSION "'\n",
                  NULL);
  put_word(&text, "OMP_CANCELLATION", g->cancellation ? "TRUE" : "FALSE");
  put_word(&text, "OMP_DYNAMIC", icv->dynamic ? "TRUE" : "FALSE");
  put_number(&text, "OMP_MAX_ACTIVE_LEVELS", icv->max_active_levels);
  put_number(&text, "OMP_MAX_TASK_PRIORITY", g->priorities);
  put_number(&text, "OMP_NUM_THREADS", g->workers);
  put_word(&text, "OMP_SCHEDULE", schedules[icv->sched - 1]);
  put_number(&text, "OMP_THREAD_LIMIT", g->workers);
  hdl_libc_format(&text, "OPENMP DISPLAY ENVIRONMENT END\n", NULL);
  room[text.length] = 0;
  hdl_output(HDL_OUTPUT_STDERR, room, text.length);
}
