/* output.c - what the device prints, on its way to the host (the protocol is in
 * hostpage.h).
 *
 * One call prints one text.  A thread reserves the room for all of it by one
 * addition, and fills it as the host makes room, so that texts never mix
 * however long they are.  A print is usually one addition and one load in
 * device memory, and one release to the host's.
 *
 *   O5  `writable` is some earlier taken + ring_bytes.  It is stored by the one
 *       thread whose record begins at or below it and ends above it; everybody
 *       behind waits for that store.  So one thread at a time asks the host,
 *       and there is always one: all in front of it have their room.
 * Pairing
 *   P3  release of `writable` -> acquire (gpu): with P2, what the host has
 *       cleared stays as this thread will write it. */
#include "runtime.h"

int omp_get_device_num(void);

/* Positions in the ring of this device. */
static struct {
  _Alignas(HDL_LINE) uint64_t reserved; /* end of the last record; atomic */
  _Alignas(HDL_LINE) uint64_t writable; /* O5; atomic */
} output;

uint64_t hdl_output_end(void) { return arch_load_rlx_gpu(&output.reserved); }

/* Wait until the record [at, at + bytes) may be written (O3). */
static void await_room(const struct hdl_output *ring, uint32_t ring_bytes,
                       uint64_t at, uint32_t bytes) {
  struct hdl_backoff pause = {0};
  uint64_t writable;
  while ((writable = arch_load_acq_gpu(&output.writable)) < at + bytes) { /*P3*/
    if (at > writable) {
      hdl_backoff(&pause, 8000, "output", NULL);
      continue;
    }
    writable = arch_load_acq_sys(&ring->taken) + ring_bytes; /* P2 */
    arch_store_rel_gpu(&output.writable, writable);          /* P3, O5 */
    if (writable < at + bytes)
      hdl_backoff(&pause, 2000, "output", NULL);
  }
  arch_progress();
}

/* Write and post the record at `at`; there is room. */
static void post(struct hdl_output *ring, uint32_t ring_bytes, uint64_t at,
                 uint32_t flags, const char *text, uint32_t bytes) {
  uint64_t *word = ring->word;
  uint64_t mask = ring_bytes / sizeof *word - 1, first = at / sizeof *word;
  /* By whole words: each store travels to the host's memory by itself. */
  for (uint32_t i = 0; i < bytes; i += sizeof *word) {
    uint64_t w = 0;
    for (uint32_t k = 0; k < sizeof w && i + k < bytes; k++)
      w |= (uint64_t)(unsigned char)text[i + k] << (8 * k);
    word[(first + 1 + i / sizeof *word) & mask] = w;
  }
  arch_store_rel_sys(&word[first & mask],
                     hdl_output_header(at, flags, bytes)); /* P1 */
}

HDL_OUTLINE void hdl_output(uint32_t flags, const char *text, size_t bytes) {
  struct hdl_host_page *page = hdl_host();
  uint32_t device = (uint32_t)omp_get_device_num();
  if (!page || device >= page->devices) {
    arch_print(text);
    return;
  }
  struct hdl_output *ring = hdl_output_ring(page, device);
  uint32_t ring_bytes = page->ring_bytes;
  size_t most = ring_bytes / 4 - HDL_OUTPUT_HEADER; /* a whole quarter */
  size_t rest = bytes % most;
  uint64_t room = bytes / most * (ring_bytes / 4);
  if (rest > 0 || bytes == 0)
    room += hdl_output_record_bytes((uint32_t)rest);
  uint64_t at = arch_add_rlx_gpu(&output.reserved, room); /* O1 */
  do {
    uint32_t part = (uint32_t)(bytes < most ? bytes : most);
    uint32_t size = hdl_output_record_bytes(part);
    await_room(ring, ring_bytes, at, size);
    post(ring, ring_bytes, at, bytes > most ? flags & ~HDL_OUTPUT_FLUSH : flags,
         text, part);
    at += size;
    text += part;
    bytes -= part;
  } while (bytes > 0);
}
