/* string.c - <string.h> (C17 7.24), and the BSD functions that programs take
 * for part of it. */
#include "libc.h"

HDL_LIBC void *memcpy(void *restrict to, const void *restrict from, size_t n) {
  return __heddle_memcpy(to, from, n);
}

HDL_LIBC void *memmove(void *to, const void *from, size_t n) {
  return __heddle_memmove(to, from, n);
}

HDL_LIBC void *memset(void *to, int value, size_t n) {
  return __heddle_memset(to, value, n);
}

HDL_LIBC int memcmp(const void *left, const void *right, size_t n) {
  const unsigned char *l = left, *r = right;
  for (size_t i = 0; i < n; i++)
    if (l[i] != r[i])
      return l[i] - r[i];
  return 0;
}

HDL_LIBC int bcmp(const void *left, const void *right, size_t n) {
  return memcmp(left, right, n);
}

HDL_LIBC void *memchr(const void *where, int value, size_t n) {
  const unsigned char *w = where;
  for (size_t i = 0; i < n; i++)
    if (w[i] == (unsigned char)value)
      return (void *)(w + i);
  return NULL;
}

HDL_LIBC size_t strlen(const char *s) {
  size_t n = 0;
  while (s[n])
    n++;
  return n;
}

HDL_LIBC size_t strnlen(const char *s, size_t most) {
  size_t n = 0;
  while (n < most && s[n])
    n++;
  return n;
}

HDL_LIBC char *stpcpy(char *restrict to, const char *restrict from) {
  while ((*to = *from++))
    to++;
  return to;
}

HDL_LIBC char *strcpy(char *restrict to, const char *restrict from) {
  stpcpy(to, from);
  return to;
}

HDL_LIBC char *strncpy(char *restrict to, const char *restrict from, size_t n) {
  size_t i = 0;
  for (; i < n && from[i]; i++)
    to[i] = from[i];
  for (; i < n; i++)
    to[i] = 0;
  return to;
}

HDL_LIBC char *strcat(char *restrict to, const char *restrict from) {
  stpcpy(to + strlen(to), from);
  return to;
}

HDL_LIBC char *strncat(char *restrict to, const char *restrict from, size_t n) {
  char *end = to + strlen(to);
  while (n-- > 0 && *from)
    *end++ = *from++;
  *end = 0;
  return to;
}

/* Compare up to `n` characters, lower case if `fold`. */
static int compare(const char *l, const char *r, size_t n, bool fold) {
  for (; n > 0; n--, l++, r++) {
    unsigned char a = (unsigned char)(fold ? libc_lower(*l) : *l);
    unsigned char b = (unsigned char)(fold ? libc_lower(*r) : *r);
    if (a != b || !a)
      return a - b;
  }
  return 0;
}

HDL_LIBC int strcmp(const char *left, const char *right) {
  return compare(left, right, SIZE_MAX, false);
}
HDL_LIBC int strncmp(const char *left, const char *right, size_t n) {
  return compare(left, right, n, false);
}
HDL_LIBC int strcasecmp(const char *left, const char *right) {
  return compare(left, right, SIZE_MAX, true);
}
HDL_LIBC int strncasecmp(const char *left, const char *right, size_t n) {
  return compare(left, right, n, true);
}
/* There is one locale. */
HDL_LIBC int strcoll(const char *left, const char *right) {
  return compare(left, right, SIZE_MAX, false);
}

HDL_LIBC char *strchr(const char *s, int value) {
  for (;; s++) {
    if (*s == (char)value)
      return (char *)s;
    if (!*s)
      return NULL;
  }
}

HDL_LIBC char *strrchr(const char *s, int value) {
  const char *last = NULL;
  for (;; s++) {
    if (*s == (char)value)
      last = s;
    if (!*s)
      return (char *)last;
  }
}

HDL_LIBC char *strstr(const char *s, const char *wanted) {
  size_t n = strlen(wanted);
  for (;; s++) {
    if (compare(s, wanted, n, false) == 0)
      return (char *)s;
    if (!*s)
      return NULL;
  }
}

/* How many characters `s` starts with that are in `set`, or are not. */
static size_t span(const char *s, const char *set, bool in) {
  size_t n = 0;
  while (s[n] && (strchr(set, s[n]) != NULL) == in)
    n++;
  return n;
}

HDL_LIBC size_t strspn(const char *s, const char *set) {
  return span(s, set, true);
}
HDL_LIBC size_t strcspn(const char *s, const char *set) {
  return span(s, set, false);
}
HDL_LIBC char *strpbrk(const char *s, const char *set) {
  s += span(s, set, false);
  return *s ? (char *)s : NULL;
}

HDL_LIBC char *strtok_r(char *restrict s, const char *restrict set,
                        char **restrict rest) {
  if (!s)
    s = *rest;
  s += span(s, set, true);
  if (!*s) {
    *rest = s;
    return NULL;
  }
  char *end = s + span(s, set, false);
  *rest = *end ? end + 1 : end;
  *end = 0;
  return s;
}
/* The place where it goes on belongs to the thread. */
HDL_LIBC char *strtok(char *restrict s, const char *restrict set) {
  return strtok_r(s, set, &hdl_self()->token);
}
/* glibc's headers may call it so. */
HDL_LIBC char *__strtok_r(char *restrict s, const char *restrict set,
                          char **restrict rest) {
  return strtok_r(s, set, rest);
}
