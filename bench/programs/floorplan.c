// floorplan.c - branch and bound: the smallest rectangle that holds n cells, each
// of which has two shapes and touches the corner of one placed before; a task
// for each placement, and a bound that all threads lower.
//
//   floorplan [cells [samples]]

#include "program.h"

enum { MAX_CELLS = 24, SERIAL_CELLS = 2 }; // the last are placed by one task

#pragma omp begin declare target

struct rectangle {
  int x, y, width, height;
};

// The cells placed so far, and the lengths of the rectangle around them.
struct plan {
  struct rectangle cell[MAX_CELLS];
  int placed, width, height;
};

struct problem {
  int cells, shape[MAX_CELLS][2]; // one shape; the other has the sides swapped
};

static int overlap(struct rectangle a, struct rectangle b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
         b.y < a.y + a.height;
}

// Put the next cell at x, y if it is free there; false if not.
static int put(const struct problem *problem, struct plan *plan, int x, int y,
               int turned) {
  const int *shape = problem->shape[plan->placed];
  struct rectangle cell = {x, y, shape[turned], shape[!turned]};
  for (int i = 0; i < plan->placed; i++)
    if (overlap(plan->cell[i], cell))
      return 0;
  plan->cell[plan->placed++] = cell;
  if (x + cell.width > plan->width)
    plan->width = x + cell.width;
  if (y + cell.height > plan->height)
    plan->height = y + cell.height;
  return 1;
}

static void lower(int *best, int area) {
#pragma omp atomic compare
  if (area < *best) {
    *best = area;
  }
}

// Put the next cell of `plan` into `next` in one of the four ways for each cell
// that is there; false if it is not free there or not better than *best.
static int choose(const struct problem *problem, const struct plan *plan,
                  int choice, int *best, struct plan *next) {
  struct rectangle at = plan->cell[choice / 4];
  int above = choice / 2 % 2;
  *next = *plan;
  if (!put(problem, next, above ? at.x : at.x + at.width,
           above ? at.y + at.height : at.y, choice % 2))
    return 0;
  int bound;
#pragma omp atomic read
  bound = *best;
  return next->width * next->height < bound;
}

// Place all the other cells in every way that may still be better than *best.
static void place_rest(const struct problem *problem, const struct plan *plan,
                       int *best) {
  int count = plan->placed;
  if (count == problem->cells)
    lower(best, plan->width * plan->height);
  for (int choice = 0; count < problem->cells && choice < 4 * count; choice++) {
    struct plan next;
    if (choose(problem, plan, choice, best, &next))
      place_rest(problem, &next, best);
  }
}

// The same by tasks, until few cells are left.
static void place(const struct problem *problem, const struct plan *plan,
                  int *best) {
  int count = plan->placed;
  if (count == problem->cells) {
    lower(best, plan->width * plan->height);
    return;
  }
  if (count + SERIAL_CELLS >= problem->cells) {
    LANES
    for (int choice = 0; choice < 4 * count; choice++) {
      struct plan next;
      if (choose(problem, plan, choice, best, &next))
        place_rest(problem, &next, best);
    }
    return;
  }
  for (int choice = 0; choice < 4 * count; choice++) {
    struct plan next;
    if (!choose(problem, plan, choice, best, &next))
      continue;
#pragma omp task firstprivate(next)
    place(problem, &next, best);
  }
#pragma omp taskwait
}

static void search(const struct problem *problem, int *best) {
  for (int turned = 0; turned < 2; turned++) {
    struct plan plan = {.placed = 0};
    put(problem, &plan, 0, 0, turned);
    place(problem, &plan, best);
  }
}

#pragma omp end declare target

int main(int argc, char **argv) {
  struct problem problem = {.cells = bench_argument(argc, argv, 1, 4)};
  int samples = bench_samples(argc, argv, 2);
  if (problem.cells > MAX_CELLS)
    return program_wrong("more than 24 cells");
  int all = 0;
  for (int i = 0; i < problem.cells; i++) {
    problem.shape[i][0] = 1 + (int)(program_mix((uint64_t)i) % 7);
    problem.shape[i][1] = 2 + (int)(program_mix((uint64_t)i + 100) % 9);
    all += problem.shape[i][0] * problem.shape[i][1];
  }
  const int most = 2 * all + 64; // there is a smaller plan
  int expected = most;
  // The host's threads say what is expected.
#pragma omp parallel
#pragma omp single
  search(&problem, &expected);

  static struct program_times times;
  program_warm_up();
  for (int s = 0; s < samples; s++) {
    int best = most, threads = 0;
    double start = omp_get_wtime();
#pragma omp target data map(to : problem)
    {
      double begin = omp_get_wtime();
#pragma omp target map(tofrom : best) map(from : threads)
#pragma omp parallel
#pragma omp single
      {
        threads = omp_get_num_threads();
        search(&problem, &best);
      }
      times.kernel[s] = omp_get_wtime() - begin;
    }
    times.total[s] = omp_get_wtime() - start;
    times.threads = threads;
    if (best != expected || best < all || best == most)
      return program_wrong("not the smallest area");
  }
  char name[32];
  snprintf(name, sizeof name, "floorplan(%d)", problem.cells);
  program_report(name, &times, samples);
  return 0;
}
