/* ompenv.c - see ompenv.h. */
#include "ompenv.h"

#include "cuda.h"
#include "device.h"
#include "plugin.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static struct hdl_omp_limits limits;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Variables that change while libomptarget opens devices. */
static struct {
  const char *name;
  char *saved; /* its value, or NULL if it was not set */
} changed[] = {
    {"OMP_NUM_TEAMS", NULL},
    {"OMP_TEAMS_THREAD_LIMIT", NULL},
    {"LIBOMPTARGET_STACK_SIZE", NULL},
    {"LIBOMPTARGET_HEAP_SIZE", NULL},
};
enum { NUM_TEAMS, TEAMS_THREAD_LIMIT, STACK_SIZE, HEAP_SIZE, CHANGED_COUNT };

/* A positive value; libomp complains about any other. */
static uint32_t limit_value(const char *name) {
  const char *text = getenv(name);
  if (!text)
    return 0;
  char *end;
  errno = 0;
  long value = strtol(text, &end, 10);
  return !errno && !*end && value > 0 && value <= INT32_MAX ? (uint32_t)value
                                                            : 0;
}

static void read_limits(void) {
  limits.threads = limit_value("OMP_THREAD_LIMIT");
  limits.teams = limit_value("OMP_NUM_TEAMS");
  limits.team_threads = limit_value("OMP_TEAMS_THREAD_LIMIT");
}

const struct hdl_omp_limits *hdl_omp_limits(void) {
  pthread_once(&once, read_limits);
  return &limits;
}

/* The spellings of true that libomp takes; it complains about nonsense. */
bool hdl_omp_cancellation(void) {
  static const char *const yes[] = {"true",    "1", "yes",    "on",
                                    "enabled", "t", ".true.", ".t."};
  const char *text = getenv("OMP_CANCELLATION");
  if (!text)
    return false;
  text += strspn(text, " \t");
  size_t length = strcspn(text, " \t");
  for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
    if (length == strlen(yes[i]) && strncasecmp(text, yes[i], length) == 0)
      return true;
  return false;
}

uint32_t hdl_omp_max_task_priority(void) {
  return limit_value("OMP_MAX_TASK_PRIORITY");
}

static void set_bytes(const char *name, uint64_t bytes) {
  char *text = hdl_sentence("%llu", (unsigned long long)bytes);
  setenv(name, text, 1);
  free(text);
}

/* The least of what the usable GPUs want: the variables hold for all. */
static uint64_t least(uint64_t (*wanted)(const struct hdl_gpu *)) {
  uint64_t bytes = UINT64_MAX;
  for (int i = 0; i < hdl_gpu_count(); i++) {
    const struct hdl_gpu *gpu = hdl_gpu(i);
    if (gpu->sm >= HDL_OLDEST_SM && wanted(gpu) < bytes)
      bytes = wanted(gpu);
  }
  return bytes;
}

void hdl_omp_environment_begin(void) {
  hdl_omp_limits(); /* before they are hidden */
  for (int i = 0; i < CHANGED_COUNT; i++) {
    const char *value = getenv(changed[i].name);
    changed[i].saved = value ? hdl_sentence("%s", value) : NULL;
  }
  unsetenv(changed[NUM_TEAMS].name);
  unsetenv(changed[TEAMS_THREAD_LIMIT].name);
  if (!hdl_device_is_gpu())
    return;
  /* Whoever sets LIBOMPTARGET_* by hand gets it, unless HEDDLE_* is set. */
  if (hdl_settings()->stack_bytes || !changed[STACK_SIZE].saved)
    set_bytes(changed[STACK_SIZE].name, least(hdl_gpu_stack_bytes));
  if (hdl_settings()->heap_bytes || !changed[HEAP_SIZE].saved)
    set_bytes(changed[HEAP_SIZE].name, least(hdl_gpu_heap_bytes));
}

void hdl_omp_environment_end(void) {
  for (int i = 0; i < CHANGED_COUNT; i++) {
    if (changed[i].saved)
      setenv(changed[i].name, changed[i].saved, 1);
    else
      unsetenv(changed[i].name);
    free(changed[i].saved);
    changed[i].saved = NULL;
  }
}
