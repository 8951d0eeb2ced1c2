/* abi.h - what clang 22 emits and expects on the device (nvptx64).
 *
 * Layouts are facts of the compiler's ABI; static asserts pin them. */
#ifndef HDL_ABI_H
#define HDL_ABI_H

#include <stddef.h>
#include <stdint.h>

/* A function the compiler or the program calls: visible to the link. */
#define HDL_API        __attribute__((visibility("default")))
/* The same, to become part of each caller. */
#define HDL_INLINE_API HDL_API __attribute__((always_inline))

/* Source location: psource is ";file;function;line;column;;". */
struct ident {
  int32_t reserved_1;
  int32_t flags;
  int32_t reserved_2;
  int32_t reserved_3;
  const char *psource;
};
_Static_assert(sizeof(struct ident) == 24, "ident_t");

static inline const char *ident_where(const struct ident *loc) {
  return loc ? loc->psource : NULL;
}

struct kernel_environment {
  uint8_t use_generic_state_machine;
  uint8_t may_use_nested_parallelism;
  uint8_t exec_mode;
  int32_t min_threads;
  int32_t max_threads;
  int32_t min_teams;
  int32_t max_teams; /* -1 no `teams`; 1 one team; else a league */
  int32_t reduction_data_size;
  int32_t reduction_buffer_length;
  const struct ident *ident;
  void *dynamic;
};
_Static_assert(sizeof(struct kernel_environment) == 48, "KernelEnvironmentTy");
_Static_assert(offsetof(struct kernel_environment, max_teams) == 16, "teams");

enum { KERNEL_SPMD = 2 }; /* exec_mode: no sequential part */

/* What a kernel's hidden first argument points to if it reduces over teams:
 * zeroed for each launch. */
struct kernel_launch {
  uint32_t reduced;  /* teams whose record is complete; atomic */
  uint32_t reducing; /* teams that have begun, if there are too many; atomic */
  char *reduction_buffer; /* reduction_buffer_length records */
};
_Static_assert(sizeof(struct kernel_launch) == 16, "KernelLaunchEnvironmentTy");

/* What __kmpc_target_init tells the kernel. */
enum { KERNEL_USER_CODE = -1, KERNEL_RETURN = 0x7fffffff };

/* What Heddle's pass adds to each parallel region: `wrapper` of
 * __kmpc_parallel_60 is a region_thunk when this bit of nargs is set. */
typedef void region_thunk(int32_t *gtid, int32_t *btid, const uint64_t *args);
#define HDL_NARGS_THUNK (INT64_C(1) << 32)

/* The function of a reduction that fetches and combines; see reduce.c. */
typedef void shuffle_fn(void *list, int16_t lane, int16_t offset,
                        int16_t algorithm);
/* What Heddle's pass makes of it (plugin/combine.cpp): write the words of the
 * copies in `list` down, and combine `n` records of another's, `stride` words
 * apart, with them. */
typedef void write_fn(void *list, uint32_t *words);
typedef void combine_fn(void *list, const uint32_t *words, uint32_t n,
                        uint32_t stride);
/* Copies words of the lists of warps' first threads to the lists of as many
 * threads from 0. */
typedef void copy_fn(void *list, int32_t warps);
/* Between a record of the teams' buffer and a list, in the direction the name
 * of the parameter says. */
typedef void record_fn(void *buffer, int32_t record, void *list);

struct kmp_task;
typedef int32_t task_entry_fn(int32_t gtid, struct kmp_task *);
typedef void task_dup_fn(struct kmp_task *to, struct kmp_task *from,
                         int32_t last);

/* A task as its outlined function sees it; privates follow. */
struct kmp_task {
  void *shareds;
  task_entry_fn *routine;
  int32_t part_id;
  union {
    int32_t priority;
    void *destructors;
  } data1, data2;
};
_Static_assert(sizeof(struct kmp_task) == 40, "kmp_task_t");

