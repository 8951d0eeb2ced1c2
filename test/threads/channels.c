// Channels keep the order of one sender, lose nothing, block when full or
// empty, meet with capacity 0, and close (<heddle.h>).
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <heddle.h>

enum { SENDERS = 8, RECEIVERS = 6, EACH = 30 };

struct message {
  int sender, number;
  char pad[5]; /* not whole words */
};
struct job {
  heddle_channel *c;
  int number, taken, disorder, sum;
};

static int sender(void *p) {
  struct job *job = p;
  for (int i = 0; i < EACH; i++) {
    struct message m = {.sender = job->number, .number = i};
    if (heddle_channel_send(job->c, &m) != thrd_success)
      return 1;
  }
  return 0;
}

static int receiver(void *p) {
  struct job *job = p;
  int last[SENDERS];
  for (int i = 0; i < SENDERS; i++)
    last[i] = -1;
  struct message m;
  while (heddle_channel_receive(job->c, &m) == thrd_success) {
    job->disorder += m.number <= last[m.sender];
    last[m.sender] = m.number;
    job->taken++;
    job->sum += m.sender * EACH + m.number;
  }
  return 0;
}

static int sends_once(void *p) {
  int value = 5;
  return heddle_channel_send((heddle_channel *)p, &value);
}

int main(void) {
  int taken[3] = {0}, disorder[3] = {0}, sum[3] = {0}, failed[3] = {0};
  int tries = 0, closed = 0, drained = 0, aborted = 0;
#pragma omp target map(tofrom : taken, disorder, sum, failed, tries, closed,   \
                           drained, aborted)
  {
    static const int capacity[3] = {0, 1, 7};
    for (int k = 0; k < 3; k++) {
      struct message buffer[7];
      heddle_channel c;
      heddle_channel_init(&c, buffer, (size_t)capacity[k], sizeof *buffer);
      struct job out[SENDERS], in[RECEIVERS];
      thrd_t s[SENDERS], r[RECEIVERS];
      for (int i = 0; i < RECEIVERS; i++) {
        in[i] = (struct job){.c = &c};
        thrd_create(&r[i], receiver, &in[i]);
      }
      for (int i = 0; i < SENDERS; i++) {
        out[i] = (struct job){.c = &c, .number = i};
        thrd_create(&s[i], sender, &out[i]);
      }
      for (int i = 0; i < SENDERS; i++) {
        int result;
        thrd_join(s[i], &result);
        failed[k] += result;
      }
      heddle_channel_close(&c);
      for (int i = 0; i < RECEIVERS; i++) {
        thrd_join(r[i], NULL);
        taken[k] += in[i].taken;
        disorder[k] += in[i].disorder;
        sum[k] += in[i].sum;
      }
    }
    int two[2], value = 1;
    heddle_channel c;
    heddle_channel_init(&c, two, 2, sizeof *two);
    tries += heddle_channel_try_receive(&c, &value) == thrd_busy;
    tries += heddle_channel_try_send(&c, &value) == thrd_success;
    value = 2;
    tries += heddle_channel_try_send(&c, &value) == thrd_success;
    tries += heddle_channel_try_send(&c, &value) == thrd_busy;
    thrd_t id;
    thrd_create(&id, sends_once, &c);
    for (int i = 0; i < 20; i++)
      thrd_yield();
    heddle_channel_close(&c);
    thrd_join(id, &aborted);
    closed = heddle_channel_send(&c, &value);
    drained += heddle_channel_receive(&c, &value) == thrd_success ? value : 0;
    drained += heddle_channel_receive(&c, &value) == thrd_success ? value : 0;
    drained += heddle_channel_receive(&c, &value) == thrd_error;
    drained += heddle_channel_try_receive(&c, &value) == thrd_error;
  }
  int n = SENDERS * EACH;
  for (int k = 0; k < 3; k++) {
    EXPECT_EQ(taken[k], n);
    EXPECT_EQ(sum[k], n * (n - 1) / 2);
    EXPECT_EQ(disorder[k], 0);
    EXPECT_EQ(failed[k], 0);
  }
  EXPECT_EQ(tries, 4);
  EXPECT_EQ(closed, thrd_error);
  EXPECT_EQ(aborted, thrd_error);
  EXPECT_EQ(drained, 5);
  return expect_failures;
}
