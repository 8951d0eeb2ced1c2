// stencil.cu - stencil.c in CUDA C: a thread a point.
//
//   stencil [points of an edge [samples]]

#include "cuda.h"
#include "stencil.h"

enum { WIDE = 64, HIGH = 4 };

static __global__ void fill(double *in, double *out, long points) {
  long i = (long)blockIdx.x * blockDim.x + threadIdx.x;
  if (i < points) {
    in[i] = i * 7 % 1021;
    out[i] = -1;
  }
}

static __global__ void stencil(const double *__restrict__ in,
                               double *__restrict__ out, long n) {
  long x = (long)blockIdx.x * WIDE + threadIdx.x + 1;
  long y = (long)blockIdx.y * HIGH + threadIdx.y + 1;
  long z = (long)blockIdx.z + 1;
  if (x >= n - 1 || y >= n - 1)
    return;
  long i = (z * n + y) * n + x;
  double sum = in[i - 1] + in[i + 1] + in[i - n] + in[i + n] + in[i - n * n] +
               in[i + n * n];
  out[i] = CENTRE * in[i] + NEIGHBOUR * sum;
}

int main(int argc, char **argv) {
  long n = bench_argument(argc, argv, 1, 16);
  int samples = bench_samples(argc, argv, 2);
  double seconds[BENCH_MAX_SAMPLES], *in, *out;
  long points = n * n * n;
  size_t bytes = (size_t)points * sizeof(double);
  CUDA(cudaMalloc(&in, bytes));
  CUDA(cudaMalloc(&out, bytes));
  fill<<<(unsigned)((points + 255) / 256), 256>>>(in, out, points);
  CUDA(cudaDeviceSynchronize());

  dim3 block(WIDE, HIGH);
  dim3 grid((unsigned)((n - 2 + WIDE - 1) / WIDE),
            (unsigned)((n - 2 + HIGH - 1) / HIGH), (unsigned)(n - 2));
  for (int s = -1; s < samples; s++) { // the first run warms up
    double start = league_now();
    stencil<<<grid, block>>>(in, out, n);
    CUDA(cudaDeviceSynchronize());
    if (s >= 0)
      seconds[s] = league_now() - start;
  }

  double *host = (double *)malloc(bytes);
  CUDA(cudaMemcpy(host, out, bytes, cudaMemcpyDeviceToHost));
  if (!stencil_correct(host, n))
    return 1;
  league_report("stencil", "", "GB/s", stencil_gigabytes(n), seconds, samples);
  return 0;
}
