/* watch.h - a host thread that reads what kernels post on the host pages. */
#ifndef HDL_WATCH_H
#define HDL_WATCH_H

/* A kernel is about to run on GPU device `device`; it has ended. */
void hdl_watch_begin(int device);
void hdl_watch_end(void);

#endif /* HDL_WATCH_H */
