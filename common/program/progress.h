/* progress.h - a line that shows the progress of a long job.
 *
 * On a terminal the line is redrawn a few times a second, truncated to its
 * width; elsewhere a line is written every 30 seconds; with -q nothing.
 * progress_show is cheap enough for every batch or file. Not thread-safe.
 *
 *   indexing: 123,456 documents, 45 MB, 34 MB/s, 41 %, 0:12 left
 */
#ifndef QUERN_PROGRAM_PROGRESS_H
#define QUERN_PROGRAM_PROGRESS_H

#include <stdint.h>

typedef struct Progress {
    const char *job;   /* "indexing", borrowed */
    const char *items; /* "documents", borrowed */
    double started;    /* seconds of clock_seconds */
    double shown;      /* when a line was last shown */
} Progress;

void progress_start(Progress *progress, const char *job, const char *items);

/* The progress so far: items, bytes (0: not shown), and the share of the whole
 * from 0 to 1 (negative: unknown, no time left is shown). */
void progress_show(Progress *progress, uint64_t items, uint64_t bytes,
                   double share);

/* Removes the line. */
void progress_end(Progress *progress);

#endif
