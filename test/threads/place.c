// A thread starts where its creator wishes, as far as there is room: on each SM by
// its number, in the creator's block; and a number that no SM can have is an error.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <heddle.h>
#include <omp.h>

enum { SMS = 256 };

#pragma omp begin declare target
static int note_sm(void *p) {
  *(int *)p = heddle_sm();
  return 0;
}
#pragma omp end declare target

int main(void) {
  int exists[SMS] = {0}, started[SMS], count = -1, refused = -1, near = -1;
#pragma omp target map(tofrom : exists)                                        \
    map(from : started, count, refused, near)
  {
    count = heddle_sm_count();
#pragma omp parallel // so that all blocks have arrived
    {
#pragma omp atomic write
      exists[heddle_sm()] = 1;
    }
    heddle_options options = {.name = "placed"};
    for (int sm = 0; sm < SMS; sm++) {
      started[sm] = -1;
      if (!exists[sm])
        continue;
      thrd_t id;
      options.place = HEDDLE_ON_SM(sm);
      if (heddle_spawn(&id, note_sm, &started[sm], &options) == thrd_success)
        thrd_join(id, NULL);
    }

    thrd_t id;
    int sm = -1;
    options.place = HEDDLE_NEAR;
    heddle_spawn(&id, note_sm, &sm, &options);
    thrd_join(id, NULL);
    near = sm == heddle_sm();

    options.place = HEDDLE_ON_SM(count);
    refused = heddle_spawn(&id, note_sm, &sm, &options) == thrd_error;
  }
  int found = 0;
  for (int sm = 0; sm < SMS; sm++) {
    EXPECT_EQ(started[sm], exists[sm] ? sm : -1);
    found += exists[sm];
  }
  EXPECT(found > 1 && found <= count);
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(near, 1);
  return expect_failures;
}
