// uts.c - nodes of an unbalanced tree, after UTS (Olivier et al., LCPC 2006),
// geometric with a bound on the depth: a task for each node.  The tree is a
// function of node descriptors that split: child i of a node has
// SplitMix64(descriptor + i).  UTS itself takes SHA-1.
//
//   uts [depth [samples]]

#include "program.h"

enum { MEAN = 4, MOST = 64 }; // children of a node

// How many levels above the leaves give their children to lanes, not to tasks.
#ifdef WIDE
enum { WIDE_LEVELS = 3 };
#else
enum { WIDE_LEVELS = 0 };
#endif

#pragma omp begin declare target

// threshold[k]: how many of 2^32 equally likely draws give at most k children.
struct tree {
  uint64_t threshold[MOST];
  int depth;
};

static int children(const struct tree *tree, uint64_t node, int level) {
  if (level == 0)
    return MEAN;
  int count = 0;
  while (count < MOST - 1 && node >> 32 >= tree->threshold[count])
    count++;
  return count;
}

// Without tasks.
static long count_serially(const struct tree *tree, uint64_t node, int level) {
  long nodes = 1;
  int n = level == tree->depth ? 0 : children(tree, node, level);
  for (int i = 0; i < n; i++)
    nodes += count_serially(tree, program_mix(node + (uint64_t)i), level + 1);
  return nodes;
}

static long count_nodes(const struct tree *tree, uint64_t node, int level) {
  long nodes = 1;
  if (level == tree->depth)
    return nodes;
  int n = children(tree, node, level);
  if (level >= tree->depth - WIDE_LEVELS) {
    LANES_WITH(reduction(+ : nodes))
    for (int i = 0; i < n; i++)
      nodes += count_serially(tree, program_mix(node + (uint64_t)i), level + 1);
    return nodes;
  }
  for (int i = 0; i < n; i++) {
#pragma omp task shared(nodes)
    {
      long below =
          count_nodes(tree, program_mix(node + (uint64_t)i), level + 1);
#pragma omp atomic
      nodes += below;
    }
  }
#pragma omp taskwait
  return nodes;
}

#pragma omp end declare target

int main(int argc, char **argv) {
  struct tree tree = {.depth = bench_argument(argc, argv, 1, 4)};
  int samples = bench_samples(argc, argv, 2);
  const double more = (double)MEAN / (MEAN + 1); // one more child
  double at_most = 0, exactly = 1 - more;
  for (int k = 0; k < MOST; k++, exactly *= more) {
    at_most += exactly;
    tree.threshold[k] = (uint64_t)(at_most * 4294967296.0);
  }
  const uint64_t root = 42;
  long expected = 0;
  // The host's threads say what is expected.
#pragma omp parallel
#pragma omp single
  expected = count_nodes(&tree, root, 0);

  static struct program_times times;
  double rate[BENCH_MAX_SAMPLES];
  program_warm_up();
  for (int s = 0; s < samples; s++) {
    long nodes = 0;
    int threads = 0;
    double start = omp_get_wtime();
#pragma omp target data map(to : tree)
    {
      double begin = omp_get_wtime();
#pragma omp target map(from : nodes, threads)
#pragma omp parallel
#pragma omp single
      {
        threads = omp_get_num_threads();
        nodes = count_nodes(&tree, root, 0);
      }
      times.kernel[s] = omp_get_wtime() - begin;
    }
    times.total[s] = omp_get_wtime() - start;
    times.threads = threads;
    rate[s] = (double)nodes / times.kernel[s] / 1e6;
    if (nodes != expected)
      return program_wrong("the number of nodes");
  }
  char name[48];
  snprintf(name, sizeof name, "uts(%d)", tree.depth);
  program_report(name, &times, samples);
  snprintf(name, sizeof name, "uts(%d), nodes%s", tree.depth, PROGRAM_SUFFIX);
  bench_report(name, "M nodes/s", times.threads, rate, samples);
  return 0;
}
