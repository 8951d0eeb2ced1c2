/* link.c - an object file becomes a shared object, by the system's linker. */
#include "plugin.h"
#include "retarget.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A private directory with the linker's files. */
struct files {
  char directory[512];
  char object[544], output[544], messages[544];
};

/* Whether everything the object needs from outside is in the program. */
static char *check_undefined(const void *object) {
  const char *base = object;
  const Elf64_Ehdr *header = object;
  const Elf64_Shdr *sections = (const void *)(base + header->e_shoff);
  for (int s = 0; s < header->e_shnum; s++) {
    if (sections[s].sh_type != SHT_SYMTAB)
      continue;
    const char *names = base + sections[sections[s].sh_link].sh_offset;
    const Elf64_Sym *symbols = (const void *)(base + sections[s].sh_offset);
    size_t count = sections[s].sh_size / sizeof *symbols;
    for (size_t i = 1; i < count; i++) {
      const char *name = names + symbols[i].st_name;
      if (symbols[i].st_shndx == SHN_UNDEF && *name != '\0' &&
          strncmp(name, "hdl_emu_", 8) != 0 &&
          strcmp(name, "_GLOBAL_OFFSET_TABLE_") != 0 &&
          dlsym(RTLD_DEFAULT, name) == NULL)
        return hdl_sentence("the emulated program needs `%s`, which no library "
                            "of this process defines",
                            name);
    }
  }
  return NULL;
}

/* Create the directory and choose the names in it. */
static char *make_files(struct files *f) {
  const char *tmp = getenv("TMPDIR");
  snprintf(f->directory, sizeof f->directory, "%s/heddle-XXXXXX",
           tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
  if (mkdtemp(f->directory) == NULL)
    return hdl_sentence("cannot create a directory %s: %s", f->directory,
                        strerror(errno));
  snprintf(f->object, sizeof f->object, "%s/image.o", f->directory);
  snprintf(f->output, sizeof f->output, "%s/image.so", f->directory);
  snprintf(f->messages, sizeof f->messages, "%s/messages", f->directory);
  return NULL;
}

/* Remove what is there; some files may not have come to be. */
static void remove_files(const struct files *f) {
  unlink(f->object);
  unlink(f->output);
  unlink(f->messages);
  rmdir(f->directory);
}

/* Write all of `data`, or return a sentence. */
static char *write_file(const char *path, const void *data, size_t size) {
  FILE *file = fopen(path, "wbe");
  bool ok = file != NULL && fwrite(data, 1, size, file) == size;
  ok = file != NULL && fclose(file) == 0 && ok;
  return ok ? NULL : hdl_sentence("cannot write %s: %s", path, strerror(errno));
}

/* Store the malloc'ed contents of `path`, with a nul after them. */
static char *read_file(const char *path, void **data, size_t *size) {
  FILE *file = fopen(path, "rbe");
  struct stat st;
  char *bytes = NULL;
  if (file != NULL && fstat(fileno(file), &st) == 0)
    bytes = malloc((size_t)st.st_size + 1);
  bool ok = bytes != NULL &&
            fread(bytes, 1, (size_t)st.st_size, file) == (size_t)st.st_size;
  if (file != NULL)
    fclose(file);
  if (!ok) {
    free(bytes);
    return hdl_sentence("cannot read %s: %s", path, strerror(errno));
  }
  bytes[st.st_size] = '\0';
  *data = bytes;
  *size = (size_t)st.st_size;
  return NULL;
}

/* The environment without LD_PRELOAD: what is meant for the program costs the
 * linker tens of milliseconds, and may break it. */
static char **linker_environment(void) {
  size_t n = 0, kept = 0;
  while (environ[n] != NULL)
    n++;
  char **copy = calloc(n + 1, sizeof *copy);
  for (size_t i = 0; copy != NULL && i < n; i++)
    if (strncmp(environ[i], "LD_PRELOAD=", 11) != 0)
      copy[kept++] = environ[i];
  return copy;
}

/* Run `linker`; its status, or -1 if there is no such program. */
static int run_linker(const char *linker, struct files *f, char **env) {
  char *argv[] = {(char *)(uintptr_t)linker,
                  "-shared",
                  "-Bsymbolic",
                  "--hash-style=gnu",
                  "-o",
                  f->output,
                  f->object,
                  NULL};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, f->messages,
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  pid_t child;
  int failed = posix_spawnp(&child, linker, &actions, NULL, argv, env);
  posix_spawn_file_actions_destroy(&actions);
  if (failed)
    return -1;
  int status;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR)
      return errno == ECHILD ? 0 : 1; /* SIGCHLD ignored: it has ended */
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/* Link with the first linker found; an error quotes its first line. */
static char *link_files(struct files *f) {
  static const char *const linkers[] = {"ld", "ld.lld", "ld.lld-22"};
  char **env = linker_environment();
  if (env == NULL)
    return hdl_sentence("out of memory");
  int status = -1;
  for (size_t i = 0; i < sizeof linkers / sizeof *linkers && status < 0; i++)
    status = run_linker(linkers[i], f, env);
  free(env);
  if (status == 0)
    return NULL;
  if (status < 0)
    return hdl_sentence("the emulator needs a linker, and neither ld nor "
                        "ld.lld is in PATH; install binutils or lld");
  void *messages = NULL;
  size_t size;
  char *unread = read_file(f->messages, &messages, &size);
  free(unread);
  char *text = messages != NULL ? messages : "";
  char *error = hdl_sentence("the linker cannot link the image: %.*s",
                             (int)strcspn(text, "\n"), text);
  free(messages);
  return error;
}

char *hdl_emu_link(const void *object, size_t object_size, void **elf,
                   size_t *elf_size) {
  char *error = check_undefined(object);
  if (error != NULL)
    return error;
  struct files f;
  error = make_files(&f);
  if (error != NULL)
    return error;
  error = write_file(f.object, object, object_size);
  if (error == NULL)
    error = link_files(&f);
  if (error == NULL)
    error = read_file(f.output, elf, elf_size);
  remove_files(&f);
  return error;
}
