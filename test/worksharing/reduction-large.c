// Reductions of what does not fit a few words: user-defined ones of structures
// of 84 and 2000 bytes, of an array of structures, a matrix, and all of them
// again, smaller ones first (OpenMP 5.2, 5.5.8, 5.5.11).
//
// OpenMP 5.2: 5.5.11 declare reduction
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { N = 80, ROUNDS = 2 };

struct odd {
  int slot[20];
  short first, last;
};
struct wide {
  double slot[249];
  int rounds, from;
};
struct pair {
  char a;
  long b;
};

#pragma omp begin declare target
static void odd_add(struct odd *into, const struct odd *from) {
  for (int i = 0; i < 20; i++)
    into->slot[i] += from->slot[i];
  into->first = into->first < from->first ? into->first : from->first;
  into->last = into->last > from->last ? into->last : from->last;
}
static void wide_start(struct wide *to, const struct wide *original) {
  for (int i = 0; i < 249; i++)
    to->slot[i] = 0;
  to->rounds = 0;
  to->from = original->from;
}
static void wide_add(struct wide *into, const struct wide *from) {
  for (int i = 0; i < 249; i++)
    into->slot[i] += from->slot[i];
  into->rounds += from->rounds + 1000000 * (into->from != from->from);
}
#pragma omp end declare target

#pragma omp declare reduction(odd : struct odd : odd_add(&omp_out, &omp_in))   \
    initializer(omp_priv = {{0}, 30000, -30000})
#pragma omp declare reduction(wide : struct wide : wide_add(                   \
        &omp_out, &omp_in)) initializer(wide_start(&omp_priv, &omp_orig))
#pragma omp declare reduction(                                                 \
        pair : struct pair : omp_out.a = (char)(omp_out.a + omp_in.a),         \
            omp_out.b += omp_in.b) initializer(omp_priv = {0, 0})

int main(void) {
  struct odd odd = {{0}, 30000, -30000};
  struct wide wide = {{0}, 0, 77};
  struct pair pair[3] = {{1, 10}, {2, 20}, {3, 30}};
  long matrix[3][5] = {{0}};
  int sum = 0;
#pragma omp target map(tofrom : odd, wide, pair, matrix, sum)
  {
#pragma omp parallel
    for (int round = 0; round < ROUNDS; round++) {
#pragma omp for reduction(+ : sum) nowait
      for (int i = 0; i < N; i++)
        sum += i;
#pragma omp for reduction(odd : odd)
      for (int i = 0; i < N; i++) {
        odd.slot[i % 20] += i;
        odd.first = (short)i < odd.first ? (short)i : odd.first;
        odd.last = (short)i > odd.last ? (short)i : odd.last;
      }
#pragma omp for reduction(wide : wide) reduction(pair : pair)                  \
    reduction(+ : matrix) schedule(dynamic, 3)
      for (int i = 0; i < N; i++) {
        wide.slot[i * 3] += 0.5 * i;
        wide.rounds++;
        pair[i % 3].a++;
        pair[i % 3].b += i;
        matrix[i % 3][i % 5] += i;
      }
    }
  }
  struct pair p[3] = {{1, 10}, {2, 20}, {3, 30}};
  long m[3][5] = {{0}};
  int slot[20] = {0};
  for (int i = 0; i < N; i++) {
    slot[i % 20] += ROUNDS * i;
    p[i % 3].a = (char)(p[i % 3].a + ROUNDS);
    p[i % 3].b += ROUNDS * i;
    m[i % 3][i % 5] += ROUNDS * i;
    EXPECT_EQ(wide.slot[i * 3] * 2, ROUNDS * i);
  }
  EXPECT_EQ(sum, ROUNDS * N * (N - 1) / 2);
  EXPECT_EQ(odd.first, 0);
  EXPECT_EQ(odd.last, N - 1);
  for (int i = 0; i < 20; i++)
    EXPECT_EQ(odd.slot[i], slot[i]);
  EXPECT_EQ(wide.rounds, ROUNDS * N);
  EXPECT_EQ(wide.from, 77);
  for (int i = 0; i < 3; i++) {
    EXPECT_EQ(pair[i].a, p[i].a);
    EXPECT_EQ(pair[i].b, p[i].b);
    for (int k = 0; k < 5; k++)
      EXPECT_EQ(matrix[i][k], m[i][k]);
  }
  return expect_failures;
}
