// interop gives no object of a foreign runtime: what init leaves has no
// properties, use and destroy accept it (OpenMP 5.2, 14.1 and 18.12.1).
//
// OpenMP 5.2: 14.1 interop; 18.12 interoperability routines
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  omp_interop_t object = omp_interop_none;
  int x = 0;
#pragma omp interop init(targetsync : object)
  EXPECT(object == omp_interop_none);
  EXPECT_EQ(omp_get_num_interop_properties(object), 0);
#pragma omp interop use(object) depend(inout : x) nowait
#pragma omp interop destroy(object)
  EXPECT(object == omp_interop_none);
#pragma omp taskwait
#pragma omp target map(tofrom : x) // all goes on as before
  x = 1;
  EXPECT_EQ(x, 1);
  return expect_failures;
}
