#ifndef ORPHANS_H
#define ORPHANS_H
#pragma omp begin declare target
void orphaned_loops(int *count, int n);
int orphaned_number(void);
void orphaned_region(int *count);
#pragma omp end declare target
#endif
