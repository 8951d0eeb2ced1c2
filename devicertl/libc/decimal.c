/* decimal.c - all decimal digits of a double, and their rounding.
 *
 * A double is m * 2^e with m < 2^53.  Its integer part is a big integer whose
 * digits come out nine at a time by dividing by 10^9, last ones first; its
 * fraction is a big fixed-point number whose digits come out nine at a time by
 * multiplying by 10^9, first ones first.  Both are exact.  Digits are made
 * until the place of rounding has been passed; what is left then matters only
 * for being zero or not. */
#include "libc.h"

enum {
  LIMBS = 34, /* of 32 bits: 2^1024, and fractions of 1074 bits */
  CHUNK = 9,  /* digits of 10^9 */
};
#define CHUNK_VALUE 1000000000u

/* Limbs of the integer or the fraction, lowest first. */
struct big {
  uint32_t limb[LIMBS];
  int32_t low, high; /* those outside [low, high) are zero */
};

/* m * 2^shift. */
static void big_set(struct big *b, uint64_t m, int32_t shift) {
  for (int32_t i = 0; i < LIMBS; i++)
    b->limb[i] = 0;
  int32_t at = shift / 32, bits = shift % 32;
  b->limb[at] = (uint32_t)(m << bits);
  uint64_t rest = bits ? m >> (32 - bits) : m >> 32;
  if (at + 1 < LIMBS)
    b->limb[at + 1] = (uint32_t)rest;
  if (at + 2 < LIMBS)
    b->limb[at + 2] = (uint32_t)(rest >> 32);
  b->low = at;
  b->high = at + 3 < LIMBS ? at + 3 : LIMBS;
}

/* Divide by 10^9; returns the remainder. */
static uint32_t big_divide(struct big *b) {
  uint64_t rest = 0;
  for (int32_t i = b->high; i-- > 0;) {
    rest = rest << 32 | b->limb[i];
    b->limb[i] = (uint32_t)(rest / CHUNK_VALUE);
    rest %= CHUNK_VALUE;
  }
  while (b->high > 0 && !b->limb[b->high - 1])
    b->high--;
  return (uint32_t)rest;
}

/* Multiply by 10^9; returns what goes beyond limb `limbs`. */
static uint32_t big_multiply(struct big *b, int32_t limbs) {
  uint64_t carry = 0;
  for (int32_t i = b->low; i < limbs; i++) {
    carry += (uint64_t)b->limb[i] * CHUNK_VALUE;
    b->limb[i] = (uint32_t)carry;
    carry >>= 32;
  }
  while (b->low < limbs && !b->limb[b->low])
    b->low++;
  return (uint32_t)carry;
}

/* Append nine digits; leading zeros of the number are not kept. */
static void append(struct libc_decimal *d, uint32_t chunk) {
  for (uint32_t unit = CHUNK_VALUE / 10; unit > 0; unit /= 10) {
    uint32_t digit = chunk / unit % 10;
    if (digit || d->count)
      d->digit[d->count++] = (char)digit;
    else
      d->exponent--;
  }
}

/* The digits of the integer m * 2^shift. */
static void integer_digits(struct libc_decimal *d, uint64_t m, int32_t shift) {
  uint32_t chunk[LIMBS + 2]; /* 32 bits are more than 9 digits */
  struct big b;
  int32_t n = 0;
  big_set(&b, m, shift);
  while (b.high > 0)
    chunk[n++] = big_divide(&b);
  d->exponent = CHUNK * n;
  while (n > 0)
    append(d, chunk[--n]);
}

/* Make digits of the fraction m / 2^bits until `d` has more of them than will
 * be kept; returns whether something is left. */
static bool fraction_digits(struct libc_decimal *d, uint64_t m, int32_t bits,
                            bool fixed, int32_t places) {
  int32_t limbs = (bits + 31) / 32;
  struct big b;
  big_set(&b, m, 32 * limbs - bits);
  while (b.low < limbs) {
    int32_t keep = fixed ? d->exponent + places : places;
    if (d->count > keep)
      return true;
    append(d, big_multiply(&b, limbs));
  }
  return false;
}

/* Keep `keep` digits; `more`: what is not in the digits is not zero. */
static void round_digits(struct libc_decimal *d, int32_t keep, bool more) {
  if (keep >= d->count)
    return; /* and then nothing was left out */
  if (keep < 0) {
    d->count = 0;
    return;
  }
  for (int32_t i = keep + 1; i < d->count; i++)
    more |= d->digit[i] != 0;
  bool odd = keep > 0 && d->digit[keep - 1] % 2 != 0;
  bool up = d->digit[keep] > 5 || (d->digit[keep] == 5 && (more || odd));
  d->count = keep;
  if (!up)
    return;
  while (d->count > 0 && d->digit[d->count - 1] == 9)
    d->count--;
  if (d->count > 0) {
    d->digit[d->count - 1]++;
  } else { /* 99.9 becomes 100: digits after the last one are zeros */
    d->digit[d->count++] = 1;
    d->exponent++;
  }
}

void hdl_libc_decimal(struct libc_decimal *d, double number, bool fixed,
                      int32_t places) {
  uint64_t bits = libc_bits_of(number);
  uint64_t m = bits & ((UINT64_C(1) << 52) - 1);
  int32_t e = (int32_t)(bits >> 52 & 0x7ff);
  if (e)
    m |= UINT64_C(1) << 52;
  else
    e = 1; /* subnormal */
  e -= 1075;
  d->count = 0;
  d->exponent = 0;
  bool more = false;
  if (e >= 0) {
    integer_digits(d, m, e);
  } else {
    uint64_t whole = e > -64 ? m >> -e : 0;
    uint64_t fraction = e > -64 ? m & ((UINT64_C(1) << -e) - 1) : m;
    if (whole)
      integer_digits(d, whole, 0);
    if (fraction)
      more = fraction_digits(d, fraction, -e, fixed, places);
  }
  if (d->count > 0 || more)
    round_digits(d, fixed ? d->exponent + places : places, more);
  while (d->count > 0 && d->digit[d->count - 1] == 0)
    d->count--;
}
