/* pair_record.h - reads the record of a pair (FORMAT.md, pairs). */
#ifndef QUERN_PAIRS_PAIR_RECORD_H
#define QUERN_PAIRS_PAIR_RECORD_H

#include "common/segment/dictionary/dictionary.h"

/* Fills `out` with is_pair. Everything that can be known without the list is
 * checked: counts, widths, class. `bytes` are of the section pairs. */
NODISCARD Status pair_record_parse(const Segment *segment, uint32_t number,
                                   Span bytes, TermRecord *out, Error *error);

#endif
