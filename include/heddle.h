/* heddle.h - what Heddle offers beyond OpenMP and <threads.h>.
 *
 * The same source compiles for the device and for the host; on the host the
 * functions are those of heddle_host.h, over POSIX threads.
 *
 * Results are <threads.h>'s: thrd_success, thrd_busy, thrd_error, thrd_nomem,
 * thrd_timedout.  Unless said otherwise, any thread may call a function, also an
 * OpenMP thread; a thread that blocks gives its warp to another one, except in
 * a nested parallel region, whose lanes wait by looking.  Objects of all zeroes
 * are initialised, as with the count or size 0.  Times are nanoseconds from the
 * call on.  docs/threads.md teaches all this. */
#ifndef HEDDLE_H
#define HEDDLE_H

#include <stddef.h>
#include <stdint.h>
#include <threads.h>
#ifndef __NVPTX__
#include <stdlib.h>
#include <string.h>
#include <time.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Where a thread may be asked to start: anywhere; in the creator's block, whose
 * warps are on one SM; in block number n; on SM number n. */
enum { HEDDLE_ANYWHERE = -1, HEDDLE_NEAR = -2 };
#define HEDDLE_ON_SM(n) (-3 - (n))

/** What heddle_spawn makes; all zeroes but `place` are the defaults. */
typedef struct heddle_options {
  const char *name;   /* copied, the first 31 bytes; NULL: none */
  size_t stack_bytes; /* limit of variables others may see; 0: memory's end */
  int place;          /* a preference: elsewhere if that is full */
  int detached;       /* 1: never joined */
} heddle_options;

typedef struct heddle_rwlock {
  uint64_t opaque[7];
} heddle_rwlock;
typedef struct heddle_sem {
  uint64_t opaque[4];
} heddle_sem;
typedef struct heddle_latch {
  uint64_t opaque[4];
} heddle_latch;
typedef struct heddle_barrier {
  uint64_t opaque[4];
} heddle_barrier;
typedef struct heddle_once {
  uint64_t opaque[2];
} heddle_once;
typedef struct heddle_channel {
  uint64_t opaque[10];
} heddle_channel;

#ifndef __NVPTX__
#include <heddle_host.h>
#else

/** The warp that runs the calling thread: its number in the kernel launch, from
 * 0.  Constant while a tied task or an explicit thread runs. */
int heddle_warp_id(void);

/** The multiprocessor that runs the calling thread, below heddle_sm_count().  Not
 * every number need belong to one; a thread whose place is such a number starts
 * anywhere.  On the host there is one. */
int heddle_sm(void);
int heddle_sm_count(void);

/* ------------------------------------------------------------------------
 * Threads */

/** How many threads can run at the same time: the warps of the launch. */
int heddle_available_parallelism(void);

/** How many explicit threads can have begun and not ended at the same time: 31
 * for each warp.  Others wait until one of those ends, so that a program must
 * not have more threads than this wait for each other. */
int heddle_max_live_threads(void);

/**
 * Create a thread, as thrd_create does, with options (NULL: none).
 *
 * @return thrd_success; thrd_nomem: nothing has happened; thrd_error: `place`
 *         is no place.  `id` may be NULL.
 */
int heddle_spawn(thrd_t *id, int (*function)(void *), void *argument,
                 const heddle_options *options);

/** Call `function(argument)` and then wait for all threads that it, or a thread
 * it created, has created and not joined. */
void heddle_scope(void (*function)(void *), void *argument);

/** The calling thread's id, which no other thread ever has: thrd_current() as a
 * number. */
uint64_t heddle_thread_id(void);

/** Name a thread, also an OpenMP one.  thrd_error: there is no such thread. */
int heddle_set_name(thrd_t id, const char *name);
/** Copy at most `bytes`, with a nul; thrd_error as above. */
int heddle_get_name(thrd_t id, char *name, size_t bytes);

/** Wait until somebody unparks the calling thread; if that has happened since
 * the last time, not at all. */
