/* segment_set.h - everything taken in becomes the segments of an index.
 *
 * With `--segments N` documents are cut into N runs of equal length, give or
 * take 16 documents so that stored frames stay whole; where there are fewer
 * than 16 documents a segment, to the document. The average length and with
 * it bounds are of the whole index; the skip log is in the first segment.
 */
#ifndef QUERN_BUILD_SEGMENT_SET_H
#define QUERN_BUILD_SEGMENT_SET_H

#include "common/segment/manifest.h"
#include "indexer/build/intake.h"

/* Writes the files and fills in what the manifest says of them: segments and
 * counts; its arena holds the names. Adds to the report. */
NODISCARD Status write_segments(Intake *intake, Manifest *manifest,
                                BuildReport *report, Error *error);

#endif
