/* postings_scan.h - all postings of a list in order, 128 at a time.
 *
 * One loop for all four classes, for checks, listings and tests. The executors
 * have faster ways.
 */
#ifndef QUERN_POSTINGS_POSTINGS_SCAN_H
#define QUERN_POSTINGS_POSTINGS_SCAN_H

#include "common/segment/postings/postings.h"

typedef struct PostingsScan {
    const Postings *list; /* borrowed */
    const uint8_t *norms; /* the section, verified where the list needs it;
                             NULL: no norm codes are wanted */
    uint32_t next;        /* number of the first posting of the next batch */
    uint32_t next_docid;  /* bitmap: where to look for it */
    /* The current batch; decoders write up to 15 values after it. */
    uint32_t count;
    uint32_t docids[BLOCK_POSTINGS + 16];
    uint32_t tfs[BLOCK_POSTINGS + 16];
    uint32_t codes[BLOCK_POSTINGS + 16]; /* norm codes */
} PostingsScan;

/* The list must have been opened by postings_open of this segment. */
void postings_scan_start(PostingsScan *scan, const Segment *segment,
                         const Postings *list);

/* The next batch; false after the last. */
bool postings_scan_next(PostingsScan *scan);

#endif
