/* build_summary.h - what a build tells at its end. */
#ifndef QUERN_INDEXER_BUILD_SUMMARY_H
#define QUERN_INDEXER_BUILD_SUMMARY_H

#include "common/base/buf.h"
#include "indexer/build/build.h"

/* A few lines for people, without the program's name; verbose: also how many
 * bytes each section has. */
void put_summary(Buf *out, const char *folder, const BuildReport *report,
                 bool verbose);

/* One JSON object and a line feed. */
void put_summary_json(Buf *out, const char *folder, const BuildReport *report);

#endif
