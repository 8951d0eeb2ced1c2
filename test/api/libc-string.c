// The functions of <string.h> on the device (C17 7.24).
//
// C17: 7.24 string.h
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <string.h>
#include <strings.h>

enum { CHECKS = 64 };

/* Note a condition; the host says which one did not hold. */
#define CHECK(condition) (n < CHECKS ? held[n++] = !!(condition) : 0)

int main(void) {
  char held[CHECKS];
  int n = 0;
#pragma omp target map(from : held) map(tofrom : n)
  {
    char buffer[32], *rest;
    const char *text = "heddle lifts warps";
    volatile size_t seven = 7; /* keeps clang from computing it all */
    CHECK(strlen(text) == 18 && strlen("") == 0);
    CHECK(strnlen(text, seven) == 7 && strnlen(text, 100) == 18);
    CHECK(strcmp(text, "heddle") > 0 && strcmp("a", "b") < 0);
    CHECK(strcmp("\x80", "a") > 0); /* as unsigned char */
    CHECK(strcmp(text, "heddle lifts warps") == 0);
    CHECK(strncmp(text, "heddle LIFTS", seven) == 0);
    CHECK(strncmp(text, "heddle LIFTS", seven + 1) > 0);
    CHECK(strcasecmp(text, "HEDDLE lifts WARPS") == 0);
    CHECK(strncasecmp("ABx", "aby", seven - 5) == 0);

    CHECK(strcpy(buffer, text) == buffer && strcmp(buffer, text) == 0);
    memset(buffer, '#', sizeof buffer);
    CHECK(strncpy(buffer, "abc", seven) == buffer);
    CHECK(memcmp(buffer, "abc\0\0\0\0#", 8) == 0);
    CHECK(memcmp(strncpy(buffer, "abcdefgh", 3), "abc\0", 4) == 0);
    CHECK(strcmp(strcat(buffer, "def"), "abcdef") == 0);
    CHECK(strcmp(strncat(buffer, "ghijkl", 2), "abcdefgh") == 0);

    CHECK(strchr(text, 'l') == text + 4 && strchr(text, 'z') == NULL);
    CHECK(strchr(text, 0) == text + 18);
    CHECK(strrchr(text, 'l') == text + 7 && strrchr(text, 'z') == NULL);
    CHECK(strrchr(text, 0) == text + 18);
    CHECK(strstr(text, "lift") == text + 7 && strstr(text, "lifter") == NULL);
    CHECK(strstr(text, "") == text && strstr(text, "ps") == text + 16);
    CHECK(strspn(text, "hed") == 4 && strspn(text, "x") == 0);
    CHECK(strcspn(text, " ") == 6 && strcspn(text, "x") == 18);
    CHECK(strpbrk(text, "fw") == text + 9 && strpbrk(text, "z") == NULL);

    strcpy(buffer, "--a-bc--d--");
    CHECK(strcmp(strtok_r(buffer, "-", &rest), "a") == 0);
    CHECK(strcmp(strtok_r(NULL, "-", &rest), "bc") == 0);
    CHECK(strcmp(strtok_r(NULL, "-", &rest), "d") == 0);
    CHECK(strtok_r(NULL, "-", &rest) == NULL);
    CHECK(strtok_r(NULL, "-", &rest) == NULL);

    CHECK(memchr(text, 'd', seven) == text + 2);
    CHECK(memchr(text, 'w', seven) == NULL);
    CHECK(memcmp("a\0b", "a\0c", 3) < 0 && memcmp("a\0b", "a\0c", 2) == 0);
    CHECK(memcmp("\xff", "\x01", seven - 6) > 0);
    strcpy(buffer, "0123456789");
    memmove(buffer + 2, buffer, seven); /* overlaps, upwards */
    CHECK(strcmp(buffer, "0101234569") == 0);
    memmove(buffer, buffer + 2, seven);
    CHECK(strcmp(buffer, "0123456569") == 0);
    void *(*copy)(void *, const void *, size_t) = memcpy;
    void *(*set)(void *, int, size_t) = memset;
    CHECK(copy(buffer, "xyz", seven - 4) == buffer && buffer[2] == 'z');
    CHECK(set(buffer, 'q', seven) == buffer && buffer[6] == 'q');
    CHECK(buffer[7] == '5');
  }
  EXPECT(n > 35);
  for (int i = 0; i < n; i++)
    if (!held[i]) {
      printf("check %d of the device does not hold\n", i);
      expect_failures = 1;
    }
  return expect_failures;
}
