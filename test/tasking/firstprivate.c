// A firstprivate variable of a task has the value of the moment the task was
// created; a structure and an array are copied whole (OpenMP 5.2, 5.4.4).
//
// OpenMP 5.2: 5.4.4 firstprivate
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

struct box {
  double weight;
  int part[7];
  char tag;
};

enum { TASKS = 32 };

int main(void) {
  int good = 0;
#pragma omp target map(tofrom : good)
  {
#pragma omp parallel
#pragma omp single
    {
      struct box box = {0, {0}, 0};
      long row[3] = {0, 0, 0};
      for (int i = 0; i < TASKS; i++) {
        box.weight = i + 0.5;
        box.part[6] = -i;
        box.tag = (char)i;
        row[0] = row[1] = i;
        row[2] = 7 * i;
#pragma omp task firstprivate(box, row) shared(good)
        {
          if (box.weight == i + 0.5 && box.part[6] == -i &&
              box.tag == (char)i && row[2] == 7 * i) {
#pragma omp atomic
            good++;
          }
          box.weight = -1;
          row[2] = -1;
        }
      }
    }
  }
  EXPECT_EQ(good, TASKS);
  return expect_failures;
}
