// sort.c - merge sort in which the merges are parallel too: the larger half's
// middle splits both, and the parts are tasks (Cormen et al., "Introduction to
// Algorithms", 26.3).
//
//   sort [keys [samples]]

#include "program.h"

// MERGE_PART: of a leaf of merges, at one thread.
#ifdef WIDE
enum { SORT_LEAF = 128, MERGE_LEAF = 2048, MERGE_PART = MERGE_LEAF / 32 };
#else
enum { SORT_LEAF = 64, MERGE_LEAF = 1024, MERGE_PART = MERGE_LEAF };
#endif

#pragma omp begin declare target

// How many of the n keys, which ascend, are less than `key`.
static long lower_bound(const int *keys, long n, int key) {
  long low = 0;
  while (low < n) {
    long middle = low + (n - low) / 2;
    if (keys[middle] < key)
      low = middle + 1;
    else
      n = middle;
  }
  return low;
}

// The keys first, first + 1, ... first + count - 1 of what a and b have merged.
static void merge_part(const int *a, long na, const int *b, long nb, int *out,
                       long first, long count) {
  // Before the first there are i of a, by bisection, and the others are of b.
  long i = first > nb ? first - nb : 0, most = first < na ? first : na;
  while (i < most) {
    long middle = i + (most - i) / 2;
    if (a[middle] <= b[first - middle - 1])
      i = middle + 1;
    else
      most = middle;
  }
  long j = first - i;
  long end = first + count < na + nb ? first + count : na + nb;
  while (i + j < end)
    if (j == nb || (i < na && a[i] <= b[j])) {
      out[i + j] = a[i];
      i++;
    } else {
      out[i + j] = b[j];
      j++;
    }
}

static void merge(const int *a, long na, const int *b, long nb, int *out) {
  if (na < nb) {
    const int *keys = a;
    long n = na;
    a = b;
    na = nb;
    b = keys;
    nb = n;
  }
  if (na + nb <= MERGE_LEAF) {
    const long part = MERGE_PART;
    LANES
    for (long first = 0; first < na + nb; first += part)
      merge_part(a, na, b, nb, out, first, part);
    return;
  }
  long ma = na / 2, mb = lower_bound(b, nb, a[ma]);
#pragma omp task
  merge(a, ma, b, mb, out);
  merge(a + ma, na - ma, b + mb, nb - mb, out + ma + mb);
#pragma omp taskwait
}

#ifdef WIDE
// Each key's place is the number of those that come before it.
static void sort_leaf(int *keys, int *other, long n, int moved) {
  LANES_TOGETHER {
    LANES_SHARE
    for (long i = 0; i < n; i++) {
      int key = keys[i], place = 0;
      for (long j = 0; j < n; j++)
        place += keys[j] < key || (keys[j] == key && j < i);
      other[place] = key;
    }
    LANES_SHARE
    for (long i = 0; i < (moved ? 0 : n); i++)
      keys[i] = other[i];
  }
}
#else
static void sort_leaf(int *keys, int *other, long n, int moved) {
  for (long i = 1; i < n; i++) {
    int key = keys[i];
    long j = i;
    for (; j > 0 && keys[j - 1] > key; j--)
      keys[j] = keys[j - 1];
    keys[j] = key;
  }
  for (long i = 0; moved && i < n; i++)
    other[i] = keys[i];
}
#endif

// Sort the n keys at `keys`; the result is there or, `moved`, at `other`.
static void sort(int *keys, int *other, long n, int moved) {
  if (n <= SORT_LEAF) {
    sort_leaf(keys, other, n, moved);
    return;
  }
  long half = n / 2;
#pragma omp task
  sort(keys, other, half, !moved);
  sort(keys + half, other + half, n - half, !moved);
#pragma omp taskwait
  int *from = moved ? keys : other, *to = moved ? other : keys;
  merge(from, half, from + half, n - half, to);
}

#pragma omp end declare target

// The same for all orders of the same keys, and hardly for others.
static uint64_t fingerprint(const int *keys, long n) {
  uint64_t sum = 0;
  for (long i = 0; i < n; i++)
    sum += program_mix((uint64_t)keys[i]);
  return sum;
}

int main(int argc, char **argv) {
  long n = bench_argument(argc, argv, 1, 5000);
  int samples = bench_samples(argc, argv, 2);
  int *keys = malloc((size_t)n * sizeof *keys);
  int *other = malloc((size_t)n * sizeof *other);

  static struct program_times times;
  program_warm_up();
  for (int s = 0; s < samples; s++) {
    for (long i = 0; i < n; i++)
      keys[i] = (int)program_mix((uint64_t)(i + s * n));
    uint64_t before = fingerprint(keys, n);
    int threads = 0;
    double start = omp_get_wtime();
#pragma omp target data map(tofrom : keys[0 : n]) map(alloc : other[0 : n])
    {
      double begin = omp_get_wtime();
#pragma omp target map(from : threads)
#pragma omp parallel
#pragma omp single
      {
        threads = omp_get_num_threads();
        sort(keys, other, n, 0);
      }
      times.kernel[s] = omp_get_wtime() - begin;
    }
    times.total[s] = omp_get_wtime() - start;
    times.threads = threads;
    for (long i = 1; i < n; i++)
      if (keys[i - 1] > keys[i])
        return program_wrong("keys do not ascend");
    if (fingerprint(keys, n) != before)
      return program_wrong("other keys than before");
  }
  free(keys);
  free(other);
  char name[32];
  snprintf(name, sizeof name, "sort(%ld)", n);
  program_report(name, &times, samples);
  return 0;
}
