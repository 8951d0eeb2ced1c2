/* watch.c - see watch.h.
 *
 * The thread looks at the page once per period, and sleeps on a condition when
 * no kernel has run for a while, so that a launch rarely has to wake it.  One
 * page serves all devices; a message names the device of the newest launch.
 *
 * Pairing: the device's release of HDL_FAULT_POSTED at system scope with the
 * acquire of `state` here makes the record's fields visible; the release of
 * HDL_FAULT_FREE here lets the next fault be claimed. */
#include "watch.h"

#include "device.h"
#include "page.h"
#include "plugin.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#define PERIOD_NS    1000000
#define IDLE_PERIODS 100 /* without a launch, until the thread sleeps */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t launched = PTHREAD_COND_INITIALIZER;
static unsigned running;  /* launches that have not ended */
static int newest_device; /* of the latest of them */
static bool has_thread, is_asleep;

/* Held while a record is reported, so that it is reported once. */
static pthread_mutex_t reporting = PTHREAD_MUTEX_INITIALIZER;

/* Report what is posted, if anything; does not return from a fatal fault. */
static void look_at_page(struct hdl_fault *posted) {
  pthread_mutex_lock(&reporting);
  if (__atomic_load_n(&posted->state, __ATOMIC_ACQUIRE) == HDL_FAULT_POSTED) {
    pthread_mutex_lock(&lock);
    int device = newest_device;
    pthread_mutex_unlock(&lock);
    hdl_fault_report(posted, hdl_device_name(device));
    __atomic_store_n(&posted->state, HDL_FAULT_FREE, __ATOMIC_RELEASE);
  }
  pthread_mutex_unlock(&reporting);
}

static void *watch(void *argument) {
  struct hdl_fault *posted = argument;
  for (unsigned idle = 0;; idle++) {
    pthread_mutex_lock(&lock);
    if (running > 0)
      idle = 0;
    is_asleep = idle >= IDLE_PERIODS;
    while (is_asleep)
      pthread_cond_wait(&launched, &lock);
    pthread_mutex_unlock(&lock);
    look_at_page(posted);
    nanosleep(&(struct timespec){.tv_nsec = PERIOD_NS}, NULL);
  }
  return NULL;
}

/* Start the thread, deaf to the program's signals.  The lock is held. */
static void start_thread(struct hdl_host_page *page) {
  pthread_t thread;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int error = pthread_create(&thread, NULL, watch, &page->fault);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (error)
    hdl_warn("cannot start the thread that reports device faults (%s); a "
             "fault will look like a hang of two seconds and a trap",
             strerror(error));
  else
    pthread_detach(thread);
  has_thread = true;
}

void hdl_watch_begin(int device) {
  struct hdl_host_page *page = hdl_page();
  if (!page)
    return;
  pthread_mutex_lock(&lock);
  if (!has_thread)
    start_thread(page);
  newest_device = device;
  running++;
  if (is_asleep) {
    is_asleep = false;
    pthread_cond_signal(&launched);
  }
  pthread_mutex_unlock(&lock);
}

void hdl_watch_end(void) {
  struct hdl_host_page *page = hdl_page();
  if (!page)
    return;
  look_at_page(&page->fault); /* a note of the kernel's last microseconds */
  pthread_mutex_lock(&lock);
  running--;
  pthread_mutex_unlock(&lock);
}
