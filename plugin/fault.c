/* fault.c - a device fault as a sentence: what happened, to whom, where, and
 * what to do about it. */
#include "hostpage.h"
#include "plugin.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define STATUS_ABORT 134 /* what a shell reports after abort() */

/* The pieces of an ident_t psource, ";file;function;line;column;;". */
struct place {
  const char *file, *function, *line;
  int file_length, function_length, line_length;
};

/* Take the field that starts at `*text`; step over its ';'. */
static const char *take_field(const char **text, int *length) {
  const char *start = *text;
  size_t bytes = strcspn(start, ";");
  *length = (int)bytes;
  *text = start + bytes + (start[bytes] == ';');
  return start;
}

/* Whether `where` names a source line; clang writes "unknown" without one. */
static bool parse_place(const char *where, struct place *place) {
  if (*where != ';')
    return false;
  where++;
  place->file = take_field(&where, &place->file_length);
  place->function = take_field(&where, &place->function_length);
  place->line = take_field(&where, &place->line_length);
  return place->file_length > 0 && place->line_length > 0 &&
         strncmp(place->file, "unknown", 7) != 0 &&
         strncmp(place->line, "0", (size_t)place->line_length) != 0;
}

/* Some waits are in routines that nobody tells where they are called. */
static bool has_place(const struct hdl_fault *fault) {
  bool is_wait =
      fault->kind == HDL_FAULT_STANDSTILL || fault->kind == HDL_NOTE_STANDSTILL;
  return !is_wait || *fault->where;
}

/* " at file:line in function", or a hint how to see it. */
static void describe_place(const char *where, char *text, size_t size) {
  struct place p;
  if (!parse_place(where, &p))
    snprintf(text, size,
             " (source line unknown: compile with heddle.cfg or with -g to "
             "see it)");
  else
    snprintf(text, size, " at %.*s:%.*s in %.*s", p.file_length, p.file,
             p.line_length, p.line, p.function_length, p.function);
}

/* The clause that follows "thread N ... " and the advice after the place. */
static const char *describe_event(const struct hdl_fault *fault, char *event,
                                  size_t size) {
  unsigned long long arg0 = fault->arg[0], arg1 = fault->arg[1];
  switch (fault->kind) {
  case HDL_FAULT_UNSUPPORTED:
    snprintf(event, size, "reached %s, which Heddle does not support",
             fault->what);
    return "rewrite that construct or run it on the host";
  case HDL_FAULT_NO_MEMORY:
    snprintf(event, size, "found no memory for %s (%llu bytes asked)",
             fault->what, arg0);
    return "raise HEDDLE_HEAP_SIZE, or create less at a time";
  case HDL_FAULT_STACK:
    snprintf(
        event, size,
        "overflowed the stack of the explicit thread '%s' (%llu bytes more "
        "asked than its %llu hold)",
        fault->what, arg0, arg1);
    return "create it with a larger stack size, recurse less deeply, or "
           "allocate large variables with malloc";
  case HDL_FAULT_ASSERT:
    snprintf(event, size, "failed the assertion '%s'", fault->what);
    return "";
  case HDL_FAULT_ERROR:
    snprintf(event, size, "reached 'omp error': %s", fault->what);
    return "";
  case HDL_FAULT_MISUSE:
    snprintf(event, size, "broke a rule: %s", fault->what);
    return "correct the program";
  case HDL_FAULT_IMAGE:
    snprintf(event, size, "cannot run this program: %s", fault->what);
    return "rebuild it with the heddle.cfg of this Heddle";
  case HDL_FAULT_TRAP:
    snprintf(event, size, "executed a trap%s%s", *fault->what ? ": " : "",
             fault->what);
    return "look for undefined behaviour or __builtin_trap there";
  case HDL_FAULT_ABORT:
    snprintf(event, size, "called abort()");
    return "";
  case HDL_FAULT_STANDSTILL:
    snprintf(event, size,
             "has waited for %s for %.3g s, and HEDDLE_WATCHDOG says to stop",
             fault->what, (double)arg0 * 1e-9);
    return "look for a barrier or taskwait that not all threads reach, or a "
           "lock that is never released";
  case HDL_NOTE_STANDSTILL:
    snprintf(event, size, "has waited for %s for %.3g s", fault->what,
             (double)arg0 * 1e-9);
    return "all threads of the launch wait; look for a barrier or taskwait "
           "that not all threads reach, or a lock that is never released";
  case HDL_NOTE_LOCAL_TASK:
    snprintf(event, size,
             "created a task that uses variables which only this thread can "
             "reach, and ran it at once");
    return "compile with heddle.cfg so that they can be shared";
  case HDL_NOTE_LOCAL_REGION:
    snprintf(event, size,
             "started a parallel region that uses variables which only this "
             "thread can reach, and ran it alone");
    return "compile with heddle.cfg so that they can be shared";
  case HDL_NOTE_WARNING:
    snprintf(event, size, "reached 'omp error': %s", fault->what);
    return "";
  case HDL_NOTE_MISUSE:
    snprintf(event, size, "misused a thread function: %s", fault->what);
    return "HEDDLE_CHECK=0 switches these checks off";
  default:
    snprintf(event, size, "reported fault %u, which this plugin does not know",
             fault->kind);
    return "use the libheddle.so that the program was built with";
  }
}

/* exit() on the device.  Other threads of the host may hold streams, but what
 * the program has written must not be lost. */
static _Noreturn void leave(int status) {
  fflush(NULL);
  _exit(status);
}

void hdl_fault_report(const struct hdl_fault *shared, const char *device) {
  struct hdl_fault fault = *shared; /* a broken device may still write */
  hdl_flush_stdout();               /* came first */
  if (fault.kind == HDL_FAULT_EXIT)
    leave((int)fault.arg[0]);
  fault.what[sizeof fault.what - 1] = '\0';
  fault.where[sizeof fault.where - 1] = '\0';

  char event[384], place[384] = "";
  const char *advice = describe_event(&fault, event, sizeof event);
  if (has_place(&fault))
    describe_place(fault.where, place, sizeof place);
  bool is_note = HDL_FAULT_IS_NOTE(fault.kind);
  const char *separator = *advice ? "; " : "";
  if (is_note)
    hdl_warn("thread %u (warp %u of %s) %s%s%s%s", fault.thread_num, fault.warp,
             device, event, place, separator, advice);
  else
    hdl_error("thread %u (warp %u of %s) %s%s%s%s", fault.thread_num,
              fault.warp, device, event, place, separator, advice);
  if (is_note)
    return;
  _exit(STATUS_ABORT);
}