/* A taskloop task goes on with its bounds. */
struct kmp_taskloop {
  struct kmp_task task;
  uint64_t lower;
  uint64_t upper; /* inclusive */
  int64_t stride;
  int32_t last;
  void *reductions;
};
_Static_assert(sizeof(struct kmp_taskloop) == 80, "kmp_task_t of taskloop");

/* One variable of task_reduction or reduction(task, ...). */
typedef void taskred_init_fn(void *copy, void *original);
typedef void taskred_combine_fn(void *into, void *from);
struct kmp_taskred_input {
  void *own;      /* combined into: the original, or a member's private copy */
  void *original; /* for initializers that use omp_orig */
  uint64_t bytes;
  taskred_init_fn *init;
  void *destroy; /* NULL in C */
  taskred_combine_fn *combine;
  int32_t flags; /* 1: create copies when needed; we always do */
};
_Static_assert(sizeof(struct kmp_taskred_input) == 56, "kmp_taskred_input_t");

/* Flags of __kmpc_omp_task_alloc. */
enum {
  TASK_TIED = 0x1,
  TASK_FINAL = 0x2,
  TASK_DESTRUCTORS = 0x8,
  TASK_PRIORITY = 0x20,
  TASK_DETACHABLE = 0x40,
  /* Set by Heddle's pass (plugin/regions.cpp): the task's words hold no address
   * of its creator's local memory. */
  TASK_CHECKED = 1 << 30,
};

/* One loop of a doacross nest.  clang 22 normalises it, so that the dependence
 * vectors count iterations: lower is 0, stride 1, and upper their number. */
struct kmp_dim {
  int64_t lower;
  int64_t upper;
  int64_t stride;
};
_Static_assert(sizeof(struct kmp_dim) == 24, "kmp_dim");

/* What __kmpc_cancel and __kmpc_cancellationpoint are about. */
enum {
  CANCEL_PARALLEL = 1,
  CANCEL_FOR = 2,
  CANCEL_SECTIONS = 3,
  CANCEL_TASKGROUP = 4,
};

/* An item of a depend clause.  The array is the creator's and goes away. */
struct kmp_depend_info {
  uint64_t base; /* address; 0 with DEPEND_ALL_MEMORY */
  uint64_t bytes;
  uint8_t flags;
};
_Static_assert(sizeof(struct kmp_depend_info) == 24, "kmp_depend_info");
enum {
  DEPEND_IN = 0x1,
  DEPEND_OUT = 0x2, /* with DEPEND_IN, for `inout` too */
  DEPEND_MUTEXINOUTSET = 0x4,
  DEPEND_INOUTSET = 0x8,
  DEPEND_ALL_MEMORY = 0x80,
};

/* Loop schedules (enum sched_type of the compiler). */
enum {
  SCHED_STATIC_CHUNKED = 33,
  SCHED_STATIC = 34,
  SCHED_DYNAMIC = 35,
  SCHED_GUIDED = 36,
  SCHED_RUNTIME = 37,
  SCHED_AUTO = 38,
  SCHED_ORDERED = 32, /* added to one of the above: with an ordered clause */
  SCHED_ORDERED_FIRST = SCHED_STATIC_CHUNKED + SCHED_ORDERED,
  SCHED_ORDERED_LAST = SCHED_AUTO + SCHED_ORDERED,
  SCHED_DISTRIBUTE_CHUNKED = 91,
  SCHED_DISTRIBUTE = 92,
  SCHED_MODIFIERS = (1 << 29) | (1 << 30), /* monotonic, nonmonotonic */
};

/* How __heddle_atomic_update combines, numbered as LLVM's AtomicRMWInst. */
enum {
  HDL_UPDATE_XCHG,
  HDL_UPDATE_ADD,
  HDL_UPDATE_SUB,
  HDL_UPDATE_AND,
  HDL_UPDATE_NAND,
  HDL_UPDATE_OR,
  HDL_UPDATE_XOR,
  HDL_UPDATE_MAX,
  HDL_UPDATE_MIN,
  HDL_UPDATE_UMAX,
  HDL_UPDATE_UMIN,
};

#endif /* HDL_ABI_H */
