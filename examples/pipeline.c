// pipeline.c - a producer, workers and a consumer over channels: hashes the
// lines of files and prints them in their order.
//
//   clang-22 --config=build/heddle.cfg -O2 examples/pipeline.c -o pipeline
//   ./pipeline FILE...
//   ./pipeline --verify FILE...    also compares with the same work on the host
//
//   producer --lines--> WORKERS threads --hashes--> consumer
//
// Channels are short, so that nobody runs far ahead: who finds one full or
// empty waits, and its warp runs another thread.

#include <heddle.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS = 64, SLOTS = 8 };

struct line {
  long number, begin, end;
};
struct hash {
  long number;
  unsigned long value;
};
struct pipeline {
  const char *text;
  long bytes;
  heddle_channel lines, hashes;
  struct line line_slot[SLOTS];
  struct hash hash_slot[SLOTS];
  unsigned long *result; /* by line number */
  long received;
};

/* FNV-1a. */
static unsigned long hash(const char *text, long begin, long end) {
  unsigned long h = 14695981039346656037ul;
  for (long i = begin; i < end; i++)
    h = (h ^ (unsigned char)text[i]) * 1099511628211ul;
  return h;
}

static int produce(void *p) {
  struct pipeline *me = p;
  struct line line = {0, 0, 0};
  for (long i = 0; i < me->bytes; i++) {
    if (me->text[i] != '\n')
      continue;
    line.end = i;
    heddle_channel_send(&me->lines, &line);
    line.number++;
    line.begin = i + 1;
  }
  heddle_channel_close(&me->lines);
  return 0;
}

static int work(void *p) {
  struct pipeline *me = p;
  struct line line;
  while (heddle_channel_receive(&me->lines, &line) == thrd_success) {
    struct hash h = {line.number, hash(me->text, line.begin, line.end)};
    heddle_channel_send(&me->hashes, &h);
  }
  return 0;
}

static int consume(void *p) {
  struct pipeline *me = p;
  struct hash h;
  while (heddle_channel_receive(&me->hashes, &h) == thrd_success) {
    me->result[h.number] = h.value;
    me->received++;
  }
  return 0;
}

/* The hashes of all lines into `result`; how many there were. */
static long run(const char *text, long bytes, unsigned long *result) {
  long received = 0;
#pragma omp target map(to : text[ : bytes]) map(tofrom : result[ : bytes])     \
    map(from : received)
  {
    struct pipeline p = {.text = text, .bytes = bytes, .result = result};
    heddle_channel_init(&p.lines, p.line_slot, SLOTS, sizeof *p.line_slot);
    heddle_channel_init(&p.hashes, p.hash_slot, SLOTS, sizeof *p.hash_slot);
    thrd_t producer, consumer, worker[WORKERS];
    thrd_create(&consumer, consume, &p);
    for (int i = 0; i < WORKERS; i++)
      thrd_create(&worker[i], work, &p);
    thrd_create(&producer, produce, &p);
    thrd_join(producer, NULL);
    for (int i = 0; i < WORKERS; i++)
      thrd_join(worker[i], NULL);
    heddle_channel_close(&p.hashes);
    thrd_join(consumer, NULL);
    received = p.received;
  }
  return received;
}

/* The files one after the other; NULL if one cannot be read. */
static char *read_files(int n, char **name, long *bytes) {
  char *text = NULL;
  *bytes = 0;
  for (int i = 0; i < n; i++) {
    FILE *f = fopen(name[i], "rb");
    if (!f)
      return NULL;
    char block[4096];
    size_t got;
    while ((got = fread(block, 1, sizeof block, f)) > 0) {
      text = realloc(text, (size_t)*bytes + got);
      if (!text)
        return NULL;
      memcpy(text + *bytes, block, got);
      *bytes += (long)got;
    }
    fclose(f);
  }
  return text;
}

int main(int argc, char **argv) {
  int verify = argc > 1 && strcmp(argv[1], "--verify") == 0;
  long bytes = 0;
  char *text = read_files(argc - 1 - verify, argv + 1 + verify, &bytes);
  if (!text) {
    fprintf(stderr, "usage: %s [--verify] FILE...\n", argv[0]);
    return 2;
  }
  unsigned long *result = calloc((size_t)bytes, sizeof *result);
  long lines = run(text, bytes, result);
  for (long i = 0; i < lines; i++)
    printf("%016lx\n", result[i]);

  int wrong = 0;
  long count = 0, begin = 0;
  for (long i = 0; verify && i < bytes; i++) {
    if (text[i] != '\n')
      continue;
    wrong += result[count++] != hash(text, begin, i);
    begin = i + 1;
  }
  if (verify)
    printf("%ld lines, %d of them wrong\n", lines, wrong);
  free(result);
  free(text);
  return wrong || (verify && lines != count);
}
