/* tgt.h - the host side of clang's offloading ABI, as of LLVM 22: what a
 * program registers with libomptarget and what it passes to launch a kernel.
 *
 * Old binaries depend on these layouts, so they only grow by versions. */
#ifndef HDL_TGT_H
#define HDL_TGT_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

/* One kernel or `declare target` variable, in section llvm_offload_entries. */
struct tgt_entry {
  uint64_t reserved; /* 0; anything else is the layout of LLVM 19 and older */
  uint16_t version;
  uint16_t kind; /* TGT_KIND_OPENMP */
  uint32_t flags;
  void *address; /* the host's; for a kernel its region id */
  char *name;
  uint64_t size; /* 0 for a kernel */
  uint64_t data;
  void *aux;
};
static_assert(sizeof(struct tgt_entry) == 56, "offload entry of LLVM 22");
#define TGT_KIND_OPENMP 1

struct tgt_image {
  void *start, *end;
  struct tgt_entry *entries_begin, *entries_end;
};

/* What a program or shared library registers; lives in read-only memory. */
struct tgt_library {
  int32_t image_count;
  struct tgt_image *images;
  struct tgt_entry *entries_begin, *entries_end;
};

/* The argument block of a launch. */
struct tgt_kernel_args {
  uint32_t version; /* TGT_ARGS_VERSION */
  uint32_t arg_count;
  void **arg_bases, **args;
  int64_t *arg_sizes, *arg_types;
  void **arg_names, **arg_mappers;
  uint64_t tripcount;
  uint64_t flags;
  uint32_t num_teams[3];
  uint32_t thread_limit[3];
  uint32_t dynamic_shared_bytes;
};
static_assert(sizeof(struct tgt_kernel_args) == 104, "KernelArgs version 3");
static_assert(offsetof(struct tgt_kernel_args, num_teams) == 72,
              "KernelArgs version 3");
#define TGT_ARGS_VERSION 3

/* The start of `<kernel>_kernel_environment` in an image. */
struct tgt_kernel_environment {
  uint8_t use_generic_state_machine; /* or TGT_DIVIDES, from our pass */
  uint8_t may_use_nested_parallelism;
  uint8_t exec_mode; /* TGT_EXEC_GENERIC, ... */
  uint8_t padding;
  int32_t min_threads, max_threads;
  int32_t min_teams, max_teams;
  int32_t reduction_data_bytes, reduction_records; /* over teams; or 0 */
};
static_assert(sizeof(struct tgt_kernel_environment) == 28,
              "KernelEnvironment of LLVM 22");
/* Threads divide before their first iteration (carry.cpp). */
#define TGT_DIVIDES           2
#define TGT_EXEC_GENERIC      1
#define TGT_EXEC_SPMD         2
#define TGT_EXEC_GENERIC_SPMD 3 /* generic, and all lanes execute it */

#endif /* HDL_TGT_H */
