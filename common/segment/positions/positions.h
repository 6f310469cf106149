/* positions.h - the positions of a term in a document, found in O(1).
 *
 * A reader is one query's access to one term's positions in one segment. The
 * caller names a posting by its ordinal (0 .. df - 1).
 */
#ifndef QUERN_POSITIONS_POSITIONS_H
#define QUERN_POSITIONS_POSITIONS_H

#include "common/segment/postings/postings.h"

typedef struct Positions {
    const Postings *list; /* borrowed */
    const uint8_t *data;  /* start of the term's positions */
    uint32_t run;         /* whose tf values are decoded; UINT32_MAX: none */
    uint32_t tfs[RUN_POSTINGS + 16]; /* 0 after the last of the list */
} Positions;

/* Verifies checksums and structure of all positions of the term. */
NODISCARD Status positions_open(Segment *segment, const Postings *list,
                                Positions *out, Error *error);

/* The tf of a posting. */
uint32_t positions_count(Positions *positions, uint32_t number);

/* Prefetch the cache lines that positions_get will read, one after the other
 * once the line before is there: where the group is, the group's header and the
 * tf values, the positions. For dozens of postings at a time. */
void positions_fetch_directory(const Positions *positions, uint32_t number);
void positions_fetch_group(const Positions *positions, uint32_t number);
void positions_fetch_values(const Positions *positions, uint32_t number);

/* Writes the positions of a posting, ascending, to out, which has room for
 * `limit`; returns how many: tf, or `limit` if that is less. */
uint32_t positions_get(Positions *positions, uint32_t number, uint32_t *out,
                       uint32_t limit);

/* All positions of the postings 32 * run to 32 * run + 31 of a list whose
 * positions are not in its record: how many, and these, each posting's
 * ascending, to `out`, which has room for 16 more. */
uint64_t positions_run_count(Positions *positions, uint32_t run);
void positions_get_run(Positions *positions, uint32_t run, uint32_t *out);

/* Whether the positions of a posting ascend, are below POSITION_LIMIT and do
 * not include `gap`, unless that is 0. For checks: needs no memory for them. */
bool positions_legal(Positions *positions, uint32_t number, uint32_t gap);

#endif
