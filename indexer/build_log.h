/* build_log.h - what a build or a dry run prints on standard error while it
 * runs: a BuildListener of messages, progress lines and signals.
 */
#ifndef QUERN_INDEXER_BUILD_LOG_H
#define QUERN_INDEXER_BUILD_LOG_H

#include "common/program/progress.h"
#include "indexer/build/build.h"
#include "indexer/interrupt.h"

typedef struct BuildLog {
    BuildListener listener;      /* self is this BuildLog */
    const BuildOptions *options; /* borrowed */
    Interrupt *interrupt;        /* borrowed, or NULL */
    Progress progress;
    bool in_progress;
    bool is_held;   /* the index exists, and keeps its options */
    Buf suggestion; /* "try --id-field uid --text-field body", or empty */
} BuildLog;

/* `log` must not move afterwards. */
void build_log_init(BuildLog *log, const BuildOptions *options,
                    Interrupt *interrupt);
void build_log_release(BuildLog *log);

/* Appends the suggestion of fields, if there is one, to the message of the
 * error that ended the build. */
void build_log_complete_error(const BuildLog *log, Error *error);

/* After a build: how many skipped and changed records were not named, and
 * whether the skip log is full. */
void build_log_summarize(const BuildLog *log, const BuildReport *report);

#endif