void heddle_park(void);
/** The same for at most `ns`: thrd_success or thrd_timedout. */
int heddle_park_for(uint64_t ns);
/** thrd_error: there is no such thread. */
int heddle_unpark(thrd_t id);

/* ------------------------------------------------------------------------
 * Blocking objects.  Waiting threads are served in the order they came; nobody
 * who comes later passes them. */

/** Many readers or one writer.  thrd_error: the caller has it for writing, or,
 * when unlocking, does not have it.  The try functions return thrd_busy. */
void heddle_rwlock_init(heddle_rwlock *lock);
int heddle_rwlock_read(heddle_rwlock *lock);
int heddle_rwlock_write(heddle_rwlock *lock);
int heddle_rwlock_try_read(heddle_rwlock *lock);
int heddle_rwlock_try_write(heddle_rwlock *lock);
int heddle_rwlock_unlock(heddle_rwlock *lock);

/** A counting semaphore. */
void heddle_sem_init(heddle_sem *sem, uint32_t units);
void heddle_sem_acquire(heddle_sem *sem);
int heddle_sem_try_acquire(heddle_sem *sem);              /* thrd_busy */
int heddle_sem_acquire_for(heddle_sem *sem, uint64_t ns); /* thrd_timedout */
void heddle_sem_release(heddle_sem *sem, uint32_t units);

/** A latch opens for good when it has been counted down to 0. */
void heddle_latch_init(heddle_latch *latch, uint32_t count);
void heddle_latch_count_down(heddle_latch *latch, uint32_t n);
int heddle_latch_try_wait(heddle_latch *latch); /* thrd_busy */
void heddle_latch_wait(heddle_latch *latch);

/** `size` threads meet, again and again.  wait returns 1 to one thread of each
 * round and 0 to the others; init returns thrd_error for size 0. */
int heddle_barrier_init(heddle_barrier *barrier, uint32_t size);
int heddle_barrier_wait(heddle_barrier *barrier);

/** `make(argument)`, which is called by the first who asks. */
void *heddle_once_value(heddle_once *once, void *(*make)(void *),
                        void *argument);

/**
 * A channel hands values of `bytes` bytes from any senders to any receivers in
 * the order they were sent, and holds `capacity` of them in `buffer`, which the
 * caller provides.  With capacity 0 sender and receiver meet.
 *
 * send and receive block; the try functions return thrd_busy.  thrd_error: the
 * channel is closed, and, for a receiver, empty.  Closing wakes everybody; what
 * a blocked sender wanted to send is not sent.
 */
void heddle_channel_init(heddle_channel *channel, void *buffer, size_t capacity,
                         size_t bytes);
int heddle_channel_send(heddle_channel *channel, const void *value);
int heddle_channel_try_send(heddle_channel *channel, const void *value);
int heddle_channel_receive(heddle_channel *channel, void *value);
int heddle_channel_try_receive(heddle_channel *channel, void *value);
void heddle_channel_close(heddle_channel *channel);

/* ------------------------------------------------------------------------
 * Lanes */

/** Run `function(argument)` on the calling thread and all free lanes of its
 * warp at the same time, and wait for them.  Other threads of the warp cannot run
 * meanwhile, so the function must not wait for one.  In a league there is one
 * lane.  What they call below works on all of them and must be called by all of
 * them; outside there is one lane. */
void heddle_lanes(void (*function)(void *), void *argument);

/** The calling lane's number, from 0, and how many there are. */
int heddle_lane(void);
int heddle_lane_count(void);
/** Bit i says whether lane i's `vote` is not 0. */
uint32_t heddle_ballot(int vote);
/** The value of lane `lane`. */
uint64_t heddle_shuffle(uint64_t value, int lane);
/** The sum over all lanes, in all lanes. */
uint64_t heddle_reduce_add(uint64_t value);

#endif /* __NVPTX__ */

#ifdef __cplusplus
}
#endif
#endif /* HEDDLE_H */
