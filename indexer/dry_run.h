/* dry_run.h - shows the first documents of the input, and writes nothing. */
#ifndef QUERN_INDEXER_DRY_RUN_H
#define QUERN_INDEXER_DRY_RUN_H

#include "indexer/build/build.h"

#include <stdio.h>

/* Prints to `out`; with `json` one object per line. Formats and skipped records
 * are reported on stderr, as by a build. */
NODISCARD Status dry_run(const BuildOptions *options, bool json, FILE *out,
                         Error *error);

#endif
