/* hostpage.h - the page through which a running kernel speaks to the host.
 *
 * The plugin allocates one page per image, and for a GPU registers it with the
 * driver so that a kernel can write it.  It stores the address in the image's
 * device global `hdl_host_page` (it patches the initial value in the ELF
 * bytes).  A device that finds the initial value still there runs without the
 * plugin: it can only trap, and print by way of the driver.
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
#define HDL_PAGE_VERSION      2u
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
  HDL_FAULT_STANDSTILL, /* as the note */
  /* From here on the kernel continues after the message. */
  HDL_NOTE_LOCAL_TASK = 64, /* a task captures another thread's local memory,
                               and is run at once */
  HDL_NOTE_LOCAL_REGION,    /* a parallel region does, and is run serially */
  HDL_NOTE_WARNING,         /* `omp error` severity(warning); what: message */
  HDL_NOTE_STANDSTILL,      /* what: the wait; arg[0]: how long, ns */
  HDL_NOTE_MISUSE,          /* of threads; what: call and broken rule */
};
#define HDL_FAULT_IS_NOTE(kind) ((kind) >= HDL_NOTE_LOCAL_TASK)

struct hdl_fault {
  uint32_t state; /* enum hdl_fault_state */
  uint32_t kind;  /* enum hdl_fault_kind */
  uint32_t warp;  /* warp of the launch: block * warps per block + warp */
  uint32_t thread_num;
  uint64_t grid;   /* which launch */
  uint64_t output; /* end of what had been printed then, on device `device` */
  uint32_t device;
  uint32_t reserved; /* 0 */
  uint64_t arg[2];   /* see enum hdl_fault_kind; else 0 */
  char what[128];    /* nul-terminated, cut if longer */
  char where[256];   /* ident_t psource, ";file;function;line;column;;" */
};

enum hdl_page_flags {
  HDL_PAGE_CANCELLATION = 1,   /* cancel-var is true */
  HDL_PAGE_WATCHDOG_STOPS = 2, /* a standstill is fatal; see watchdog.c */
  HDL_PAGE_CHECKING = 4,       /* HEDDLE_CHECK is 1 */
};

/* All but the fault is set by the host before a kernel runs. */
struct hdl_host_page {
  uint32_t version; /* HDL_PAGE_VERSION */
  uint32_t flags;   /* enum hdl_page_flags */
  uint32_t devices; /* that can run the image; each has a ring */
  uint32_t ring_bytes;
  uint32_t max_task_priority; /* max-task-priority-var */
  uint32_t reserved;          /* 0 */
  uint64_t watchdog_ns; /* a standstill of that time is reported; 0: none */
  struct hdl_fault fault;
};
#define HDL_PAGE_BYTES 4096u /* the rings follow */

/* What a device prints: a ring of bytes, whose positions count from 0 and never
 * wrap; byte p is at p % ring_bytes.  Records lie one after the other, at
 * multiples of HDL_OUTPUT_CELL.  A record is a header and text.  A text that is
 * longer than a quarter of the ring becomes several records, with nothing
 * between them.
 *
 *   O1  A record's place is reserved by an addition, so the order of records
 *       is one of all threads, and agrees with what happens before what.
 *   O2  The first word of each cell in [taken, taken + ring_bytes) that is not
 *       in a posted record, or in the text of one being written, is 0.
 *   O3  Nobody writes at or above taken + ring_bytes.
 *   O4  A header holds the position of its record, so that posted records can
 *       be found behind one that will never be posted.
 * Pairings
 *   P1  device, release of the header (sys) -> host, acquire: it sees the text.
 *   P2  host, release of `taken` -> device, acquire (sys): the host has read
 *       and cleared what lies below (O2). */
struct hdl_output {
  uint64_t taken; /* the host has written all below; atomic, by the host */
  uint64_t reserved[15];
  uint64_t word[]; /* ring_bytes / 8; headers are atomic */
};
#define HDL_OUTPUT_CELL   16u
#define HDL_OUTPUT_HEADER 8u

enum hdl_output_flags {
  HDL_OUTPUT_POSTED = 1,
  HDL_OUTPUT_STDERR = 2, /* else stdout */
  HDL_OUTPUT_FLUSH = 4,  /* fflush was called, after the text */
};
#define HDL_OUTPUT_FLAG_BITS 3

/* The header of a record at position `at`. */
static inline uint64_t hdl_output_header(uint64_t at, uint32_t flags,
                                         uint32_t text_bytes) {
  return (at / HDL_OUTPUT_CELL) << 32 | text_bytes << HDL_OUTPUT_FLAG_BITS |
         flags | HDL_OUTPUT_POSTED;
}
static inline uint32_t hdl_output_text_bytes(uint64_t header) {
  return (uint32_t)header >> HDL_OUTPUT_FLAG_BITS;
}
/* How much of the ring a record takes. */
static inline uint32_t hdl_output_record_bytes(uint32_t text_bytes) {
  return (HDL_OUTPUT_HEADER + text_bytes + HDL_OUTPUT_CELL - 1) /
         HDL_OUTPUT_CELL * HDL_OUTPUT_CELL;
}

static inline uint64_t hdl_output_ring_bytes(const struct hdl_host_page *page) {
  return sizeof(struct hdl_output) + page->ring_bytes;
}
static inline struct hdl_output *hdl_output_ring(struct hdl_host_page *page,
                                                 uint32_t device) {
  return (struct hdl_output *)((char *)page + HDL_PAGE_BYTES +
                               device * hdl_output_ring_bytes(page));
}

#endif /* HDL_HOSTPAGE_H */
