// start.c - the smallest program with a target region; bench/run times the
// whole process, with its translation in the cache.

int main(void) {
  int done = 0;
#pragma omp target map(from : done)
  done = 1;
  return done ? 0 : 1;
}
