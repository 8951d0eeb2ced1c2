/* services.c - what the device runtime and user code ask of the machine
 * besides running: clock, memory, stacks. */
#include "machine.h"

#include <stdint.h>
#include <stdlib.h>
#include <time.h>

uint64_t hdl_emu_wall_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Device memory is host memory; a GPU's allocator may take long, so that other
 * lanes run meanwhile. */
void *hdl_emu_malloc(size_t bytes) {
  hdl_emu_point();
  return malloc(bytes);
}

void hdl_emu_free(void *p) {
  hdl_emu_point();
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
