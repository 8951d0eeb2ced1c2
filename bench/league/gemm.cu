// gemm.cu - gemm.c in CUDA C: a block a product, a thread an entry.
//
//   gemm [products [samples]]

#include "cuda.h"
#include "gemm.h"

static __global__ void fill(double *left, double *right, double *out, long n) {
  long i = (long)blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) {
    left[i] = i * 5 % 17;
    right[i] = i * 3 % 19;
    out[i] = -1;
  }
}

static __global__ void multiply(const double *__restrict__ left,
                                const double *__restrict__ right,
                                double *__restrict__ product) {
  long first = (long)blockIdx.x * ENTRIES;
  int i = threadIdx.y, j = threadIdx.x;
  double sum = 0;
  for (int k = 0; k < EDGE; k++)
    sum += left[first + i * EDGE + k] * right[first + k * EDGE + j];
  product[first + i * EDGE + j] = sum;
}

int main(int argc, char **argv) {
  long count = bench_argument(argc, argv, 1, 16);
  int samples = bench_samples(argc, argv, 2);
  double seconds[BENCH_MAX_SAMPLES], *left, *right, *out;
  long n = count * ENTRIES;
  size_t bytes = (size_t)n * sizeof(double);
  CUDA(cudaMalloc(&left, bytes));
  CUDA(cudaMalloc(&right, bytes));
  CUDA(cudaMalloc(&out, bytes));
  fill<<<(unsigned)((n + 255) / 256), 256>>>(left, right, out, n);
  CUDA(cudaDeviceSynchronize());

  for (int s = -1; s < samples; s++) { // the first run warms up
    double start = league_now();
    multiply<<<(unsigned)count, dim3(EDGE, EDGE)>>>(left, right, out);
    CUDA(cudaDeviceSynchronize());
    if (s >= 0)
      seconds[s] = league_now() - start;
  }

  double *host = (double *)malloc(bytes);
  CUDA(cudaMemcpy(host, out, bytes, cudaMemcpyDeviceToHost));
  if (!gemm_correct(host, count))
    return 1;
  league_report("small gemm", "", "GFLOP/s", gemm_gigaflops(count), seconds,
                samples);
  return 0;
}
