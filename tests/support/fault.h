/* fault.h - fault injection: makes the n-th system call of a kind fail.
 *
 * A program linked with fault.c and QUERN_FAULT_LINK (its CMakeLists.txt) calls
 * the system through wrappers. Between fault_start and fault_stop, the call of
 * the planned kind with the planned number fails, and with `lasting` all later
 * ones too, as on a full disk. Calls within libraries are not affected, and
 * writing to standard error always works, so that errors can be reported.
 *
 * A parent process plans, its child (made by fork) starts, and the parent sees
 * what happened in the child.
 */
#ifndef QUERN_SUPPORT_FAULT_H
#define QUERN_SUPPORT_FAULT_H

#include <stdbool.h>
#include <stdint.h>

typedef enum FaultKind {
    FAULT_MEMORY, /* malloc, calloc, realloc, aligned_alloc, strdup */
    FAULT_OPEN,   /* open, openat, fopen, opendir, fdopendir, mkdir */
    FAULT_READ,   /* read, pread */
    FAULT_WRITE,  /* write, pwrite, fwrite */
    FAULT_SYNC,   /* fsync */
    FAULT_RENAME, /* renameat, fchmod */
    FAULT_MAP,    /* mmap */
    FAULT_THREAD, /* pthread_create */
    FAULT_KINDS
} FaultKind;

extern const char *const FAULT_NAMES[FAULT_KINDS];

/* number counts from 1; 0: none fails, calls are only counted. */
void fault_plan(FaultKind kind, uint64_t number, bool lasting);

void fault_start(void);
void fault_stop(void);

uint64_t fault_calls(void); /* of the kind, seen since fault_plan */
bool fault_met(void);       /* whether one was made to fail */

#endif
