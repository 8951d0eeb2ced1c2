/* buildid.c - see plugin.h. */
#include "plugin.h"

#include <link.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char text[2 * 32 + 1] = "none";

/* Write the note's bytes as hexadecimal digits. */
static void write_digits(const unsigned char *bytes, size_t n) {
  if (n > sizeof text / 2)
    n = sizeof text / 2;
  for (size_t i = 0; i < n; i++)
    snprintf(text + 2 * i, 3, "%02x", bytes[i]);
}

/* Look through the notes of one segment; they are padded to `align` bytes. */
static void search(const char *at, size_t bytes, size_t align) {
  const char *end = at + bytes;
  while (at + sizeof(ElfW(Nhdr)) <= end) {
    const ElfW(Nhdr) *note = (const void *)at;
    const char *name = at + sizeof *note;
    const char *value = name + (note->n_namesz + align - 1) / align * align;
    if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == sizeof "GNU" &&
        memcmp(name, "GNU", sizeof "GNU") == 0)
      write_digits((const unsigned char *)value, note->n_descsz);
    at = value + (note->n_descsz + align - 1) / align * align;
  }
}

/* One loaded object; 1 if it is the library that this is in. */
static int visit(struct dl_phdr_info *info, size_t size, void *data) {
  (void)size, (void)data;
  uintptr_t here = (uintptr_t)text;
  bool found = false;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *p = &info->dlpi_phdr[i];
    found |= p->p_type == PT_LOAD &&
             here - (info->dlpi_addr + p->p_vaddr) < p->p_memsz;
  }
  for (int i = 0; found && i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *p = &info->dlpi_phdr[i];
    if (p->p_type == PT_NOTE)
      search((const char *)(info->dlpi_addr + p->p_vaddr), p->p_memsz,
             p->p_align == 8 ? 8 : 4);
  }
  return found;
}

static void find(void) { dl_iterate_phdr(visit, NULL); }

const char *hdl_build_id(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, find);
  return text;
}
