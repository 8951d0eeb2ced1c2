/* env.c - the HEDDLE_* variables, read and validated once per process. */
#include "plugin.h"

#include "geometry.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define KIB         UINT64_C(1024)
#define MAX_THREADS (UINT64_C(1) << 24)
#define MAX_STACK   (512 * KIB) /* most local memory a GPU thread can have */
#define MAX_HEAP    (KIB * KIB * KIB * KIB)
#define MAX_SMS     1024
#define MAX_SECONDS 86400

static const char *const known_names[] = {
    "HEDDLE_DEVICE",    "HEDDLE_NUM_THREADS", "HEDDLE_STACK_SIZE",
    "HEDDLE_HEAP_SIZE", "HEDDLE_EMU_SEED",    "HEDDLE_EMU_SMS",
    "HEDDLE_EMU_WARPS", "HEDDLE_CACHE",       "HEDDLE_VERBOSE",
    "HEDDLE_WATCHDOG",  "HEDDLE_CHECK",
};

extern char **environ;

static struct hdl_settings settings;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Parse all of `text` as a decimal number; with `suffix`, it may end in K, M
 * or G (powers of 1024).  Returns false when it is not one or too large. */
static bool parse_number(const char *text, bool suffix, uint64_t *value) {
  if (!isdigit((unsigned char)*text))
    return false;
  char *end;
  errno = 0;
  unsigned long long number = strtoull(text, &end, 10);
  unsigned shift = 0;
  if (suffix && *end) {
    static const char units[] = "KMG";
    const char *unit = strchr(units, toupper((unsigned char)*end));
    if (!unit)
      return false;
    shift = 10 * (unsigned)(unit - units + 1);
    end++;
  }
  if (errno || *end || number > (UINT64_MAX >> shift))
    return false;
  *value = (uint64_t)number << shift;
  return true;
}

/* The value of `name` in [min, max], or `unset` when it is not set. */
static uint64_t number_setting(const char *name, uint64_t min, uint64_t max,
                               uint64_t unset) {
  const char *text = getenv(name);
  uint64_t value;
  if (!text)
    return unset;
  if (!parse_number(text, false, &value) || value < min || value > max)
    hdl_die("%s is '%s', but must be a whole number from %llu to %llu; "
            "correct or unset it",
            name, text, (unsigned long long)min, (unsigned long long)max);
  return value;
}

static uint64_t size_setting(const char *name, uint64_t min, uint64_t max) {
  const char *text = getenv(name);
  uint64_t value;
  if (!text)
    return 0;
  if (!parse_number(text, true, &value) || value < min || value > max)
    hdl_die("%s is '%s', but must be a size in bytes from %lluK to %lluK, "
            "such as 65536, 64K, 1M or 2G; correct or unset it",
            name, text, (unsigned long long)(min / KIB),
            (unsigned long long)(max / KIB));
  return value;
}

static enum hdl_device_choice device_setting(void) {
  const char *text = getenv("HEDDLE_DEVICE");
  if (!text || strcmp(text, "auto") == 0)
    return HDL_DEVICE_AUTO;
  if (strcmp(text, "cuda") == 0)
    return HDL_DEVICE_CUDA;
  if (strcmp(text, "emulator") == 0)
    return HDL_DEVICE_EMULATOR;
  hdl_die("HEDDLE_DEVICE is '%s', but must be auto (a GPU if there is one, "
          "else the emulator), cuda or emulator; correct or unset it",
          text);
}

/* HEDDLE_CACHE, or the XDG cache directory; NULL when switched off or when
 * there is no home directory. */
static const char *cache_setting(void) {
  const char *text = getenv("HEDDLE_CACHE");
  if (text) {
    if (!*text)
      hdl_die("HEDDLE_CACHE is empty, but must be a directory, or off; correct "
              "or unset it");
    bool off = strcmp(text, "off") == 0 || strcmp(text, "0") == 0;
    return off ? NULL : hdl_sentence("%s", text);
  }
  const char *xdg = getenv("XDG_CACHE_HOME");
  if (xdg && *xdg == '/')
    return hdl_sentence("%s/heddle", xdg);
  const char *home = getenv("HOME");
  return home && *home ? hdl_sentence("%s/.cache/heddle", home) : NULL;
}

