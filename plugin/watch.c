/* watch.c - see watch.h.
 *
 * The thread looks at the pages once per period, and sleeps on a condition when
 * no kernel has run for a while, so that a launch rarely has to wake it.  A
 * message names the device of the newest launch.
 *
 * Pairing: the device's release of HDL_FAULT_POSTED at system scope with the
 * acquire of `state` here makes the record's fields visible; the release of
 * HDL_FAULT_FREE here lets the next fault be claimed. */
#include "watch.h"

#include "device.h"
#include "output.h"
#include "page.h"
#include "plugin.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#define PERIOD_NS      1000000
#define PRINTING_NS    50000 /* the period while kernels print */
#define IDLE_PERIODS   100   /* without a launch, until the thread sleeps */
#define OUTPUT_PERIODS 1000  /* how long a fault waits for earlier output */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t launched = PTHREAD_COND_INITIALIZER;
static unsigned running;  /* launches that have not ended */
static int newest_device; /* of the latest of them */
static bool has_thread, is_asleep;

/* Held while a record is reported, so that it is reported once. */
static pthread_mutex_t reporting = PTHREAD_MUTEX_INITIALIZER;

static void pause_for(long ns) {
  nanosleep(&(struct timespec){.tv_nsec = ns}, NULL);
}

/* What the device had printed before `fault` is to be written first.  Other
 * threads of the device may still be completing records before that. */
static void write_output_before(struct hdl_host_page *page,
                                const struct hdl_fault *fault) {
  for (int i = 0; i < OUTPUT_PERIODS; i++) {
    hdl_output_drain();
    if (hdl_output_is_before(page, fault))
      return;
    pause_for(PERIOD_NS);
  }
  hdl_output_rescue();
}

/* Report what is posted, if anything; does not return from a fatal fault. */
static void look_at_page(struct hdl_host_page *page) {
  struct hdl_fault *posted = &page->fault;
  if (__atomic_load_n(&posted->state, __ATOMIC_ACQUIRE) != HDL_FAULT_POSTED)
    return;
  pthread_mutex_lock(&reporting);
  if (__atomic_load_n(&posted->state, __ATOMIC_ACQUIRE) == HDL_FAULT_POSTED) {
    pthread_mutex_lock(&lock);
    int device = newest_device;
    pthread_mutex_unlock(&lock);
    write_output_before(page, posted);
    hdl_fault_report(posted, hdl_device_name(device));
    __atomic_store_n(&posted->state, HDL_FAULT_FREE, __ATOMIC_RELEASE);
  }
  pthread_mutex_unlock(&reporting);
}

static void look_at_pages(void) {
  for (struct hdl_host_page *page = NULL; (page = hdl_page_next(page));)
    look_at_page(page);
}

static void *watch(void *unused) {
  (void)unused;
  for (unsigned idle = 0;; idle++) {
    pthread_mutex_lock(&lock);
    if (running > 0)
      idle = 0;
    is_asleep = idle >= IDLE_PERIODS;
    while (is_asleep)
      pthread_cond_wait(&launched, &lock);
    pthread_mutex_unlock(&lock);
    look_at_pages();
    pause_for(hdl_output_drain() ? PRINTING_NS : PERIOD_NS);
  }
  return NULL;
}

/* libomptarget calls abort() when a kernel has failed in a way that the device
 * could not report.  What it has printed is still there. */
static void on_abort(int number) {
  hdl_output_rescue();
  signal(number, SIG_DFL); /* abort() raises it again */
}

static void rescue_output_at_abort(void) {
  struct sigaction old, ours = {.sa_handler = on_abort};
  if (sigaction(SIGABRT, NULL, &old) == 0 && !(old.sa_flags & SA_SIGINFO) &&
      old.sa_handler == SIG_DFL)
    sigaction(SIGABRT, &ours, NULL);
}

/* Start the thread, deaf to the program's signals.  The lock is held. */
static void start_thread(void) {
  pthread_t thread;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int error = pthread_create(&thread, NULL, watch, NULL);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (error)
    hdl_die("cannot start the thread that reads what the device prints and "
            "reports (%s)",
            strerror(error));
  pthread_detach(thread);
  has_thread = true;
  rescue_output_at_abort();
}

void hdl_watch_begin(int device) {
  if (!hdl_page_next(NULL))
    return;
  pthread_mutex_lock(&lock);
  if (!has_thread)
    start_thread();
  newest_device = device;
  running++;
  if (is_asleep) {
    is_asleep = false;
    pthread_cond_signal(&launched);
  }
  pthread_mutex_unlock(&lock);
}

void hdl_watch_end(void) {
  if (!hdl_page_next(NULL))
    return;
  look_at_pages(); /* a note of the kernel's last microseconds */
  pthread_mutex_lock(&lock);
  bool alone = --running == 0;
  pthread_mutex_unlock(&lock);
  hdl_output_finish(alone);
}
