/* segment_output.h - writes the file of a segment, from its lists and its
 * documents. */
#ifndef QUERN_BUILD_SEGMENT_OUTPUT_H
#define QUERN_BUILD_SEGMENT_OUTPUT_H

#include "indexer/build/index_folder.h"
#include "indexer/build/pair_builder.h"
#include "indexer/build/segment_builder.h"

typedef struct SegmentOutput {
    const IndexFolder *folder; /* borrowed, claimed */
    PairOptions pairs;
    SegmentFacts facts; /* of its documents; lists and pairs are filled in */
    /* Writes the sections norms ... skip_log; write_norms fills the norm codes
     * of the facts. */
    Status (*write_documents)(void *self, SegmentWriter *out,
                              SegmentFacts *facts, Error *error);
    void *self; /* borrowed, of write_documents */
    /* What was written. */
    char name[SEGMENT_NAME_BYTES];
    uint64_t bytes, section_bytes[SECTION_KINDS];
} SegmentOutput;

/* All lists have been put into the builder, whose memory is released on the
 * way. A failure leaves no file. */
NODISCARD Status segment_output_write(SegmentOutput *output,
                                      SegmentBuilder *builder, Error *error);

#endif
