/* services.c - what the device runtime and user code ask of the machine
 * besides running: clock, memory, stacks. */
#include "machine.h"
#include "plugin.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

uint64_t hdl_emu_wall_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Device memory is host memory, as much as HEDDLE_HEAP_SIZE allows if it is
 * set.  A GPU's allocator may take long, so that other lanes run meanwhile. */
static size_t heap_used;

void *hdl_emu_malloc(size_t bytes) {
  hdl_emu_point();
  uint64_t limit = hdl_settings()->heap_bytes;
  if (limit != 0 && (bytes > limit || heap_used > limit - bytes))
    return NULL;
  void *p = malloc(bytes);
  heap_used += malloc_usable_size(p);
  return p;
}

void hdl_emu_free(void *p) {
  hdl_emu_point();
  heap_used -= malloc_usable_size(p);
  free(p);
}

/* All stacks lie in one range. */
bool hdl_emu_is_local(const void *p) {
  return hdl_fiber_lane_of((uintptr_t)p, NULL) >= 0;
}

size_t hdl_emu_stack_left(void) {
  const struct lane *me = hdl_emu_device.current;
  return hdl_fiber_left((uint32_t)(me - hdl_emu_device.lanes),
                        (uintptr_t)__builtin_frame_address(0));
}
