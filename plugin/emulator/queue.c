/* queue.c - which lane runs next: the ready lanes, the sleeping ones, and the
 * seeded choices that make a schedule.
 *
 * The seed decides the manner as well as the choices, because one manner does
 * not find all bugs: switching often finds lost updates, long runs find what
 * needs somebody far ahead, and holding some warps back for long finds what
 * needs somebody far behind. */
#include "machine.h"

#define DELAY_SAMPLES 4u

/* A manner of scheduling, chosen by seed % 4. */
static const struct manner {
  uint32_t switch_one_in; /* a point switches with probability 1 / this */
  uint32_t delay_shift;   /* window of 2^this ns for held-back warps; 0: none */
} manners[] = {
    {.switch_one_in = 64, .delay_shift = 20},
    {.switch_one_in = 16},
    {.switch_one_in = 2},
    {.switch_one_in = 4, .delay_shift = 14},
};

static const struct manner *manner;
static uint64_t random_state;
static uint64_t delay_salt;

/* Mix the bits of x (the finaliser of MurmurHash3). */
static uint64_t mix(uint64_t x) {
  x ^= x >> 33;
  x *= UINT64_C(0xff51afd7ed558ccd);
  x ^= x >> 33;
  x *= UINT64_C(0xc4ceb9fe1a85ec53);
  return x ^ x >> 33;
}

/* Choose the manner and start the sequence. */
void hdl_queue_seed(uint64_t seed) {
  manner = &manners[seed % (sizeof manners / sizeof *manners)];
  random_state = mix(seed + 1) | 1; /* never 0 */
  delay_salt = mix(~seed);
}

uint64_t hdl_queue_below(uint64_t bound) {
  uint64_t x = random_state; /* xorshift64* (Vigna, 2016) */
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  random_state = x;
  uint64_t high = x * UINT64_C(0x2545f4914f6cdd1d) >> 32;
  return high * (bound & UINT32_MAX) >> 32;
}

bool hdl_queue_stay(void) {
  return hdl_queue_below(manner->switch_one_in) != 0;
}

/* Whether `lane` belongs to the quarter of warps held back at this time. */
static bool is_delayed(const struct lane *lane) {
  if (manner->delay_shift == 0)
    return false;
  uint64_t warp = (uint64_t)(lane->warp->lanes - hdl_emu_device.lanes);
  uint64_t window = hdl_emu_device.clock >> manner->delay_shift;
  return mix(delay_salt ^ warp << 32 ^ window) % 4 == 0;
}

/* Take a READY lane, or NULL if there is none; put `instead`, if not NULL, in
 * its place. */
struct lane *hdl_queue_choose(struct lane *instead) {
  struct device *d = &hdl_emu_device;
  if (d->num_ready == 0)
    return NULL;
  uint64_t at = hdl_queue_below(d->num_ready);
  /* Sampling keeps this O(1), and a lane held back is never starved. */
  for (uint32_t i = 1; i < DELAY_SAMPLES && is_delayed(d->ready[at]); i++)
    at = hdl_queue_below(d->num_ready);
  struct lane *chosen = d->ready[at];
  d->ready[at] = instead != NULL ? instead : d->ready[--d->num_ready];
  return chosen;
}

/* The order of the heap; total, so that a seed decides everything. */
static bool wakes_before(const struct lane *a, const struct lane *b) {
  return a->wake != b->wake ? a->wake < b->wake : a->wake_order < b->wake_order;
}

static void swap_sleepers(uint32_t a, uint32_t b) {
  struct lane **heap = hdl_emu_device.sleepers;
  struct lane *t = heap[a];
  heap[a] = heap[b];
  heap[b] = t;
}

void hdl_queue_sleep(struct lane *lane, uint64_t ns) {
  struct device *d = &hdl_emu_device;
  /* Half to one and a half times what was asked: waits must not stay in step
   * by accident. */
  ns = ns > UINT32_MAX ? UINT32_MAX : ns;
  lane->wake = d->clock + ns / 2 + hdl_queue_below(ns + 1);
  lane->wake_order = d->sleeps++;
  lane->state = LANE_SLEEPING;
  uint32_t i = d->num_sleepers++;
  d->sleepers[i] = lane;
  while (i > 0 && wakes_before(d->sleepers[i], d->sleepers[(i - 1) / 2])) {
    swap_sleepers(i, (i - 1) / 2);
    i = (i - 1) / 2;
  }
}

/* Remove the lane that wakes first. */
static struct lane *take_first_sleeper(void) {
  struct device *d = &hdl_emu_device;
  struct lane *first = d->sleepers[0];
  d->sleepers[0] = d->sleepers[--d->num_sleepers];
  for (uint32_t i = 0;;) {
    uint32_t least = i;
    for (uint32_t child = 2 * i + 1; child <= 2 * i + 2; child++)
      if (child < d->num_sleepers &&
          wakes_before(d->sleepers[child], d->sleepers[least]))
        least = child;
    if (least == i)
      return first;
    swap_sleepers(i, least);
    i = least;
  }
}

void hdl_queue_wake_due(void) {
  struct device *d = &hdl_emu_device;
  while (d->num_sleepers > 0 && d->sleepers[0]->wake <= d->clock) {
    struct lane *lane = take_first_sleeper();
    lane->state = LANE_READY;
    d->ready[d->num_ready++] = lane;
  }
}
