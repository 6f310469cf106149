/* build_listener.h - what a build reports while it runs.
 *
 * The library writes to no stream and handles no signals: a program implements
 * the listener with messages, progress lines and signals. Each function may be
 * NULL; all are called in the thread that builds.
 */
#ifndef QUERN_BUILD_BUILD_LISTENER_H
#define QUERN_BUILD_BUILD_LISTENER_H

#include "common/segment/skip_log/skip_log_writer.h"
#include "corpus/corpus.h"
#include "indexer/build/index_folder.h"

typedef enum BuildPhase { BUILD_READING, BUILD_WRITING } BuildPhase;

typedef struct BuildProgress {
    BuildPhase phase;
    bool ended;     /* the last report of the phase */
    uint64_t items; /* documents read, terms written */
    uint64_t bytes; /* of text read; 0: unknown */
    double share;   /* of all, from 0 to 1; negative: unknown */
} BuildProgress;

/* A record that was skipped, a document that was changed or dropped. */
typedef struct BuildSkip {
    SkipLogKind kind;
    uint64_t count; /* of its kind so far, this one included */
    const Place *place;
    const char *reason;
    Advice advice;
} BuildSkip;

typedef struct BuildListener {
    void *self; /* borrowed, the first argument of all */
    void (*progress)(void *self, const BuildProgress *progress);
    void (*skipped)(void *self, const BuildSkip *skip);
    /* As in CorpusListener. */
    void (*detected)(void *self, const char *source, const char *what,
                     Advice advice);
    void (*suggested)(void *self, const FieldSuggestion *fields);
    void (*warning)(void *self, const char *message);
    /* The folder is claimed: until it is released, whatever ends the process
     * should call index_folder_abandon before. */
    void (*claimed)(void *self, IndexFolder *folder);
    void (*released)(void *self);
    /* Whether to stop. */
    bool (*cancelled)(void *self);
} BuildListener;

/* ERR_INTERRUPTED if the listener wants the build to stop. NULL is fine. */
NODISCARD Status build_check_cancelled(const BuildListener *listener,
                                       Error *error);

/* "interrupted; nothing was written" */
Status build_fail_cancelled(Error *error);

void build_report_progress(const BuildListener *listener,
                           const BuildProgress *progress);
void build_report_claimed(const BuildListener *listener, IndexFolder *folder);
void build_report_released(const BuildListener *listener);

#endif
