// raytrace.c - spheres that reflect and let light through, so that rays split to
// depths that differ from pixel to pixel (Whitted, "An Improved Illumination
// Model for Shaded Display", 1980); tasks divide the picture.
//
//   raytrace [pixels of an edge [samples]]

#include "program.h"
#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { SPHERES = 27, DEPTH = 6 };

// The edge of what one task computes.
#ifdef WIDE
enum { TILE = 8 };
#else
enum { TILE = 4 };
#endif

#pragma omp begin declare target

struct vector {
  double x, y, z;
};

struct sphere {
  struct vector centre, colour;
  double radius, mirror, clear; // shares of light reflected and let through
};

static struct vector add(struct vector a, double factor, struct vector b) {
  return (struct vector){a.x + factor * b.x, a.y + factor * b.y,
                         a.z + factor * b.z};
}

static double dot(struct vector a, struct vector b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

static struct vector unit(struct vector a) {
  return add((struct vector){0, 0, 0}, 1 / sqrt(dot(a, a)), a);
}

// The nearest sphere that the ray meets and how far away; -1 if none.
static int nearest(const struct sphere *scene, struct vector from,
                   struct vector along, double *distance) {
  int found = -1;
  for (int i = 0; i < SPHERES; i++) {
    struct vector to = add(scene[i].centre, -1, from);
    double middle = dot(to, along);
    double inside =
        middle * middle - dot(to, to) + scene[i].radius * scene[i].radius;
    if (inside < 0)
      continue;
    double reach = sqrt(inside);
    double at = middle - reach > 1e-6 ? middle - reach : middle + reach;
    if (at > 1e-6 && (found < 0 || at < *distance)) {
      *distance = at;
      found = i;
    }
  }
  return found;
}

static struct vector trace(const struct sphere *scene, struct vector from,
                           struct vector along, int depth) {
  double distance = 0;
  int number = nearest(scene, from, along, &distance);
  if (number < 0) // the sky
    return (struct vector){0.3, 0.4 + 0.2 * along.y, 0.7};
  const struct sphere *s = &scene[number];
  struct vector point = add(from, distance, along);
  struct vector normal = unit(add(point, -1, s->centre));
  double towards = dot(normal, along);
  const struct vector light = {0.48, 0.64, -0.6};
  double shade = dot(normal, light), ignored = 0;
  if (shade < 0 || nearest(scene, point, light, &ignored) >= 0)
    shade = 0;
  struct vector result = {0, 0, 0};
  result = add(result, (1 - s->mirror - s->clear) * (0.1 + shade), s->colour);
  if (depth == DEPTH)
    return result;
  if (s->mirror > 0) {
    struct vector back = add(along, -2 * towards, normal);
    result = add(result, s->mirror, trace(scene, point, back, depth + 1));
  }
  if (s->clear > 0) { // Snell's law with an index of 1.5
    double ratio = towards < 0 ? 1 / 1.5 : 1.5;
    struct vector out =
        towards < 0 ? normal : add((struct vector){0, 0, 0}, -1, normal);
    double cosine = -dot(out, along);
    double rest = 1 - ratio * ratio * (1 - cosine * cosine);
    struct vector onward =
        rest < 0 ? add(along, 2 * cosine, out)
                 : unit(add(add((struct vector){0, 0, 0}, ratio, along),
                            ratio * cosine - sqrt(rest), out));
    result = add(result, s->clear, trace(scene, point, onward, depth + 1));
  }
  return result;
}

// Divide a square, whose size is a power of two and which may reach beyond the
// picture, until a task has a tile.
static void render(const struct sphere *scene, struct vector *pixel, int edge,
                   int column, int row, int size) {
  if (column >= edge || row >= edge)
    return;
  if (size > TILE) {
    int half = size / 2;
    for (int quarter = 0; quarter < 4; quarter++) {
#pragma omp task
      render(scene, pixel, edge, column + quarter % 2 * half,
             row + quarter / 2 * half, half);
    }
    return;
  }
  const struct vector eye = {0, 0, -6};
  LANES
  for (int i = 0; i < size * size; i++) {
    int c = column + i % size, r = row + i / size;
    if (c >= edge || r >= edge)
      continue;
    struct vector along = {2.0 * c / edge - 1, 1 - 2.0 * r / edge, 2};
    pixel[(long)r * edge + c] = trace(scene, eye, unit(along), 0);
  }
}

#pragma omp end declare target

static int square_around(int edge) {
  int size = 1;
  while (size < edge)
    size *= 2;
  return size;
}

static void arrange(struct sphere *scene) {
  for (int i = 0; i < SPHERES; i++)
    scene[i] = (struct sphere){
        .centre = {i % 3 * 1.5 - 1.5, i / 3 % 3 * 1.5 - 1.5, i / 9 * 1.5 - 1.5},
        .colour = {0.3 + 0.3 * (i % 3), 0.3 + 0.2 * (i % 4),
                   0.9 - 0.2 * (i % 5)},
        .radius = 0.4 + 0.05 * (i % 4),
        .mirror = i % 2 ? 0.4 : 0.1,
        .clear = i % 3 == 1 ? 0.5 : 0};
}

int main(int argc, char **argv) {
  int edge = bench_argument(argc, argv, 1, 24);
  int samples = bench_samples(argc, argv, 2);
  long pixels = (long)edge * edge;
  struct vector *pixel = malloc((size_t)pixels * sizeof *pixel);
  struct vector *expected = malloc((size_t)pixels * sizeof *expected);
  struct sphere scene[SPHERES];
  int size = square_around(edge);
  arrange(scene);
  // The host's threads say what is expected.
#pragma omp parallel
#pragma omp single
  render(scene, expected, edge, 0, 0, size);

  static struct program_times times;
  program_warm_up();
  for (int s = 0; s < samples; s++) {
    memset(pixel, 0, (size_t)pixels * sizeof *pixel);
    int threads = 0;
    double start = omp_get_wtime();
#pragma omp target data map(to : scene) map(tofrom : pixel[0 : pixels])
    {
      double begin = omp_get_wtime();
#pragma omp target map(from : threads)
#pragma omp parallel
#pragma omp single
      {
        threads = omp_get_num_threads();
        render(scene, pixel, edge, 0, 0, size);
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
  char name[32];
  snprintf(name, sizeof name, "raytrace(%d)", edge);
  program_report(name, &times, samples);
  return 0;
}
