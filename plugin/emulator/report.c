/* report.c - what went wrong on the emulated device, as sentences.
 *
 * Faults of device code arrive as signals, on a stack of their own because the
 * lane's may be full.  The process ends with the status of abort(), which is
 * what a fault of a GPU does. */
#include "machine.h"
#include "output.h"
#include "plugin.h"
#include "retarget.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STATUS_ABORT       134 /* what a shell reports after abort() */
#define SIGNAL_STACK_BYTES 65536
#define MAX_GROUPS         16u

static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE};
#define NUM_SIGNALS (sizeof signals / sizeof *signals)
static struct sigaction old_actions[NUM_SIGNALS];
static char signal_stack[SIGNAL_STACK_BYTES];
static stack_t old_stack;
static pthread_t driver; /* valid while a lane is current */

static _Noreturn void end_process(void) { _exit(STATUS_ABORT); }

/* A text field of an ident_t psource string. */
struct field {
  const char *text;
  int length;
};

/* Field `index` of ";file;function;line;column;;" or so. */
static struct field psource_field(const char *psource, int index) {
  for (int i = 0; i <= index && psource != NULL; i++) {
    psource = strchr(psource, ';');
    if (psource != NULL)
      psource++;
  }
  if (psource == NULL)
    return (struct field){.text = "", .length = 0};
  return (struct field){.text = psource, .length = (int)strcspn(psource, ";")};
}

/* The parts of clang's name for a target region or what is outlined from it,
 * __omp_offloading_<device>_<file>_<function>_l<line>[_<more>]; any other
 * `name` is a function and has no line (0). */
static struct field region_name(struct field name, int *line) {
  static const char prefix[] = "__omp_offloading_";
  const char *end = name.text + name.length, *at = name.text;
  *line = 0;
  if (name.length < (int)sizeof prefix ||
      strncmp(at, prefix, sizeof prefix - 1) != 0)
    return name;
  at += sizeof prefix - 1;
  for (int skip = 0; skip < 2; skip++) { /* device and file number */
    while (at < end && *at != '_')
      at++;
    at += at < end;
  }
  struct field function = {.text = at, .length = (int)(end - at)};
  for (; at + 2 < end; at++)
    if (at[0] == '_' && at[1] == 'l' && at[2] >= '0' && at[2] <= '9') {
      function.length = (int)(at - function.text);
      *line = atoi(at + 2);
    }
  return function;
}

/* " at file:line in function", or nothing. */
static void describe_place(const char *where, char *text, size_t size) {
  struct field file = psource_field(where, 0);
  struct field line = psource_field(where, 2);
  int region_line;
  struct field function = region_name(psource_field(where, 1), &region_line);
  *text = '\0';
  if (file.length > 0 && strncmp(file.text, "unknown", 7) != 0)
    snprintf(text, size, " at %.*s:%.*s in %.*s", file.length, file.text,
             line.length, line.text, function.length, function.text);
}

/* "function:line" of the target region. */
static void describe_kernel(const char *name, char *text, size_t size) {
  int line;
  struct field whole = {.text = name, .length = (int)strlen(name)};
  struct field function = region_name(whole, &line);
  if (line == 0)
    snprintf(text, size, "%.*s", function.length, function.text);
  else
    snprintf(text, size, "%.*s:%d", function.length, function.text, line);
}

/* "lane 3 of warp 1, block 2, in the kernel main:12" */
static void describe_lane(const struct lane *lane, char *text, size_t size) {
  char kernel[128];
  describe_kernel(lane->block->grid->kernel->name, kernel, sizeof kernel);
  snprintf(text, size, "lane %u of warp %u, block %u, in the kernel %s",
           lane->id.lane, lane->id.tid / LANES_PER_WARP, lane->id.block,
           kernel);
}

/* ------------------------------------------------------------------------
 * Signals */

/* The sentence for an access to `address`. */
static void report_access(const struct lane *lane, uintptr_t address) {
  char who[256];
  describe_lane(lane, who, sizeof who);
  bool is_guard = false;
  int64_t owner = hdl_fiber_lane_of(address, &is_guard);
  if (is_guard && owner == lane - hdl_emu_device.lanes)
    hdl_error("%s overflowed its stack; recurse less deeply, make large "
              "variables static, or raise HEDDLE_STACK_SIZE",
              who);
  else
    hdl_error("%s accessed memory that is not there, at address %#llx; look "
              "for a null or dangling pointer, or for data that is not mapped",
              who, (unsigned long long)address);
}

