// mandelbrot.c - the Mandelbrot set by subdivision (Mariani and Silver): a square
// whose border has one colour is filled, others become four tasks.
//
//   mandelbrot [pixels of an edge [iterations [samples]]]

#include "program.h"
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// An edge up to which every pixel is computed.
#ifdef WIDE
enum { SMALL = 16 };
#else
enum { SMALL = 8 };
#endif

#pragma omp begin declare target

struct picture {
  int *pixel;
  int edge, iterations;
};

static int colour(struct picture p, int column, int row) {
  double cx = -2.2 + 3.2 * column / p.edge, cy = -1.6 + 3.2 * row / p.edge;
  double x = 0, y = 0;
  int i = 0;
  for (; i < p.iterations && x * x + y * y <= 4; i++) {
    double next = x * x - y * y + cx;
    y = 2 * x * y + cy;
    x = next;
  }
  return i;
}

static int computed(struct picture p, int column, int row) {
  int here = colour(p, column, row);
  p.pixel[(long)row * p.edge + column] = here;
  return here;
}

static void paint(struct picture p, int column, int row, int width,
                  int height) {
  if (width <= SMALL || height <= SMALL) {
    LANES
    for (int i = 0; i < width * height; i++)
      computed(p, column + i % width, row + i / width);
    return;
  }
  // The border: above and left, below and right.
  int least = p.iterations, most = 0, half = width + height - 2;
  LANES_WITH(reduction(min : least) reduction(max : most))
  for (int i = 0; i < 2 * half; i++) {
    int side = i >= half, at = i - side * half;
    int here = at < width ? computed(p, column + at, row + side * (height - 1))
                          : computed(p, column + side * (width - 1),
                                     row + 1 + at - width);
    least = here < least ? here : least;
    most = here > most ? here : most;
  }
  if (least == most) {
    const int slice = COLUMNS_IN_SLICE(width - 2);
    LANES
    for (int left = column + 1; left < column + width - 1; left += slice)
      for (int r = row + 1; r < row + height - 1; r++)
        for (int c = left; c < left + slice; c++)
          p.pixel[(long)r * p.edge + c] = most;
    return;
  }
  // Inside of the border, which is done.
  int half_width = (width - 2) / 2, half_height = (height - 2) / 2;
  for (int quarter = 0; quarter < 4; quarter++) {
    int east = quarter % 2, south = quarter / 2;
#pragma omp task
    paint(p, column + 1 + east * half_width, row + 1 + south * half_height,
          east ? width - 2 - half_width : half_width,
          south ? height - 2 - half_height : half_height);
  }
}

#pragma omp end declare target

int main(int argc, char **argv) {
  int edge = bench_argument(argc, argv, 1, 64);
  int iterations = bench_argument(argc, argv, 2, 50);
  int samples = bench_samples(argc, argv, 3);
  long pixels = (long)edge * edge;
  int *pixel = malloc((size_t)pixels * sizeof *pixel);
  int *expected = malloc((size_t)pixels * sizeof *expected);
  // The host's threads say what is expected.
#pragma omp parallel
#pragma omp single
  paint((struct picture){expected, edge, iterations}, 0, 0, edge, edge);

  static struct program_times times;
  program_warm_up();
  for (int s = 0; s < samples; s++) {
    memset(pixel, -1, (size_t)pixels * sizeof *pixel);
    int threads = 0;
    double start = omp_get_wtime();
#pragma omp target data map(tofrom : pixel[0 : pixels])
    {
      double begin = omp_get_wtime();
#pragma omp target map(from : threads)
#pragma omp parallel
#pragma omp single
      {
        threads = omp_get_num_threads();
        paint((struct picture){pixel, edge, iterations}, 0, 0, edge, edge);
      }
      times.kernel[s] = omp_get_wtime() - begin;
    }
    times.total[s] = omp_get_wtime() - start;
    times.threads = threads;
    if (memcmp(pixel, expected, (size_t)pixels * sizeof *pixel) != 0)
      return program_wrong("another picture than the host's");
  }
  free(pixel);
  free(expected);
  char name[48];
  snprintf(name, sizeof name, "mandelbrot(%d, %d)", edge, iterations);
  program_report(name, &times, samples);
  return 0;
}
