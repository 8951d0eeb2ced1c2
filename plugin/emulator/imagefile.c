/* imagefile.c - libomptarget 22 loads each image for the CPU from a file that it
 * writes to /tmp and leaves there for ever, a third of a megabyte a run.  Once
 * the image is loaded nobody needs the file's name. */
#include "machine.h"

#include <link.h>
#include <string.h>
#include <unistd.h>

#define PREFIX "/tmp/tmpfile_"

/* How many objects have been loaded so far. */
struct loads {
  unsigned long long seen, now;
};

/* The loader calls it under its lock for each object that is loaded. */
static int visit(struct dl_phdr_info *object, size_t bytes, void *data) {
  (void)bytes;
  struct loads *loads = data;
  if (object->dlpi_adds == loads->seen)
    return 1; /* none since the last time */
  loads->now = object->dlpi_adds;
  const char *name = object->dlpi_name;
  if (strncmp(name, PREFIX, sizeof PREFIX - 1) == 0 &&
      !strchr(name + sizeof PREFIX - 1, '/'))
    unlink(name); /* or it is gone already */
  return 0;
}

void hdl_emu_remove_image_files(void) {
  static struct loads loads; /* under the lock of schedule.c */
  if (dl_iterate_phdr(visit, &loads) == 0)
    loads.seen = loads.now;
}
