int library_count;
#pragma omp declare target(library_count)

int library_square(int n);
int library_square(int n) {
  int result = -1, count = 0;
#pragma omp target map(from : result) map(tofrom : count)
  {
    library_count++;
#pragma omp parallel
#pragma omp single
    for (int i = 0; i < n; i++) {
#pragma omp task shared(count)
      {
#pragma omp atomic
        count += n;
      }
    }
    result = count;
  }
  return result;
}

int library_calls(void);
int library_calls(void) {
#pragma omp target update from(library_count)
  return library_count;
}
