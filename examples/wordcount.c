// wordcount.c - the most frequent words of some text files, counted on the
// device: one task per chunk of text, each with a hash table of its own, merged
// two by two in a tree of tasks.
//
//   clang-22 --config=build/heddle.cfg -O2 examples/wordcount.c -o wordcount
//   ./wordcount [--verify] file...

#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_BYTES = 4096, FIRST_SLOTS = 256, TOP = 10 };

// A word is a place in the text and how often it occurs; count 0: a free slot.
struct word {
  uint32_t start, length, count;
};

// A hash table with open addressing; the number of slots is a power of two.
struct table {
  struct word *slot;
  uint32_t slots, used;
};

//------------------------------------------------------------------------------
// The device's part.  It is ordinary C, so the host can run it too.

static int is_letter(char c) { return c >= 'a' && c <= 'z'; }

static void table_create(struct table *t, uint32_t slots) {
  t->slot = malloc(slots * sizeof *t->slot);
  t->slots = slots;
  t->used = 0;
  if (!t->slot) {
    printf("wordcount: out of memory for %u words\n", slots);
    __builtin_trap();
  }
  for (uint32_t i = 0; i < slots; i++)
    t->slot[i] = (struct word){0, 0, 0};
}

static int same(const char *text, const struct word *a, const struct word *b) {
  if (a->length != b->length)
    return 0;
  for (uint32_t i = 0; i < a->length; i++)
    if (text[a->start + i] != text[b->start + i])
      return 0;
  return 1;
}

// Add `word.count` occurrences of `word`.
static void table_add(struct table *t, const char *text, struct word word) {
  if (4 * (t->used + 1) > 3 * t->slots) {
    struct table larger;
    table_create(&larger, 2 * t->slots);
    for (uint32_t i = 0; i < t->slots; i++)
      if (t->slot[i].count)
        table_add(&larger, text, t->slot[i]);
    free(t->slot);
    *t = larger;
  }
  uint32_t hash = 2166136261u; // FNV-1a
  for (uint32_t i = 0; i < word.length; i++)
    hash = (hash ^ (unsigned char)text[word.start + i]) * 16777619u;
  uint32_t i = hash & (t->slots - 1);
  while (t->slot[i].count && !same(text, &t->slot[i], &word))
    i = (i + 1) & (t->slots - 1);
  if (!t->slot[i].count) {
    t->used++;
    t->slot[i] = word;
  } else {
    t->slot[i].count += word.count;
  }
}

static void count_text(struct table *t, const char *text, uint32_t begin,
                       uint32_t end) {
  for (uint32_t i = begin; i < end;) {
    struct word word = {i, 0, 1};
    while (i < end && is_letter(text[i]))
      i++;
    word.length = i - word.start;
    if (word.length)
      table_add(t, text, word);
    else
      i++;
  }
}

// Count the chunks `first` to `last` - 1 into a new table `t`.
static void count_chunks(struct table *t, const char *text, const uint32_t *cut,
                         int first, int last) {
  if (last - first == 1) {
    table_create(t, FIRST_SLOTS);
    count_text(t, text, cut[first], cut[last]);
    return;
  }
  int middle = first + (last - first) / 2;
  struct table right;
#pragma omp task
  count_chunks(t, text, cut, first, middle);
#pragma omp task shared(right)
  count_chunks(&right, text, cut, middle, last);
#pragma omp taskwait
  for (uint32_t i = 0; i < right.slots; i++)
    if (right.slot[i].count)
      table_add(t, text, right.slot[i]);
  free(right.slot);
}

//------------------------------------------------------------------------------
// The host's part.

static const char *sorted_text; // for by_count

// Frequent words first, equally frequent ones in alphabetical order.
static int by_count(const void *a, const void *b) {
  const struct word *x = a, *y = b;
  if (x->count != y->count)
    return x->count < y->count ? 1 : -1;
  uint32_t shorter = x->length < y->length ? x->length : y->length;
  int order = memcmp(sorted_text + x->start, sorted_text + y->start, shorter);
  return order ? order : (int)x->length - (int)y->length;
}

