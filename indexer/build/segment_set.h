/* segment_set.h - writes the segments of an index.
 *
 * With several segments, each gets the same number of documents, to within 16
 * so that stored frames stay whole; with fewer than 16 documents per segment,
 * to within one. The average length and with
 * it bounds are of the whole index; the skip log is in the first segment.
 */
#ifndef QUERN_BUILD_SEGMENT_SET_H
#define QUERN_BUILD_SEGMENT_SET_H

#include "common/segment/manifest.h"
#include "indexer/build/intake.h"

/* Writes the files, and adds their names, segments and counts to the manifest,
 * whose arena holds the names, and to the report. */
NODISCARD Status write_segments(Intake *intake, Manifest *manifest,
                                BuildReport *report, Error *error);

#endif
