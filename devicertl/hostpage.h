/* hostpage.h - the page through which a running kernel speaks to the host.
 *
 * The plugin allocates one page per process, registers it with the driver so
 * that a kernel can write it, and stores its address in the device global
 * `hdl_host_page` of every image (it patches the initial value in the image's
 * ELF bytes).  A device that finds the initial value still there runs without
 * the plugin: it can only trap.
 *
 * Protocol of a fault record
 *   HDL_FAULT_FREE     --device, compare-and-swap-->  HDL_FAULT_CLAIMED
 *   HDL_FAULT_CLAIMED  --device, all fields written, release at system
 *                        scope-->                     HDL_FAULT_POSTED
 *   HDL_FAULT_POSTED   --host, message printed-->     HDL_FAULT_FREE
 * The claimant of a fatal record then waits until the host ends the process;
 * it traps by itself after HDL_FAULT_PATIENCE_NS, in case no host looks.
 * A second fault while one is claimed waits for the first to be printed. */
#ifndef HDL_HOSTPAGE_H
#define HDL_HOSTPAGE_H

#include <stdint.h>

/* Initial value of the device global `hdl_host_page`: "heddle??". */
#define HDL_PAGE_UNSET        UINT64_C(0x3f3f656c64646568)
#define HDL_PAGE_VERSION      1u
#define HDL_FAULT_PATIENCE_NS UINT64_C(2000000000)

enum hdl_fault_state {
  HDL_FAULT_FREE = 0, /* so that a zeroed page is ready */
  HDL_FAULT_CLAIMED = 1,
  HDL_FAULT_POSTED = 2,
};

/* What happened.  Every kind has its sentence in plugin/fault.c. */
enum hdl_fault_kind {
  HDL_FAULT_UNSUPPORTED = 1, /* what: the construct */
  HDL_FAULT_NO_MEMORY,       /* what: for what; arg[0]: bytes asked */
  HDL_FAULT_STACK,  /* what: the thread's name; arg[0]: bytes asked, arg[1]: its
                      stack size */
  HDL_FAULT_ASSERT, /* what: the expression */
  HDL_FAULT_ERROR,  /* `omp error` severity(fatal); what: message */
  HDL_FAULT_MISUSE, /* what: the broken rule, a full clause */
  HDL_FAULT_IMAGE,  /* what: what does not fit runtime and image */
  HDL_FAULT_TRAP,   /* emulator: the program executed a trap */
  HDL_FAULT_ABORT,  /* abort() was called */
  HDL_FAULT_EXIT,   /* exit() was called; arg[0]: the status */
  /* From here on the kernel continues after the message. */
  HDL_NOTE_LOCAL_TASK = 64, /* a task captures another thread's local memory,
                               and is run at once */
  HDL_NOTE_LOCAL_REGION,    /* a parallel region does, and is run serially */
  HDL_NOTE_WARNING,         /* `omp error` severity(warning); what: message */
  HDL_NOTE_MISUSE,          /* of threads; what: call and broken rule */
};
#define HDL_FAULT_IS_NOTE(kind) ((kind) >= HDL_NOTE_LOCAL_TASK)

struct hdl_fault {
  uint32_t state; /* enum hdl_fault_state */
  uint32_t kind;  /* enum hdl_fault_kind */
  uint32_t warp;  /* warp of the launch: block * warps per block + warp */
  uint32_t thread_num;
  uint64_t grid;   /* which launch */
  uint64_t arg[2]; /* see enum hdl_fault_kind; else 0 */
  char what[128];  /* nul-terminated, cut if longer */
  char where[256]; /* ident_t psource, ";file;function;line;column;;" */
};

enum hdl_page_flags {
  HDL_PAGE_CANCELLATION = 1, /* cancel-var is true */
  HDL_PAGE_CHECKING = 2,     /* HEDDLE_CHECK is 1 */
};

struct hdl_host_page {
  uint32_t version; /* HDL_PAGE_VERSION, set by the host */
  uint32_t flags;   /* enum hdl_page_flags, set by the host */
  struct hdl_fault fault;
};

#endif /* HDL_HOSTPAGE_H */
