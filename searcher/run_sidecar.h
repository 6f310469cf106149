/* run_sidecar.h - --sidecar: how a run was made, in a file next to it.
 *
 * One JSON object (docs/json.md, sidecar). `bench verify --sidecar` makes the
 * run again from it and compares.
 */
#ifndef QUERN_SEARCHER_RUN_SIDECAR_H
#define QUERN_SEARCHER_RUN_SIDECAR_H

#include "common/base/hash.h"
#include "common/segment/index.h"
#include "searcher/search_settings.h"

/* What was printed. */
typedef struct RunOutput {
    HashStream *stream; /* owned; NULL without --sidecar */
    uint64_t lines;
} RunOutput;

NODISCARD Status run_output_start(RunOutput *output, const Settings *settings,
                                  Error *error);
void run_output_release(RunOutput *output);

/* Takes a part of the run, whole lines. */
void run_output_add(RunOutput *output, Span text);

/* Writes the file of --sidecar; nothing without it. */
NODISCARD Status run_sidecar_write(const RunOutput *output, const Index *index,
                                   const Settings *settings, Error *error);

#endif
