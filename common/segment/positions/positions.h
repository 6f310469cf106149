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
    uint32_t run;         /* of `starts`; UINT32_MAX: none */
    /* Index of each posting's first value in the run; then their number. */
    uint32_t starts[1 + RUN_POSTINGS + 16];
} Positions;

/* Verifies checksums and structure of all positions of the term. */
NODISCARD Status positions_open(Segment *segment, const Postings *list,
                                Positions *out, Error *error);

/* The tf of a posting. */
uint32_t positions_count(Positions *positions, uint32_t number);

/* Where the positions of a posting are. They are found in three steps, each of
 * which prefetches the cache line that the next one reads: for dozens of
 * postings at a time. */
typedef struct PositionPlace {
    const uint8_t *at; /* the group, then the run */
    uint32_t number;   /* of the posting */
    uint16_t header;   /* of the run */
} PositionPlace;

void positions_fetch_directory(const Positions *positions, uint32_t number);
void positions_find_group(const Positions *positions, uint32_t number,
                          PositionPlace *place);
void positions_find_run(Positions *positions, PositionPlace *place);

/* The tf of a posting whose run was found, and its positions to out[0 ..
 * POSITIONS_FEW), if there are no more; else 0. After the last are numbers that
 * ascend from it. */
enum { POSITIONS_FEW = 16 };
uint32_t positions_get_few(Positions *positions, const PositionPlace *place,
                           uint32_t *out);

/* Writes the positions of a posting, ascending, to out, which has room for
 * `limit` and POSITIONS_ROOM more; returns how many: tf, or `limit` if that is
 * less. */
enum { POSITIONS_ROOM = 16 };
uint32_t positions_get(Positions *positions, uint32_t number, uint32_t *out,
                       uint32_t limit);

/* All positions of the postings 32 * run to 32 * run + 31 of a list whose
 * positions are not in its record: how many, and these, each posting's
 * ascending, to `out`, which has room for POSITIONS_ROOM more. */
uint64_t positions_run_count(Positions *positions, uint32_t run);
void positions_get_run(Positions *positions, uint32_t run, uint32_t *out);

/* Whether the positions of a posting ascend, are below POSITION_LIMIT and do
 * not include `gap`, unless that is 0. For checks: needs no memory for them. */
bool positions_legal(Positions *positions, uint32_t number, uint32_t gap);

#endif
