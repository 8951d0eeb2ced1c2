/* elffile.c - symbols of ELF images, with every offset checked: an image comes
 * from the program's file and may be damaged. */
#include "elffile.h"

#include <elf.h>
#include <string.h>

#ifndef EM_CUDA
#define EM_CUDA 190
#endif

/* e_flags of a cubin: the SM in bits 8..15 since ABI version 8 (CUDA 13),
 * before that in bits 0..7. */
#define CUBIN_ABI_NEW      8
#define CUBIN_SM_MASK      0xffu
#define CUBIN_SM_SHIFT_NEW 8

struct elf {
  const unsigned char *bytes;
  size_t size;
  const Elf64_Ehdr *header;
  const Elf64_Shdr *sections;
};

/* Whether [offset, offset + length) lies within the file. */
static bool elf_holds(const struct elf *e, uint64_t offset, uint64_t length) {
  return offset <= e->size && length <= e->size - offset;
}

bool hdl_elf_is(const void *image, size_t size, uint16_t machine) {
  const Elf64_Ehdr *header = image;
  return size >= sizeof *header &&
         memcmp(header->e_ident, ELFMAG, SELFMAG) == 0 &&
         header->e_ident[EI_CLASS] == ELFCLASS64 &&
         header->e_ident[EI_DATA] == ELFDATA2LSB &&
         header->e_machine == machine;
}

uint32_t hdl_elf_cubin_sm(const void *image, size_t size) {
  if (!hdl_elf_is(image, size, EM_CUDA))
    return 0;
  const Elf64_Ehdr *header = image;
  uint32_t flags = header->e_flags;
  if (header->e_ident[EI_ABIVERSION] >= CUBIN_ABI_NEW)
    flags >>= CUBIN_SM_SHIFT_NEW;
  return flags & CUBIN_SM_MASK;
}

static bool elf_open(struct elf *e, const void *image, size_t size) {
  *e = (struct elf){.bytes = image, .size = size, .header = image};
  if (size < sizeof *e->header || (uintptr_t)image % _Alignof(Elf64_Ehdr) ||
      memcmp(e->header->e_ident, ELFMAG, SELFMAG) != 0 ||
      e->header->e_ident[EI_CLASS] != ELFCLASS64)
    return false;
  uint64_t offset = e->header->e_shoff;
  if (offset == 0 || offset % _Alignof(Elf64_Shdr) ||
      e->header->e_shentsize != sizeof(Elf64_Shdr) ||
      !elf_holds(e, offset, (uint64_t)e->header->e_shnum * sizeof(Elf64_Shdr)))
    return false;
  e->sections = (const Elf64_Shdr *)(e->bytes + offset);
  return true;
}

/* Where in the file `symbol`'s bytes are, if they are. */
static bool symbol_bytes(const struct elf *e, const Elf64_Sym *symbol,
                         size_t *offset, size_t *bytes) {
  if (symbol->st_shndx == SHN_UNDEF || symbol->st_shndx >= e->header->e_shnum)
    return false;
  const Elf64_Shdr *section = &e->sections[symbol->st_shndx];
  /* An address in a linked file, an offset in a relocatable one and in a
   * cubin, whose sections lie at address 0. */
  uint64_t start = symbol->st_value - section->sh_addr;
  if (section->sh_type == SHT_NOBITS || symbol->st_value < section->sh_addr ||
      start > section->sh_size || symbol->st_size > section->sh_size - start ||
      !elf_holds(e, section->sh_offset, section->sh_size))
    return false;
  *offset = (size_t)(section->sh_offset + start);
  *bytes = (size_t)symbol->st_size;
  return true;
}

static bool table_find(const struct elf *e, const Elf64_Shdr *table,
                       const char *name, size_t *offset, size_t *bytes) {
  if (table->sh_link >= e->header->e_shnum ||
      table->sh_offset % _Alignof(Elf64_Sym) ||
      !elf_holds(e, table->sh_offset, table->sh_size))
    return false;
  const Elf64_Shdr *strings = &e->sections[table->sh_link];
  if (!elf_holds(e, strings->sh_offset, strings->sh_size))
    return false;
  const char *text = (const char *)e->bytes + strings->sh_offset;
  const Elf64_Sym *symbols = (const Elf64_Sym *)(e->bytes + table->sh_offset);
  size_t length = strlen(name) + 1; /* compare the terminator, too */
  for (size_t i = 0; i < table->sh_size / sizeof *symbols; i++) {
    uint64_t at = symbols[i].st_name;
    if (at < strings->sh_size && length <= strings->sh_size - at &&
        memcmp(text + at, name, length) == 0)
      return symbol_bytes(e, &symbols[i], offset, bytes);
  }
  return false;
}

bool hdl_elf_find_data(const void *image, size_t size, const char *name,
                       size_t *offset, size_t *bytes) {
  static const uint32_t kinds[] = {SHT_SYMTAB, SHT_DYNSYM};
  struct elf e;
  if (!elf_open(&e, image, size))
    return false;
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
    for (unsigned i = 0; i < e.header->e_shnum; i++)
      if (e.sections[i].sh_type == kinds[k] &&
          table_find(&e, &e.sections[i], name, offset, bytes))
        return true;
  return false;
}