/* Explain a signal that `lane` caused, and end. */
static void report_signal(const struct lane *lane, const siginfo_t *info) {
  char who[256];
  hdl_output_rescue();
  struct hdl_fault fault = {.kind = HDL_FAULT_TRAP,
                            .warp = lane->id.block * lane->block->num_warps +
                                    lane->id.tid / LANES_PER_WARP,
                            .grid = lane->id.grid};
  switch (info->si_signo) {
  case SIGSEGV:
  case SIGBUS:
    report_access(lane, (uintptr_t)info->si_addr);
    break;
  case SIGFPE:
    describe_lane(lane, who, sizeof who);
    hdl_error("%s divided an integer by zero, or the smallest one by -1", who);
    break;
  default:
    describe_lane(lane, fault.what, sizeof fault.what);
    hdl_fault_report(&fault, "the emulator");
    break;
  }
  end_process();
}

/* Do what would have been done about `info` without this file. */
static void pass_on(siginfo_t *info, void *context) {
  for (size_t i = 0; i < NUM_SIGNALS; i++) {
    if (signals[i] != info->si_signo)
      continue;
    struct sigaction *old = &old_actions[i];
    if ((old->sa_flags & SA_SIGINFO) != 0)
      old->sa_sigaction(info->si_signo, info, context);
    else if (old->sa_handler != SIG_DFL && old->sa_handler != SIG_IGN)
      old->sa_handler(info->si_signo);
    else
      sigaction(info->si_signo, old, NULL); /* it happens again, for real */
  }
}

/* The handler.  Only the driving thread can be in device code, and only while
 * a lane is current. */
static void on_signal(int number, siginfo_t *info, void *context) {
  (void)number;
  const struct lane *lane = hdl_emu_device.current;
  if (lane != NULL && pthread_equal(driver, pthread_self()))
    report_signal(lane, info);
  else
    pass_on(info, context);
}

void hdl_report_install(void) {
  struct sigaction action = {.sa_sigaction = on_signal,
                             .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < NUM_SIGNALS; i++)
    sigaction(signals[i], &action, &old_actions[i]);
}

void hdl_report_enter(void) {
  stack_t mine = {.ss_sp = signal_stack, .ss_size = sizeof signal_stack};
  driver = pthread_self();
  sigaltstack(&mine, &old_stack);
}

void hdl_report_leave(void) { sigaltstack(&old_stack, NULL); }

void hdl_emu_fault(struct hdl_host_page *page, const struct hdl_fault *fault) {
  while (!hdl_output_is_before(page, fault))
    hdl_emu_wait(1000, "the host", NULL);
  hdl_fault_report(fault, "the emulator");
}

/* Called by translated code before an access to `p`, which is on the stack of
 * some lane; `where` is the source place or NULL. */
__attribute__((visibility("default"))) void
hdl_emu_check_local(const void *p, const char *where);
void hdl_emu_check_local(const void *p, const char *where) {
  const struct lane *me = hdl_emu_device.current;
  int64_t index = hdl_fiber_lane_of((uintptr_t)p, NULL);
  if (me == NULL || index == me - hdl_emu_device.lanes || index < 0)
    return;
  const struct lane *owner = &hdl_emu_device.lanes[index];
  hdl_output_rescue();
  char who[256], place[384];
  describe_lane(me, who, sizeof who);
  describe_place(where, place, sizeof place);
  hdl_error("%s accessed a variable on the stack of lane %u of warp %u, block "
            "%u%s, which a GPU cannot do; make it static, allocate it, or "
            "compile with heddle.cfg so that it is shared",
            who, owner->id.lane, owner->id.tid / LANES_PER_WARP,
            owner->id.block, place);
  end_process();
}

/* The same before an access to `p`, which is no multiple of `mask` + 1. */
__attribute__((visibility("default"))) void
hdl_emu_misaligned(const void *p, const char *where, uint64_t mask);
void hdl_emu_misaligned(const void *p, const char *where, uint64_t mask) {
  hdl_output_rescue();
  char who[256], place[384];
  describe_lane(hdl_emu_device.current, who, sizeof who);
  describe_place(where, place, sizeof place);
  hdl_error(
      "%s accessed %p%s, which is no multiple of %llu as what it points to "
      "must be (C17 6.3.2.3): a GPU stops here",
      who, p, place, (unsigned long long)mask + 1);
  end_process();
}

void hdl_emu_expect(const void *p, bool shared) {
  const struct lane *me = hdl_emu_device.current;
  const unsigned char *arena = me->block->arena;
  bool is_shared = (uintptr_t)p - (uintptr_t)arena < me->block->arena_bytes;
  if (is_shared == shared)
    return;
  hdl_output_rescue();
  char who[256];
  describe_lane(me, who, sizeof who);
  hdl_error("%s: the runtime used an instruction for %s memory at %p, which is "
            "not there (a bug of Heddle)",
            who, shared ? "shared" : "device", p);
  end_process();
}

/* ------------------------------------------------------------------------
 * Deadlock */

/* Lanes that wait for the same thing at the same place. */
struct group {
  const struct grid *grid;
  const char *what, *where;
  uint32_t count;
  char warps[256]; /* "block 0 warps 1-3, block 1 warp 0" */
  uint32_t block, first_warp, last_warp; /* the run that `warps` lacks */
};

