/* build_summary.h - the summary of a build. */
#ifndef QUERN_INDEXER_BUILD_SUMMARY_H
#define QUERN_INDEXER_BUILD_SUMMARY_H

#include "common/base/buf.h"
#include "indexer/build/build.h"

/* A few lines without the program's name; verbose: also the size of each
 * section. */
void put_summary(Buf *out, const char *folder, const BuildReport *report,
                 bool verbose);

/* One JSON object and a line feed. */
void put_summary_json(Buf *out, const char *folder, const BuildReport *report);

#endif
