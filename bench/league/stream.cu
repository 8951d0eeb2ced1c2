// stream.cu - stream.c in CUDA C: a thread an element, and a dot product by
// shuffles, shared memory and one atomic a block.
//
//   stream [log2 of the elements [samples]]

#include "cuda.h"
#include "stream.h"

enum { BLOCK = 256, WARP = 32 };

static __device__ long own_element(void) {
  return (long)blockIdx.x * blockDim.x + threadIdx.x;
}

static __global__ void fill(double *a, double *b, double *c, long n) {
  long i = own_element();
  if (i < n) {
    a[i] = 1;
    b[i] = 2;
    c[i] = 0;
  }
}

static __global__ void copy(const double *a, double *c, long n) {
  long i = own_element();
  if (i < n)
    c[i] = a[i];
}

static __global__ void scale(const double *c, double *b, long n) {
  long i = own_element();
  if (i < n)
    b[i] = STREAM_FACTOR * c[i];
}

static __global__ void add(const double *a, const double *b, double *c,
                           long n) {
  long i = own_element();
  if (i < n)
    c[i] = a[i] + b[i];
}

static __global__ void triad(double *a, const double *b, const double *c,
                             long n) {
  long i = own_element();
  if (i < n)
    a[i] = b[i] + STREAM_FACTOR * c[i];
}

static __device__ double warp_sum(double value) {
  for (int lane = WARP / 2; lane > 0; lane /= 2)
    value += __shfl_down_sync(~0u, value, lane);
  return value;
}

static __global__ void dot(const double *a, const double *b, double *sum,
                           long n) {
  __shared__ double part[BLOCK / WARP];
  double own = 0;
  for (long i = own_element(); i < n; i += (long)gridDim.x * blockDim.x)
    own += a[i] * b[i];
  own = warp_sum(own);
  if (threadIdx.x % WARP == 0)
    part[threadIdx.x / WARP] = own;
  __syncthreads();
  if (threadIdx.x < WARP) {
    own = warp_sum(threadIdx.x < BLOCK / WARP ? part[threadIdx.x] : 0);
    if (threadIdx.x == 0)
      atomicAdd(sum, own);
  }
}

int main(int argc, char **argv) {
  long n = 1L << bench_argument(argc, argv, 1, 14);
  int samples = bench_samples(argc, argv, 2);
  static double seconds[KERNELS][BENCH_MAX_SAMPLES];
  size_t bytes = (size_t)n * sizeof(double);
  unsigned grid = (unsigned)((n + BLOCK - 1) / BLOCK);
  double *a, *b, *c, *sum, result = 0;
  int multiprocessors;
  CUDA(cudaDeviceGetAttribute(&multiprocessors, cudaDevAttrMultiProcessorCount,
                              0));
  CUDA(cudaMalloc(&a, bytes));
  CUDA(cudaMalloc(&b, bytes));
  CUDA(cudaMalloc(&c, bytes));
  CUDA(cudaMalloc(&sum, sizeof *sum));
  fill<<<grid, BLOCK>>>(a, b, c, n);
  CUDA(cudaDeviceSynchronize());

  for (int s = -1; s < samples; s++) // the first round warms up
    for (int k = 0; k < KERNELS; k++) {
      double start = league_now();
      switch (k) {
      case COPY:
        copy<<<grid, BLOCK>>>(a, c, n);
        break;
      case SCALE:
        scale<<<grid, BLOCK>>>(c, b, n);
        break;
      case ADD:
        add<<<grid, BLOCK>>>(a, b, c, n);
        break;
      case TRIAD:
        triad<<<grid, BLOCK>>>(a, b, c, n);
        break;
      default:
        CUDA(cudaMemsetAsync(sum, 0, sizeof *sum));
        dot<<<(unsigned)multiprocessors * 8, BLOCK>>>(a, b, sum, n);
        CUDA(
            cudaMemcpyAsync(&result, sum, sizeof *sum, cudaMemcpyDeviceToHost));
        break;
      }
      CUDA(cudaDeviceSynchronize());
      if (s >= 0)
        seconds[k][s] = league_now() - start;
    }

  double *host_a = (double *)malloc(bytes), *host_b = (double *)malloc(bytes);
  double *host_c = (double *)malloc(bytes);
  CUDA(cudaMemcpy(host_a, a, bytes, cudaMemcpyDeviceToHost));
  CUDA(cudaMemcpy(host_b, b, bytes, cudaMemcpyDeviceToHost));
  CUDA(cudaMemcpy(host_c, c, bytes, cudaMemcpyDeviceToHost));
  if (!stream_correct(host_a, host_b, host_c, n, result, samples + 1))
    return 1;
  for (int k = 0; k < KERNELS; k++)
    league_report(stream_kernels[k].name, "", "GB/s", stream_gigabytes(k, n),
                  seconds[k], samples);
  return 0;
}