/* Write the run of warps that has come to its end. */
static void end_run(struct group *g) {
  size_t used = strlen(g->warps);
  const char *comma = used > 0 ? ", " : "";
  if (used > sizeof g->warps - 48) {
    if (g->warps[used - 1] != '.')
      snprintf(g->warps + used, sizeof g->warps - used, ", ...");
  } else if (g->first_warp == g->last_warp) {
    snprintf(g->warps + used, sizeof g->warps - used, "%sblock %u warp %u",
             comma, g->block, g->first_warp);
  } else {
    snprintf(g->warps + used, sizeof g->warps - used, "%sblock %u warps %u-%u",
             comma, g->block, g->first_warp, g->last_warp);
  }
}

static bool same_text(const char *a, const char *b) {
  return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Add `lane`, which waits for `what`; lanes come in order of block and warp.
 * What finds no room is counted with the last group. */
static void add_to_groups(struct group *groups, uint32_t *count,
                          const struct lane *lane, const char *what,
                          const char *where) {
  uint32_t i = 0;
  while (i < *count && (groups[i].grid != lane->block->grid ||
                        !same_text(groups[i].what, what) ||
                        !same_text(groups[i].where, where)))
    i++;
  uint32_t warp = lane->id.tid / LANES_PER_WARP;
  if (i == MAX_GROUPS)
    i--;
  struct group *g = &groups[i];
  if (i == *count) {
    *g = (struct group){.grid = lane->block->grid,
                        .what = what,
                        .where = where,
                        .block = lane->id.block,
                        .first_warp = warp,
                        .last_warp = warp};
    (*count)++;
  } else if (g->block != lane->id.block || warp > g->last_warp + 1) {
    end_run(g);
    g->block = lane->id.block;
    g->first_warp = warp;
  }
  g->last_warp = warp;
  g->count++;
}

/* Whom a parked lane waits for. */
static const char *meeting_name(const struct lane *lane) {
  return lane->meeting == MEET_BLOCK || lane->meeting == MEET_PART
             ? "the other warps of its block"
             : "the other lanes of its warp";
}

/* Whether some lane of the warp waits in hdl_emu_wait: then the parked ones
 * merely follow it, and are not worth a line. */
static bool has_waiter(const struct warp *warp) {
  for (uint32_t left = warp->live; left != 0; left &= left - 1)
    if (warp->lanes[__builtin_ctz(left)].state != LANE_PARKED)
      return true;
  return false;
}

/* Group all lanes that wait; returns the number of groups. */
static uint32_t group_lanes(struct group *groups) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < hdl_emu_device.num_blocks; i++) {
    const struct block *block = &hdl_emu_device.blocks[i];
    for (uint32_t w = 0; block->grid != NULL && w < block->num_warps; w++) {
      const struct warp *warp = &block->warps[w];
      bool skip_parked = has_waiter(warp);
      for (uint32_t left = warp->live; left != 0; left &= left - 1) {
        const struct lane *lane = &warp->lanes[__builtin_ctz(left)];
        if (lane->state != LANE_PARKED && lane->what != NULL)
          add_to_groups(groups, &count, lane, lane->what, lane->where);
        else if (lane->state == LANE_PARKED && !skip_parked)
          add_to_groups(groups, &count, lane, meeting_name(lane), NULL);
      }
    }
  }
  return count;
}

void hdl_report_deadlock(void) {
  static struct group groups[MAX_GROUPS]; /* too large for a lane's stack */
  uint32_t count = group_lanes(groups);
  hdl_output_rescue();
  hdl_error("deadlock: no thread on the emulated device can go on; each waits "
            "for something that only another one can do");
  for (uint32_t i = 0; i < count; i++) {
    struct group *g = &groups[i];
    char kernel[128], place[384];
    end_run(g);
    describe_kernel(g->grid->kernel->name, kernel, sizeof kernel);
    describe_place(g->where, place, sizeof place);
    bool idle = strcmp(g->what, "idle") == 0;
    hdl_error("  kernel %s: %u %s %s%s%s (%s)", kernel, g->count,
              g->count == 1 ? "lane" : "lanes", idle ? "idle" : "waiting for ",
              idle ? "" : g->what, place, g->warps);
  }
  for (const struct grid *g = hdl_emu_device.grids; g != NULL; g = g->next)
    if (g->started < g->num_blocks)
      hdl_error("  %u blocks have not started: only %u warps fit at a time "
                "(HEDDLE_EMU_SMS, HEDDLE_EMU_WARPS)",
                g->num_blocks - g->started, hdl_emu_device.max_warps);
  hdl_error("look for a barrier or taskwait that not all threads reach, or a "
            "lock that is never released; HEDDLE_EMU_SEED=%llu repeats this "
            "schedule",
            (unsigned long long)hdl_settings()->emu_seed);
  end_process();
}
