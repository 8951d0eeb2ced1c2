/* forkseeds.c - run one program under many schedules, cheaply.
 *
 * Preloaded into a test program, it stands between the C library and main: the
 * libraries are loaded and the image is translated once, then forked children
 * run main, each for a batch of seeds one after the other.  A run takes a few
 * milliseconds this way; most of a whole process is loading libLLVM, and most
 * of a forked one is page faults.
 *
 *   FORKSEEDS=first:count:batch:jobs:seconds LD_PRELOAD=libforkseeds.so
 *       program ...
 *
 * Ends with status 0 if every run did; else prints the first seed that failed
 * with all it wrote, and ends with 1.  A seed that fails only after others in
 * one process fails, too.  The program's static variables have their first
 * values again in each run, but those of the device have not: a program that
 * minds needs a batch of 1. */
#include <dlfcn.h>
#include <link.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_JOBS = 256 };

/* One forked process. */
struct child {
  pid_t pid;
  uint64_t first, count;  /* its seeds */
  volatile uint64_t *now; /* the one it is at; shared with the parent */
  int output;             /* memfd of what that one prints */
};

/* The command line of the program. */
struct program {
  int argc;
  char **argv, **env;
  unsigned seconds; /* that a run may take */
};

static int (*real_main)(int, char **, char **);

/* The program's static variables, and what they were before main. */
static char *variables, *first_values;
static size_t variables_bytes;

/* Called for the program itself first: keep its variables.  What the linker has
 * made read-only lies before them. */
static int keep_variables(struct dl_phdr_info *info, size_t size,
                          void *unused) {
  (void)size, (void)unused;
  uintptr_t begin = 0, end = 0, constant = 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *p = &info->dlpi_phdr[i];
    if (p->p_type == PT_GNU_RELRO)
      constant = p->p_vaddr + p->p_memsz;
    if (p->p_type == PT_LOAD && p->p_flags & PF_W) {
      begin = begin ? begin : p->p_vaddr;
      end = p->p_vaddr + p->p_memsz;
    }
  }
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  constant = (constant + page - 1) / page * page;
  begin = begin < constant ? constant : begin;
  if (begin < end) {
    variables = (char *)info->dlpi_addr + begin;
    variables_bytes = end - begin;
    first_values = malloc(variables_bytes);
    if (!first_values)
      abort();
    memcpy(first_values, variables, variables_bytes);
  }
  return 1; /* no more objects */
}

static _Noreturn void run_child(const struct child *c,
                                const struct program *p) {
  void (*reseed)(uint64_t);
  void *found = dlsym(RTLD_DEFAULT, "hdl_emu_reseed");
  if (!found) {
    fputs("forkseeds: the program is not linked with libheddle\n", stderr);
    _exit(1);
  }
  memcpy(&reseed, &found, sizeof reseed);
  dup2(c->output, STDOUT_FILENO);
  dup2(c->output, STDERR_FILENO);
  int status = 0;
  for (uint64_t i = 0; i < c->count && status == 0; i++) {
    if (ftruncate(c->output, 0) < 0 || lseek(c->output, 0, SEEK_SET) < 0)
      _exit(1);
    *c->now = c->first + i;
    if (variables_bytes)
      memcpy(variables, first_values, variables_bytes);
    reseed(c->first + i);
    alarm(p->seconds);
    status = real_main(p->argc, p->argv, p->env);
    fflush(NULL);
  }
  _exit(status);
}

static bool start(struct child *c, const struct program *p) {
  c->output = memfd_create("output", MFD_CLOEXEC);
  void *page = mmap(NULL, sizeof *c->now, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  c->pid = c->output < 0 || page == MAP_FAILED ? -1 : fork();
  if (c->pid < 0) {
    perror("forkseeds");
    return false;
  }
  c->now = page;
  if (c->pid == 0)
    run_child(c, p);
  return true;
}

static void end(struct child *c) {
  munmap((void *)c->now, sizeof *c->now);
  close(c->output);
}

/* Say how a child failed.  One that came that far through others tries again
 * alone, because that is easier to repeat. */
static void show(struct child *c, int status, const struct program *p) {
  uint64_t seed = *c->now;
  struct child alone = {.first = seed, .count = 1};
  int again = 0;
  if (seed != c->first && start(&alone, p) &&
      waitpid(alone.pid, &again, 0) == alone.pid && again != 0) {
    status = again;
    c = &alone;
  }
  printf("HEDDLE_EMU_SEED=%ju %s: ", (uintmax_t)seed, p->argv[0]);
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
    printf("no end");
  else if (WIFSIGNALED(status))
    printf("signal %d", WTERMSIG(status));
  else
    printf("status %d", WEXITSTATUS(status));
  if (seed != c->first)
    printf(", in one process after those from %ju on (seeds.py --first %ju "
           "--seeds %ju --batch %ju)",
           (uintmax_t)c->first, (uintmax_t)c->first, (uintmax_t)c->count,
           (uintmax_t)c->count);
  printf("\n");
  fflush(stdout);
  char text[4096];
  lseek(c->output, 0, SEEK_SET);
  for (ssize_t n; (n = read(c->output, text, sizeof text)) > 0;)
    if (write(STDOUT_FILENO, text, (size_t)n) < 0)
      return;
}

static int many_mains(int argc, char **argv, char **env) {
  uint64_t first, count, batch;
  unsigned jobs;
  struct program program = {.argc = argc, .argv = argv, .env = env};
  const char *setting = getenv("FORKSEEDS");
  if (!setting ||
      sscanf(setting, "%ju:%ju:%ju:%u:%u", (uintmax_t *)&first,
             (uintmax_t *)&count, (uintmax_t *)&batch, &jobs,
             &program.seconds) != 5 ||
      batch < 1 || jobs < 1 || jobs > MAX_JOBS)
    return real_main(argc, argv, env);
  dl_iterate_phdr(keep_variables, NULL);
  struct child child[MAX_JOBS];
  unsigned running = 0;
  uint64_t next = 0;
  while (next < count || running > 0) {
    if (next < count && running < jobs) {
      struct child *c = &child[running];
      uint64_t left = count - next;
      *c = (struct child){.first = first + next,
                          .count = batch < left ? batch : left};
      if (!start(c, &program))
        return 1;
      next += c->count;
      running++;
      continue;
    }
    int status;
    pid_t pid = wait(&status);
    unsigned i = 0;
    while (i < running && child[i].pid != pid)
      i++;
    if (i == running)
      continue; /* not one of ours */
    if (status != 0) {
      for (unsigned k = 0; k < running; k++)
        if (k != i)
          kill(child[k].pid, SIGKILL);
      show(&child[i], status, &program);
      return 1;
    }
    end(&child[i]);
    child[i] = child[--running];
  }
  return 0;
}

/* The C library calls this to start a program. */
int __libc_start_main(int (*program)(int, char **, char **), int argc,
                      char **argv, void (*init)(void), void (*fini)(void),
                      void (*linker_fini)(void), void *stack_end);
int __libc_start_main(int (*program)(int, char **, char **), int argc,
                      char **argv, void (*init)(void), void (*fini)(void),
                      void (*linker_fini)(void), void *stack_end) {
  int (*next)(int (*)(int, char **, char **), int, char **, void (*)(void),
              void (*)(void), void (*)(void), void *);
  void *found = dlsym(RTLD_NEXT, "__libc_start_main");
  memcpy(&next, &found, sizeof next);
  real_main = program;
  return next(many_mains, argc, argv, init, fini, linker_fini, stack_end);
}
