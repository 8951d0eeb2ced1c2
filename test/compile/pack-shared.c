// What a function puts on the soft stack is one block, which is allocated where it
// is needed and not at the leaves of a recursion; it stays where clang put it when
// something could still use it.
//
// REQUIRES: compiler && !host
// RUN: %cc -O2 --offload-device-only -S -emit-llvm %s -o - | FileCheck %s

void keep(int *p);
int look(void);
#pragma omp declare target to(keep, look)

#pragma omp begin declare target
// CHECK-LABEL: define {{.*}}i32 @leaf(
// CHECK: icmp
// CHECK-NEXT: br
// CHECK: call {{.*}}ptr @__kmpc_alloc_shared(i64 32)
// CHECK-NOT: __kmpc_alloc_shared
// CHECK: call void @keep(
// CHECK: call void @__kmpc_free_shared(
// CHECK-NOT: __kmpc_free_shared
// CHECK: ret i32
int leaf(int n) {
  int x, y;
  if (n < 2)
    return n;
  keep(&x);
  keep(&y);
  return x + y;
}

// Somebody may have kept the address, and is called behind the last use here.
// CHECK-LABEL: define {{.*}}i32 @used_later(
// CHECK: call {{.*}}ptr @__kmpc_alloc_shared(i64
// CHECK: br i1
// CHECK: call {{.*}}i32 @look(
// CHECK: call void @__kmpc_free_shared(
// CHECK: ret i32
int used_later(int n) {
  int x = n;
  if (n > 1)
    keep(&x);
  return look();
}
#pragma omp end declare target
