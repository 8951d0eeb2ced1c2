// The globalize pass moves a local whose address escapes to the soft stack and
// leaves the others alone (design 4.2).
//
// REQUIRES: compiler && !host
// RUN: %cc --offload-device-only -S -emit-llvm %s -o - | FileCheck %s

void keep(int *p);
#pragma omp declare target to(keep)

// CHECK-LABEL: define {{.*}}i32 @escapes(
// CHECK: call {{.*}}ptr @__kmpc_alloc_shared(i64
// CHECK: call void @keep(
// CHECK: call void @__kmpc_free_shared(
// CHECK: ret i32
#pragma omp begin declare target
int escapes(int n) {
  int local = n;
  keep(&local);
  return local;
}

// CHECK-LABEL: define {{.*}}i32 @stays(
// CHECK-NOT: __kmpc_alloc_shared
// CHECK: ret i32
int stays(int n) {
  int table[4] = {1, 2, 3, 4};
  for (int i = 0; i < n; i++)
    table[i & 3] += table[(i + 1) & 3];
  return table[n & 3];
}

// A local of a task body, which clang itself never moves.
// CHECK-LABEL: define {{.*}}@{{.*}}omp_outlined
// CHECK: call {{.*}}ptr @__kmpc_alloc_shared(i64
void tasks(void) {
#pragma omp parallel
  {
    int local = 1;
#pragma omp task shared(local)
    local++;
#pragma omp taskwait
  }
}

// A structure that is passed by value is copied once other threads may reach it.
// CHECK-LABEL: define {{.*}}@by_value(ptr {{.*}}byval
// CHECK: %[[BLOCK:.*]] = {{.*}}call {{.*}}ptr @__kmpc_alloc_shared(i64
// CHECK: %[[COPY:.*]] = getelementptr {{.*}}ptr %[[BLOCK]]
// CHECK: call void @llvm.memcpy{{.*}}(ptr align 8 %[[COPY]], ptr align 8 %0
struct large {
  long a, b, c;
};
long by_value(struct large s) {
  long sum = 0;
#pragma omp parallel reduction(+ : sum)
  sum += s.a + s.b + s.c;
  return sum;
}
#pragma omp end declare target