/* HEDDLE_WATCHDOG: seconds, perhaps with ",stop". */
static void read_watchdog(int32_t *seconds, bool *stops) {
  static const char stop[] = ",stop";
  const char *text = getenv("HEDDLE_WATCHDOG");
  *seconds = -1;
  *stops = false;
  if (!text)
    return;
  char number[16] = "";
  size_t length = strlen(text), digits = strcspn(text, ",");
  *stops = strcmp(text + digits, stop) == 0;
  if (digits < sizeof number)
    memcpy(number, text, digits);
  uint64_t value;
  if ((!*stops && digits < length) || !parse_number(number, false, &value) ||
      value > MAX_SECONDS || (*stops && value == 0))
    hdl_die("HEDDLE_WATCHDOG is '%s', but must be a whole number of seconds "
            "from 1 to %d, which may be followed by ,stop, or 0 (off); correct "
            "or unset it",
            text, MAX_SECONDS);
  *seconds = (int32_t)value;
}

/* Levenshtein distance of two names, of which `b` is a known one. */
static size_t edit_distance(const char *a, size_t a_length, const char *b) {
  size_t row[64];
  size_t b_length = strlen(b);
  for (size_t j = 0; j <= b_length; j++)
    row[j] = j;
  for (size_t i = 1; i <= a_length; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b_length; j++) {
      size_t best = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      if (row[j] + 1 < best)
        best = row[j] + 1;
      if (row[j - 1] + 1 < best)
        best = row[j - 1] + 1;
      row[j] = best;
    }
  }
  return row[b_length];
}

static void warn_if_unknown(const char *variable) {
  size_t length = strcspn(variable, "=");
  const char *nearest = NULL;
  size_t nearest_distance = SIZE_MAX;
  for (size_t i = 0; i < sizeof known_names / sizeof *known_names; i++) {
    size_t distance = edit_distance(variable, length, known_names[i]);
    if (distance < nearest_distance) {
      nearest_distance = distance;
      nearest = known_names[i];
    }
  }
  if (nearest_distance > 0)
    hdl_warn("%.*s is set, but Heddle knows no such variable; did you mean %s?",
             (int)(length < 64 ? length : 64), variable, nearest);
}

static void read_settings(void) {
  for (char **variable = environ; variable && *variable; variable++)
    if (strncmp(*variable, "HEDDLE_", 7) == 0)
      warn_if_unknown(*variable);
  settings = (struct hdl_settings){
      .device = device_setting(),
      .num_threads =
          (uint32_t)number_setting("HEDDLE_NUM_THREADS", 1, MAX_THREADS, 0),
      .stack_bytes = size_setting("HEDDLE_STACK_SIZE", KIB, MAX_STACK),
      .heap_bytes = size_setting("HEDDLE_HEAP_SIZE", KIB * KIB, MAX_HEAP),
      .emu_seed = number_setting("HEDDLE_EMU_SEED", 0, UINT64_MAX, 1),
      .emu_sms = (uint32_t)number_setting("HEDDLE_EMU_SMS", 1, MAX_SMS, 4),
      .emu_warps =
          (uint32_t)number_setting("HEDDLE_EMU_WARPS", 1, HDL_BLOCK_WARPS, 4),
      .check = (int)number_setting("HEDDLE_CHECK", 0, 1, HDL_CHECK_UNSET),
      .cache_dir = cache_setting(),
      .verbose = (int)number_setting("HEDDLE_VERBOSE", 0, 2, 0),
  };
  read_watchdog(&settings.watchdog_s, &settings.watchdog_stops);
}

const struct hdl_settings *hdl_settings(void) {
  pthread_once(&once, read_settings);
  return &settings;
}

void hdl_settings_seed(uint64_t seed) {
  pthread_once(&once, read_settings);
  settings.emu_seed = seed;
}
