/* heddle_pthread.h - POSIX threads on the device: the system's <pthread.h>,
 * whose types both sides share, of which the device runtime defines
 *
 *   threads    create join detach self equal exit; attr: init destroy,
 *              stack size, detach state; setname_np getname_np
 *   mutex      init destroy lock trylock timedlock unlock; types normal,
 *              recursive, errorcheck and default
 *   cond       init destroy wait timedwait signal broadcast; clock
 *   rwlock     init destroy, rdlock wrlock, try and timed, unlock
 *   barrier    init destroy wait
 *   once; key_create key_delete getspecific setspecific
 *
 * Programs may include <pthread.h> alone; this header checks besides that the
 * system's types are as the runtime expects. */
#ifndef HEDDLE_PTHREAD_H
#define HEDDLE_PTHREAD_H

#include <pthread.h>

#if defined(__NVPTX__) && !defined(__cplusplus)
_Static_assert(sizeof(pthread_t) == 8, "pthread_t");
_Static_assert(sizeof(pthread_attr_t) >= 16, "pthread_attr_t");
_Static_assert(sizeof(pthread_mutex_t) >= 40, "pthread_mutex_t");
_Static_assert(sizeof(pthread_cond_t) >= 48, "pthread_cond_t");
_Static_assert(sizeof(pthread_rwlock_t) >= 56, "pthread_rwlock_t");
_Static_assert(sizeof(pthread_barrier_t) >= 32, "pthread_barrier_t");
_Static_assert(sizeof(pthread_once_t) == 4, "pthread_once_t");
_Static_assert(sizeof(pthread_key_t) == 4, "pthread_key_t");
_Static_assert(sizeof(pthread_mutexattr_t) >= 4, "pthread_mutexattr_t");
_Static_assert(sizeof(pthread_condattr_t) >= 4, "pthread_condattr_t");
#endif

#endif /* HEDDLE_PTHREAD_H */
