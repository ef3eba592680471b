/* Preloaded into a process, shifts the time of day that it reads by CLOCK_SHIFT seconds; with "swing" it
   jumps an hour ahead and back again every second. The clock for waiting is left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

static int (*real)(clockid_t, struct timespec *);

static long shift(long now) {
  const char *how = getenv("CLOCK_SHIFT");
  if (how == NULL) {
    return 0;
  }
  return strcmp(how, "swing") == 0 ? (now % 2 == 0 ? 3600 : -3600) : atol(how);
}

int clock_gettime(clockid_t clock, struct timespec *to) {
  if (real == NULL) {
    real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  }
  int result = real(clock, to);
  if (result == 0 && clock == CLOCK_REALTIME) {
    to->tv_sec += shift(to->tv_sec);
  }
  return result;
}

int gettimeofday(struct timeval *restrict to, void *restrict zone) {
  struct timespec now;
  (void)zone;
  int result = clock_gettime(CLOCK_REALTIME, &now);
  to->tv_sec = now.tv_sec;
  to->tv_usec = now.tv_nsec / 1000;
  return result;
}

time_t time(time_t *to) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (to != NULL) {
    *to = now.tv_sec;
  }
  return now.tv_sec;
}
