/* progress.h - one line that tells how far a long job is.
 *
 * On a terminal the line is redrawn a few times a second, cut to its width;
 * elsewhere a line is written every 30 seconds; with -q nothing. progress_show
 * is cheap enough to be called for every batch or file. One thread at a time.
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

/* How much is done: items, bytes (0: not told), and which share of the whole
 * from 0 to 1 (negative: not known, so no time left). */
void progress_show(Progress *progress, uint64_t items, uint64_t bytes,
                   double share);

/* Takes the line away. */
void progress_end(Progress *progress);

/* Seconds of a clock that only goes forward. */
double clock_seconds(void);

#endif
