/* positions.h - where in a document a term stands, reached in O(1).
 *
 * A reader is one query's access to one term's positions in one segment. The
 * caller tells it which posting it is on by its number (0 .. df - 1).
 */
#ifndef QUERN_POSITIONS_POSITIONS_H
#define QUERN_POSITIONS_POSITIONS_H

#include "common/segment/postings/postings.h"

typedef struct Positions {
    const Postings *list; /* borrowed */
    const uint8_t *data;  /* start of the term's positions */
    uint32_t group;       /* whose tf values are decoded; UINT32_MAX: none */
    uint32_t tfs[BLOCK_POSTINGS + 16];
} Positions;

/* Verifies checksums and structure of all positions of the term. */
NODISCARD Status positions_open(Segment *segment, const Postings *list,
                                Positions *out, Error *error);

/* Writes the positions of a posting, ascending, to out, which has room for
 * `limit`; how many it has, at most `limit`: tf, or fewer to cut it off. */
uint32_t positions_get(Positions *positions, uint32_t number, uint32_t *out,
                       uint32_t limit);

/* Whether the positions of a posting ascend and are below POSITION_LIMIT, and
 * none is `gap`, unless that is 0. For checks: holds none of them. */
bool positions_legal(Positions *positions, uint32_t number, uint32_t gap);

#endif
