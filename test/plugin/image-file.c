// libomptarget leaves each image that it loads for the CPU in /tmp; the plugin
// removes it, so that programs on the emulator do not fill the disk.
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: %run %exe

#define _GNU_SOURCE
#include "../expect.h"
#include <link.h>
#include <string.h>
#include <unistd.h>

static int images, files;

static int visit(struct dl_phdr_info *object, size_t bytes, void *unused) {
  (void)bytes, (void)unused;
  if (strncmp(object->dlpi_name, "/tmp/tmpfile_", 13) == 0) {
    images++;
    files += access(object->dlpi_name, F_OK) == 0;
  }
  return 0;
}

int main(void) {
  int answer = 0;
#pragma omp target map(from : answer)
  answer = 42;
  EXPECT_EQ(answer, 42);
  dl_iterate_phdr(visit, NULL);
  EXPECT_EQ(images, 1);
  EXPECT_EQ(files, 0);
  return expect_failures;
}
