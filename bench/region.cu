// region.cu - from the call to the end of an empty kernel, as region.c.
//
//   region [repeats [samples]]

#include "league/cuda.h"
#include "league/league.h"

static __global__ void empty(void) {}

int main(int argc, char **argv) {
  int repeats = bench_argument(argc, argv, 1, 10);
  int samples = bench_samples(argc, argv, 2);
  double us[BENCH_MAX_SAMPLES];
  for (int s = -1; s < samples; s++) { // the first run warms up
    double start = league_now();
    for (int i = 0; i < repeats; i++) {
      empty<<<1, 128>>>();
      CUDA(cudaDeviceSynchronize());
    }
    if (s >= 0)
      us[s] = (league_now() - start) / repeats * 1e6;
  }
  bench_report("target region, empty", "us", 0, us, samples);
  return 0;
}
