// Copies of which code generation would make loops over bytes are calls of the
// runtime; small ones stay.
//
// REQUIRES: compiler && !host
// RUN: %cc --offload-device-only -S -emit-llvm %s -o - | FileCheck %s
#include <string.h>

struct small {
  long number[15];
};
struct large {
  long number[16];
};

#pragma omp begin declare target
// CHECK-LABEL: define {{.*}}@assign_small(
// CHECK: call void @llvm.memcpy{{.*}}i64 120
void assign_small(struct small *to, struct small *from) { *to = *from; }

// CHECK-LABEL: define {{.*}}@assign_large(
// CHECK-NOT: @llvm.mem
// CHECK: call {{.*}}@__heddle_memcpy(ptr {{.*}}, ptr {{.*}}, i64 {{.*}}128)
void assign_large(struct large *to, struct large *from) { *to = *from; }

// CHECK-LABEL: define {{.*}}@unknown_size(
// CHECK-NOT: @llvm.mem
// CHECK: call {{.*}}@__heddle_memset(ptr {{.*}}, i32 {{.*}}, i64
// CHECK: call {{.*}}@__heddle_memmove(ptr {{.*}}, ptr {{.*}}, i64
void unknown_size(char *memory, size_t n) {
  memset(memory, 1, n);
  memmove(memory + 7, memory, n);
}
#pragma omp end declare target
