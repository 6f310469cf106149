/* segment_set.h - everything taken in becomes the segments of an index.
 *
 * With `--segments N` documents are cut into N runs of equal length, rounded
 * up to a multiple of 16 documents so that stored frames stay whole; a small
 * collection may so have fewer segments. The average length and with it
 * bounds are of the whole index.
 */
#ifndef QUERN_INDEXER_SEGMENT_SET_H
#define QUERN_INDEXER_SEGMENT_SET_H

#include "common/segment/manifest.h"
#include "indexer/intake.h"

/* Writes the files and fills in what the manifest says of them: segments and
 * counts; its arena holds the names. Adds to the report. */
NODISCARD Status write_segments(Intake *intake, Manifest *manifest,
                                BuildReport *report, Error *error);

#endif
