/* plugin.h - what the files of the plugin share: settings, messages, faults. */
#ifndef HDL_PLUGIN_H
#define HDL_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* env.c: the HEDDLE_* variables, read and validated once per process.  An
 * invalid value ends the process with a sentence; an unknown name warns. */
enum hdl_device_choice {
  HDL_DEVICE_AUTO = 1,
  HDL_DEVICE_CUDA,
  HDL_DEVICE_EMULATOR
};
enum { HDL_CHECK_UNSET = 2 };

struct hdl_settings {
  enum hdl_device_choice device; /* HEDDLE_DEVICE */
  uint32_t num_threads;          /* HEDDLE_NUM_THREADS; 0: all that fit */
  uint64_t stack_bytes;          /* HEDDLE_STACK_SIZE; 0: chosen by device */
  uint64_t heap_bytes;           /* HEDDLE_HEAP_SIZE; 0: chosen by device */
  uint64_t emu_seed;             /* HEDDLE_EMU_SEED, default 1 */
  uint32_t emu_sms;              /* HEDDLE_EMU_SMS, default 4 */
  uint32_t emu_warps;            /* of each; HEDDLE_EMU_WARPS, default 4 */
  const char *cache_dir;         /* HEDDLE_CACHE; NULL: no cache */
  int verbose;                   /* HEDDLE_VERBOSE: 0, 1, 2 */
  int32_t watchdog_s;            /* HEDDLE_WATCHDOG; 0: off, -1: not set */
  bool watchdog_stops;           /* it ends in ",stop" */
  int check; /* HEDDLE_CHECK: 0, 1 or HDL_CHECK_UNSET: the device decides */
};
const struct hdl_settings *hdl_settings(void);

void hdl_settings_seed(uint64_t seed); /* as if HEDDLE_EMU_SEED had said it */

/* log.c: every message of the plugin goes to stderr through these, as one
 * write(2) of one line that starts with "heddle: ". */
void hdl_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void hdl_info(int level, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* when HEDDLE_VERBOSE >= level */
void hdl_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void hdl_die(const char *format, ...)
    __attribute__((format(printf, 1, 2))); /* status 1, no atexit */
void hdl_flush_stdout(void);               /* unless another thread holds it */
char *hdl_sentence(const char *format, ...)
    __attribute__((format(printf, 1, 2))); /* malloc'ed error text */

/* buildid.c: what tells this build of the library from every other, or "none". */
const char *hdl_build_id(void);

/* fault.c: a device fault as a sentence (hostpage.h); a fatal one ends the
 * process with status 134, as abort() would, after flushing stdout. */
struct hdl_fault;
void hdl_fault_report(const struct hdl_fault *fault, const char *device);

#endif /* HDL_PLUGIN_H */
