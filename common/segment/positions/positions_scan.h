/* positions_scan.h - all positions of a list in order, those of 128 postings at
 * a time, as they are encoded.
 *
 * For merging and for checks of whole lists, next to a PostingsScan; the
 * executors use positions.h. Everything is verified as it is read.
 */
#ifndef QUERN_POSITIONS_POSITIONS_SCAN_H
#define QUERN_POSITIONS_POSITIONS_SCAN_H

#include "common/segment/postings/posting_batch.h"
#include "common/segment/postings/postings.h"

typedef struct PositionsScan {
    Segment *segment;     /* borrowed */
    const Postings *list; /* borrowed */
    uint32_t group;       /* the next */
    uint64_t offset;      /* where it begins, from the term's start */
    uint32_t postings;    /* read so far */
    uint64_t total;       /* positions of these */
} PositionsScan;

/* The list, which has positions, must have been opened by postings_open of this
 * segment. */
NODISCARD Status positions_scan_start(PositionsScan *scan, Segment *segment,
                                      const Postings *list, Error *error);

/* The positions of the next postings, all of a group: batch->count and their
 * tfs are known; fills positions and position_count. */
NODISCARD Status positions_scan_next(PositionsScan *scan, PostingBatch *batch,
                                     Error *error);

#endif
