// actors.c - thousands of small state machines that send each other messages.
//
//   clang-22 --config=build/heddle.cfg -O2 examples/actors.c -o actors
//   ./actors [actors [hops]]
//
// Each actor is a thread with a mailbox, which is a channel, and a state.
// TOKENS messages travel: an actor changes its state, and the token, and sends
// it on to an actor that both determine.  Who gets a token that has made all
// its hops tells the stage, which at last closes the mailboxes.

#include <heddle.h>
#include <stdio.h>
#include <stdlib.h>

enum { TOKENS = 16 };

enum state { FRESH = 1, BUSY, WISE };

struct token {
  unsigned value;
  int hops; /* still to make */
};
struct stage {
  struct actor *actor;
  unsigned size;
  heddle_sem finished;
};
struct actor {
  heddle_channel mail;
  struct token letter[TOKENS]; /* all could be here: sending never blocks */
  struct stage *stage;
  unsigned number, played;
  enum state state;
};

/* Where the token goes, and what the actor becomes. */
static unsigned play(struct actor *me, struct token *t) {
  t->value = t->value * 1664525 + 1013904223 + me->number;
  me->played++;
  switch (me->state) {
  case FRESH:
    me->state = BUSY;
    break;
  case BUSY:
    if (me->played >= 10)
      me->state = WISE;
    break;
  case WISE:
    t->value ^= me->played;
    break;
  }
  return (t->value >> 8) % me->stage->size;
}

static int act(void *p) {
  struct actor *me = p;
  struct token t;
  while (heddle_channel_receive(&me->mail, &t) == thrd_success) {
    if (t.hops == 0) {
      heddle_sem_release(&me->stage->finished, 1);
      continue;
    }
    t.hops--;
    unsigned next = play(me, &t);
    heddle_channel_send(&me->stage->actor[next].mail, &t);
  }
  return (int)me->played;
}

int main(int argc, char **argv) {
  int n = argc > 1 ? atoi(argv[1]) : 4000;
  int hops = argc > 2 ? atoi(argv[2]) : 1000;
  if (n < 1 || hops < 0) {
    fprintf(stderr, "usage: %s [actors [hops]]\n", argv[0]);
    return 2;
  }
  long played = 0;
  int created = 0, busiest = 0, wanted = n;

#pragma omp target map(tofrom : played, created, busiest, n)
  {
    if (n > heddle_max_live_threads()) /* all wait for each other */
      n = heddle_max_live_threads();
    struct stage stage = {.size = (unsigned)n};
    heddle_sem_init(&stage.finished, 0);
    stage.actor = calloc((size_t)n, sizeof *stage.actor);
    thrd_t *id = calloc((size_t)n, sizeof *id);
    for (int i = 0; i < n; i++) {
      struct actor *a = &stage.actor[i];
      heddle_channel_init(&a->mail, a->letter, TOKENS, sizeof *a->letter);
      a->stage = &stage;
      a->number = (unsigned)i;
      a->state = FRESH;
    }
    while (created < n && thrd_create(&id[created], act,
                                      &stage.actor[created]) == thrd_success)
      created++;
    if (created == n) {
      for (unsigned i = 0; i < TOKENS; i++) {
        struct token t = {.value = i, .hops = hops};
        heddle_channel_send(&stage.actor[i % stage.size].mail, &t);
      }
      for (int i = 0; i < TOKENS; i++)
        heddle_sem_acquire(&stage.finished);
    }
    for (int i = 0; i < created; i++)
      heddle_channel_close(&stage.actor[i].mail);
    for (int i = 0; i < created; i++) {
      int count;
      thrd_join(id[i], &count);
      played += count;
      if (count > busiest)
        busiest = count;
    }
    free(id);
    free(stage.actor);
  }

  if (n < wanted)
    printf("only %d of %d actors find a place on the device\n", n, wanted);
  printf("%d actors played %ld scenes, the busiest one %d\n", created, played,
         busiest);
  return created == n && played == (long)TOKENS * hops ? 0 : 1;
}
