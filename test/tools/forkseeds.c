/* forkseeds.c - run one program under many schedules, cheaply.
 *
 * Preloaded into a test program, it stands between the C library and main: the
 * libraries are loaded and the image is translated once, then every seed gets a
 * forked child that runs main.  A run takes a few milliseconds this way; most
 * of a whole process is loading libLLVM.
 *
 *   FORKSEEDS=first:count:jobs:seconds LD_PRELOAD=libforkseeds.so program ...
 *
 * Ends with status 0 if every child did; else prints the first seed that
 * failed with all it wrote, and ends with 1. */
#include <dlfcn.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_JOBS = 256 };

struct child {
  pid_t pid;
  uint64_t seed;
  int output; /* memfd of what it prints */
};

static int (*real_main)(int, char **, char **);

static void run_child(const struct child *c, unsigned seconds, int argc,
                      char **argv, char **env) {
  void (*reseed)(uint64_t);
  void *found = dlsym(RTLD_DEFAULT, "hdl_emu_reseed");
  if (!found) {
    fputs("forkseeds: the program is not linked with libheddle\n", stderr);
    _exit(1);
  }
  memcpy(&reseed, &found, sizeof reseed);
  reseed(c->seed);
  dup2(c->output, STDOUT_FILENO);
  dup2(c->output, STDERR_FILENO);
  alarm(seconds);
  int status = real_main(argc, argv, env);
  fflush(NULL);
  _exit(status);
}

static void show(const struct child *c, int status, const char *program) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
    printf("HEDDLE_EMU_SEED=%ju %s: no end\n", (uintmax_t)c->seed, program);
  else if (WIFSIGNALED(status))
    printf("HEDDLE_EMU_SEED=%ju %s: signal %d\n", (uintmax_t)c->seed, program,
           WTERMSIG(status));
  else
    printf("HEDDLE_EMU_SEED=%ju %s: status %d\n", (uintmax_t)c->seed, program,
           WEXITSTATUS(status));
  fflush(stdout);
  char text[4096];
  lseek(c->output, 0, SEEK_SET);
  for (ssize_t n; (n = read(c->output, text, sizeof text)) > 0;)
    if (write(STDOUT_FILENO, text, (size_t)n) < 0)
      return;
}

static int many_mains(int argc, char **argv, char **env) {
  uint64_t first, count;
  unsigned jobs, seconds;
  const char *setting = getenv("FORKSEEDS");
  if (!setting ||
      sscanf(setting, "%ju:%ju:%u:%u", (uintmax_t *)&first, (uintmax_t *)&count,
             &jobs, &seconds) != 4 ||
      jobs < 1 || jobs > MAX_JOBS)
    return real_main(argc, argv, env);
  struct child child[MAX_JOBS];
  unsigned running = 0;
  uint64_t next = 0;
  while (next < count || running > 0) {
    if (next < count && running < jobs) {
      struct child *c = &child[running];
      c->seed = first + next++;
      c->output = memfd_create("output", MFD_CLOEXEC);
      c->pid = c->output < 0 ? -1 : fork();
      if (c->pid < 0) {
        perror("forkseeds");
        return 1;
      }
      if (c->pid == 0)
        run_child(c, seconds, argc, argv, env);
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
      show(&child[i], status, argv[0]);
      for (unsigned k = 0; k < running; k++)
        kill(child[k].pid, SIGKILL);
      return 1;
    }
    close(child[i].output);
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
