// align.c - the best local alignment of every pair of protein sequences, by Smith
// and Waterman with Gotoh's affine gaps; a task for each pair or some of them, in
// two levels.
//
//   align [sequences [their length at most [samples]]]

#include "program.h"
#include <string.h>

enum { MOST = 256 };            // residues of a sequence
enum { OPEN = 11, EXTEND = 1 }; // what a gap costs
#ifdef WIDE
enum { PAIRS = 32 }; // of one task
#else
enum { PAIRS = 1 };
#endif
enum { SAME = 5, SIMILAR = 1, DIFFERENT = -3 };

#pragma omp begin declare target

// The twenty amino acids in groups of similar ones: aliphatic, aromatic, polar,
// positive, negative, and those apart.
static const signed char group[20] = {0, 0, 0, 0, 0, 1, 1, 1, 2, 2,
                                      2, 2, 3, 3, 3, 4, 4, 5, 6, 7};

static int score(int a, int b) {
  return a == b ? SAME : group[a] == group[b] ? SIMILAR : DIFFERENT;
}

static int larger(int a, int b) { return a > b ? a : b; }

static int align(const signed char *a, int na, const signed char *b, int nb) {
  int row[MOST + 1], gap[MOST + 1]; // best that ends here; and with a gap in b
  for (int j = 0; j <= nb; j++) {
    row[j] = 0;
    gap[j] = -OPEN;
  }
  int best = 0;
  for (int i = 0; i < na; i++) {
    int diagonal = 0, across = -OPEN;
    for (int j = 1; j <= nb; j++) {
      gap[j] = larger(gap[j] - EXTEND, row[j] - OPEN);
      across = larger(across - EXTEND, row[j - 1] - OPEN);
      int here = larger(diagonal + score(a[i], b[j - 1]), 0);
      here = larger(here, larger(gap[j], across));
      diagonal = row[j];
      row[j] = here;
      best = larger(best, here);
    }
  }
  return best;
}

static void align_all(const signed char *residue, const int *length, int count,
                      int *result) {
  for (int i = 0; i < count; i++) {
#pragma omp task
    for (int first = 0; first < i; first += PAIRS) {
#pragma omp task
      {
        int end = first + PAIRS < i ? first + PAIRS : i;
        LANES
        for (int j = first; j < end; j++)
          result[i * count + j] = align(residue + (long)i * MOST, length[i],
                                        residue + (long)j * MOST, length[j]);
      }
    }
  }
}

#pragma omp end declare target

int main(int argc, char **argv) {
  int count = bench_argument(argc, argv, 1, 6);
  int longest = bench_argument(argc, argv, 2, 40);
  int samples = bench_samples(argc, argv, 3);
  if (longest > MOST)
    return program_wrong("sequences of more than 256 residues");
  long residues = (long)count * MOST, pairs = (long)count * count;
  signed char *residue = malloc((size_t)residues);
  int *length = malloc((size_t)count * sizeof *length);
  int *result = malloc((size_t)pairs * sizeof *result);
  int *expected = malloc((size_t)pairs * sizeof *expected);
  for (int i = 0; i < count; i++) {
    length[i] = longest - (int)(program_mix((uint64_t)i) % 4) * longest / 8;
    for (int j = 0; j < MOST; j++) {
      // A quarter of the residues is common to all.
      uint64_t random = program_mix((uint64_t)(i * MOST + j + count));
      uint64_t common = program_mix((uint64_t)j);
      residue[i * MOST + j] =
          (signed char)((random % 4 ? random >> 8 : common) % 20);
    }
  }

  for (long i = 0; i < pairs; i++)
    expected[i] = -1;
  // The host's threads say what is expected.
#pragma omp parallel
#pragma omp single
  align_all(residue, length, count, expected);

  static struct program_times times;
  program_warm_up();
  for (int s = 0; s < samples; s++) {
    for (long i = 0; i < pairs; i++)
      result[i] = -1;
    int threads = 0;
    double start = omp_get_wtime();
#pragma omp target data map(to : residue[0 : residues], length[0 : count])     \
    map(tofrom : result[0 : pairs])
    {
      double begin = omp_get_wtime();
#pragma omp target map(from : threads)
#pragma omp parallel
#pragma omp single
      {
        threads = omp_get_num_threads();
        align_all(residue, length, count, result);
      }
      times.kernel[s] = omp_get_wtime() - begin;
    }
    times.total[s] = omp_get_wtime() - start;
    times.threads = threads;
    if (memcmp(result, expected, (size_t)pairs * sizeof *result) != 0)
      return program_wrong("the score of a pair");
  }
  free(residue);
  free(length);
  free(result);
  free(expected);
  char name[48];
  snprintf(name, sizeof name, "align(%d of %d)", count, longest);
  program_report(name, &times, samples);
  return 0;
}
