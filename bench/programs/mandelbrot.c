// mandelbrot.c - the Mandelbrot set by subdivision (Mariani and Silver): a square
// whose border has one colour is filled, others become four tasks.
//
//   mandelbrot [pixels of an edge [iterations [samples]]]

#include "program.h"
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { SMALL = 8 }; // an edge below which every pixel is computed

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

// Compute the pixels from column to `right` and from row to `below`, exclusive;
// the colour that all have, or -1.
static int compute(struct picture p, int column, int right, int row,
                   int below) {
  int same = -2; // none so far
  for (int r = row; r < below; r++)
    for (int c = column; c < right; c++) {
      int here = colour(p, c, r);
      p.pixel[(long)r * p.edge + c] = here;
      same = same == -2 || same == here ? here : -1;
    }
  return same;
}

static void paint(struct picture p, int column, int row, int width,
                  int height) {
  int right = column + width, below = row + height;
  if (width <= SMALL || height <= SMALL) {
    compute(p, column, right, row, below);
    return;
  }
  int side[4] = {compute(p, column, right, row, row + 1),
                 compute(p, column, right, below - 1, below),
                 compute(p, column, column + 1, row + 1, below - 1),
                 compute(p, right - 1, right, row + 1, below - 1)};
  if (side[0] >= 0 && side[0] == side[1] && side[0] == side[2] &&
      side[0] == side[3]) {
    for (int r = row + 1; r < below - 1; r++)
      for (int c = column + 1; c < right - 1; c++)
        p.pixel[(long)r * p.edge + c] = side[0];
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
  // Outside of a parallel region: one thread.
  paint((struct picture){expected, edge, iterations}, 0, 0, edge, edge);

  static struct program_times times;
  program_warm_up();
  for (int s = 0; s < samples; s++) {
    memset(pixel, -1, (size_t)pixels * sizeof *pixel);
    int threads = 0;
    double start = omp_get_wtime();
#pragma omp target data map(tofrom : pixel [0:pixels])
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
      return program_wrong("another picture than serially");
  }
  free(pixel);
  free(expected);
  char name[48];
  snprintf(name, sizeof name, "mandelbrot(%d, %d)", edge, iterations);
  program_report(name, &times, samples);
  return 0;
}
