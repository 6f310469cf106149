/* pair_builder.h - the pairs of adjacent words of a segment.
 *
 * Made from the sections of its words and positions, once these are written, so
 * that they depend on the documents alone. FORMAT.md, pairs.
 */
#ifndef QUERN_BUILD_PAIR_BUILDER_H
#define QUERN_BUILD_PAIR_BUILDER_H

#include "common/segment/segment_writer.h"
#include "indexer/build/docid_map.h"

/* Which words have pairs. */
typedef struct PairOptions {
    uint32_t min_df;    /* D; PAIRS_AUTO: the smallest that the budget allows;
                           PAIRS_NONE */
    const char *folder; /* of temporary files */
    size_t memory;      /* about */
    /* The segments that the new one is made of: what they have lists of need
     * not be found again. None: everything is. Borrowed. */
    const ListSource *sources;
    size_t source_count;
} PairOptions;

/* Writes the sections of pairs, if there are any. All other sections have been
 * written. */
NODISCARD Status pair_builder_write(const PairOptions *options,
                                    const DocumentNorms *norms,
                                    SegmentWriter *out, SegmentFacts *facts,
                                    Error *error);

#endif
