/* unit.h - what the two files of compile/several-units.test share. */
#pragma omp begin declare target
extern int shared_table[4];
int unit_add(int value);
int unit_count_threads(void);
long unit_sum_tasks(int n);
#pragma omp end declare target
