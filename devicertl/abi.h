/* abi.h - what clang 22 emits and expects on the device (nvptx64).
 *
 * Layouts are facts of the compiler's ABI; static asserts pin them. */
#ifndef HDL_ABI_H
#define HDL_ABI_H

#include <stddef.h>
#include <stdint.h>

/* A function the compiler or the program calls: visible to the link. */
#define HDL_API __attribute__((visibility("default")))

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

/* What __kmpc_target_init tells the kernel. */
enum { KERNEL_USER_CODE = -1, KERNEL_RETURN = 0x7fffffff };

/* What Heddle's pass adds to each parallel region: `wrapper` of
 * __kmpc_parallel_60 is a region_thunk when this bit of nargs is set. */
typedef void region_thunk(int32_t *gtid, int32_t *btid, const uint64_t *args);
#define HDL_NARGS_THUNK (INT64_C(1) << 32)

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

/* Flags of __kmpc_omp_task_alloc. */
enum {
  TASK_TIED = 0x1,
  TASK_FINAL = 0x2,
  TASK_DESTRUCTORS = 0x8,
  TASK_PRIORITY = 0x20,
  TASK_DETACHABLE = 0x40,
};

/* Loop schedules (enum sched_type of the compiler). */
enum {
  SCHED_STATIC_CHUNKED = 33,
  SCHED_STATIC = 34,
  SCHED_DYNAMIC = 35,
  SCHED_GUIDED = 36,
  SCHED_RUNTIME = 37,
  SCHED_AUTO = 38,
  SCHED_ORDERED_FIRST = 65,
  SCHED_ORDERED_LAST = 70,
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
