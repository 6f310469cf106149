/* thread.h - starts a thread that runs no signal handler of the program. */
#ifndef QUERN_BASE_THREAD_H
#define QUERN_BASE_THREAD_H

#include <pthread.h>

/* As pthread_create, with all signals blocked in the thread except those of
 * faults: a program expects its handlers to run in threads of its own. */
int thread_create(pthread_t *thread, void *(*run)(void *), void *argument);

#endif
