/* position_group_writer.h - packs the positions of up to 128 postings. */
#ifndef QUERN_POSITIONS_POSITION_GROUP_WRITER_H
#define QUERN_POSITIONS_POSITION_GROUP_WRITER_H

#include "common/base/buf.h"

/* Appends the group of `df` postings: `values` are their positions, of each
 * posting the first and then differences - 1, as many as its tf. */
void position_group_put(Buf *out, const uint32_t *values, const uint32_t *tfs,
                        uint32_t df);

#endif
