/* cuda.h - CUDA C peers: a call that fails ends the program with its place. */
#ifndef LEAGUE_CUDA_H
#define LEAGUE_CUDA_H

#include <stdio.h>
#include <stdlib.h>

#define CUDA(call)                                                             \
  do {                                                                         \
    cudaError_t error = (call);                                                \
    if (error != cudaSuccess) {                                                \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__,                       \
              cudaGetErrorString(error));                                      \
      exit(1);                                                                 \
    }                                                                          \
  } while (0)

#endif /* LEAGUE_CUDA_H */
