// The device memory routines of the host: allocate, copy whole, rectangular and
// asynchronous, associate and query (OpenMP 5.2, 18.8).
//
// OpenMP 5.2: 18.8.1 omp_target_alloc, omp_target_free
// OpenMP 5.2: 18.8.3 omp_target_is_present; 18.8.4 omp_target_is_accessible
// OpenMP 5.2: 18.8.5 omp_target_memcpy; 18.8.6 omp_target_memcpy_rect
// OpenMP 5.2: 18.8.7 omp_target_memcpy_async, omp_target_memcpy_rect_async
// OpenMP 5.2: 18.8.9 omp_target_associate_ptr, omp_target_disassociate_ptr
// OpenMP 5.2: 18.8.11 omp_get_mapped_ptr
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>
#include <stdlib.h>

enum { N = 24, ROWS = 4, COLUMNS = 6 };

int main(void) {
  int device = omp_get_default_device(), host = omp_get_initial_device();
  int offloads = omp_get_num_devices() > 0;
  int from[N], back[N] = {0};
  for (int i = 0; i < N; i++)
    from[i] = i + 1;
  size_t bytes = sizeof from;
  int *p = omp_target_alloc(bytes, device),
      *q = omp_target_alloc(bytes, device);
  EXPECT(p && q);
  EXPECT_EQ(omp_target_memcpy(p, from, bytes, 0, 0, device, host), 0);
  EXPECT_EQ(omp_target_memcpy(q, p, bytes - 8, 8, 0, device, device), 0);
#pragma omp target is_device_ptr(p, q)
  {
    q[0] = p[N - 1];
    q[1] = 2 * p[N - 1];
  }
  EXPECT_EQ(omp_target_memcpy(back, q, bytes, 0, 0, host, device), 0);
  EXPECT_EQ(back[0], N);
  EXPECT_EQ(back[1], 2 * N);
  for (int i = 2; i < N; i++)
    EXPECT_EQ(back[i], i - 1);

  // Two rows of three columns from (1, 2) of the host's to (0, 1) of p.
  size_t volume[2] = {2, 3}, to_at[2] = {0, 1}, from_at[2] = {1, 2};
  size_t shape[2] = {ROWS, COLUMNS};
  int dimensions = omp_target_memcpy_rect(NULL, NULL, sizeof(int), 2, NULL,
                                          NULL, NULL, NULL, NULL, device, host);
  EXPECT(dimensions >= 3);
  EXPECT_EQ(omp_target_memcpy_rect(p, from, sizeof(int), 2, volume, to_at,
                                   from_at, shape, shape, device, host),
            0);
  int good = 0;
#pragma omp target is_device_ptr(p) map(tofrom : good)
  for (int r = 0; r < ROWS; r++)
    for (int c = 0; c < COLUMNS; c++) {
      int moved = r < 2 && c >= 1 && c < 4;
      int want = moved ? (r + 1) * COLUMNS + c + 1 + 1 : r * COLUMNS + c + 1;
      good += p[r * COLUMNS + c] == want;
    }
  EXPECT_EQ(good, N);

  // The same asynchronously, one copy after the other.
  omp_depend_t first;
  for (int i = 0; i < N; i++)
    from[i] = 100 + i, back[i] = 0;
#pragma omp depobj(first) depend(inout : p[0])
  EXPECT_EQ(
      omp_target_memcpy_async(p, from, bytes, 0, 0, device, host, 1, &first),
      0);
  EXPECT_EQ(omp_target_memcpy_rect_async(back, p, sizeof(int), 2, volume, to_at,
                                         from_at, shape, shape, host, device, 1,
                                         &first),
            0);
#pragma omp taskwait
#pragma omp depobj(first) destroy
  EXPECT_EQ(back[0], 0);
  EXPECT_EQ(back[1], 100 + COLUMNS + 2);
  EXPECT_EQ(back[COLUMNS + 3], 100 + 2 * COLUMNS + 4);

  // A host address can stand for memory of the device.
  int stand_in[N] = {0}, seen = 0;
  if (offloads) {
    EXPECT(!omp_target_is_present(stand_in, device));
    EXPECT(omp_get_mapped_ptr(stand_in, device) == NULL);
    EXPECT_EQ(omp_target_associate_ptr(stand_in, p, bytes, 0, device), 0);
    EXPECT(omp_target_is_present(stand_in, device));
    EXPECT(omp_get_mapped_ptr(stand_in, device) == p);
    EXPECT(omp_get_mapped_ptr(stand_in + 2, device) == p + 2);
#pragma omp target map(alloc : stand_in) map(from : seen)
    seen = stand_in[5];
    EXPECT_EQ(seen, 105);
    EXPECT_EQ(omp_target_disassociate_ptr(stand_in, device), 0);
    EXPECT(!omp_target_is_present(stand_in, device));
  }
  EXPECT(omp_target_is_present(stand_in, host));
  EXPECT(omp_get_mapped_ptr(stand_in, host) == stand_in);
  EXPECT(omp_target_is_accessible(stand_in, bytes, host));
  omp_target_free(p, device);
  omp_target_free(q, device);
  return expect_failures;
}