// Append the file to the text, in lower case, with a line end after it.
static char *read_file(const char *name, char *text, uint32_t *size) {
  FILE *file = fopen(name, "rb");
  if (!file) {
    perror(name);
    exit(2);
  }
  char block[65536];
  for (size_t got = 1; got;) {
    got = fread(block, 1, sizeof block, file);
    text = realloc(text, *size + got + 1);
    for (size_t i = 0; i < got; i++) {
      char c = block[i];
      text[(*size)++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
  }
  text[(*size)++] = '\n';
  fclose(file);
  return text;
}

// Whether a count by the host alone, in one piece, finds the same words.
static int verify(const char *text, uint32_t size, struct word *words,
                  uint32_t n) {
  struct table t;
  table_create(&t, FIRST_SLOTS);
  count_text(&t, text, 0, size);
  qsort(t.slot, t.slots, sizeof *t.slot, by_count);
  int equal = t.used == n;
  for (uint32_t i = 0; equal && i < n; i++)
    equal =
        t.slot[i].count == words[i].count && same(text, &t.slot[i], &words[i]);
  free(t.slot);
  return equal;
}

int main(int argc, char **argv) {
  int check = argc > 1 && strcmp(argv[1], "--verify") == 0;
  if (argc < 2 + check) {
    fprintf(stderr, "usage: wordcount [--verify] file...\n");
    return 2;
  }
  char *text = NULL;
  uint32_t size = 0;
  for (int i = 1 + check; i < argc; i++)
    text = read_file(argv[i], text, &size);
  sorted_text = text;

  // cut[i] is where chunk i begins: never inside a word.
  int chunks = (int)(size / CHUNK_BYTES) + 1;
  uint32_t *cut = malloc(((size_t)chunks + 1) * sizeof *cut);
  for (int i = 0; i <= chunks; i++) {
    uint64_t at = (uint64_t)size * (uint64_t)i / (uint64_t)chunks;
    while (at > 0 && at < size && is_letter(text[at]))
      at++;
    cut[i] = (uint32_t)at;
  }
  uint32_t room = size / 2 + 1; // a word and a gap take two bytes
  struct word *words = malloc(room * sizeof *words);
  uint32_t different = 0;
  int threads = 0, on_host = 1;

  double start = omp_get_wtime();
#pragma omp target map(to : text[0 : size], cut[0 : chunks + 1])               \
    map(from : words[0 : room], different, threads, on_host)
  {
    struct table all;
#pragma omp parallel
#pragma omp single
    {
      threads = omp_get_num_threads();
      count_chunks(&all, text, cut, 0, chunks);
    }
    different = 0;
    for (uint32_t i = 0; i < all.slots; i++)
      if (all.slot[i].count)
        words[different++] = all.slot[i];
    free(all.slot);
    on_host = omp_is_initial_device();
  }
  double seconds = omp_get_wtime() - start;

  uint64_t total = 0;
  for (uint32_t i = 0; i < different; i++)
    total += words[i].count;
  qsort(words, different, sizeof *words, by_count);
  printf("%d files, %u bytes, %d chunks: %llu words, %u different\n",
         argc - 1 - check, size, chunks, (unsigned long long)total, different);
  for (uint32_t i = 0; i < TOP && i < different; i++)
    printf("%8u %.*s\n", words[i].count, (int)words[i].length,
           text + words[i].start);
  printf("counted by %d threads of the %s in %.3f s\n", threads,
         on_host ? "host" : "device", seconds);
  if (check && !verify(text, size, words, different)) {
    printf("verify: the host counts other words\n");
    return 1;
  }
  if (check)
    printf("verify: the host counts the same\n");
  free(words);
  free(cut);
  free(text);
  return 0;
}
