/* api_builder.h - the builder of the API: a Build, and what keeps callers from
 * using it wrongly; private to the files api_builder*.c and api_writer.c, whose
 * writer begins with a builder that has no Build.
 */
#ifndef QUERN_API_API_BUILDER_H
#define QUERN_API_API_BUILDER_H

#include "common/api/api_analyzer.h"
#include "common/api/api_error.h"
#include "indexer/build/build.h"

#include <quern/build.h>

#include <stdatomic.h>
#include <sys/types.h>

struct quern_builder {
    const char *kind;    /* "builder" or "writer", for messages */
    atomic_bool is_busy; /* a function is at work */
    pid_t process;       /* the one that made it */
    bool is_finished;
    quern_error failure; /* the first; QUERN_OK: none */
    Build *build;        /* owned */
    BuildOptions options;
    Arena arena; /* of the folder and the names in the options */
    quern_build_listener listener;
    BuildListener adapter;
    quern_build_progress progress; /* the last report */
    char suggestion[256];          /* fields that may be meant, or empty */
    DocumentField *fields;         /* owned: room for those of a document */
    quern_build_report report;
};

/* Every function that uses a builder calls this first, and builder_leave last
 * if it is QUERN_OK. */
quern_status builder_enter(quern_builder *builder, quern_error *error);

/* Returns the status; keeps a failure, and copies it to *error, which may be
 * NULL. */
quern_status builder_leave(quern_builder *builder, quern_status status,
                           const quern_error *failure, quern_error *error);

/* api_builder_listener.c: has the listener get what the build reports. */
void builder_init_listener(quern_builder *builder);

/* Appends the fields that may be meant to the message. */
void builder_put_suggestion(const quern_builder *builder, quern_error *failure);

/* api_builder_options.c: fills in builder->options and ->listener, copying
 * everything except the analyzer's options, which are borrowed by
 * `analyzer`. */
quern_status builder_take_options(quern_builder *builder, quern_string folder,
                                  const quern_build_options *given,
                                  ApiAnalyzerOptions *analyzer,
                                  quern_error *error);

/* A document of the caller as one of the room, with its fields in
 * builder->fields. */
quern_status builder_take_document(quern_builder *builder,
                                   const quern_document *given, Document *out,
                                   quern_error *error);

/* api_builder_path.c: the path and how it is read, borrowed from the arena. */
quern_status builder_take_path(const quern_builder *builder, quern_string given,
                               const quern_reader_options *options,
                               Arena *arena, const char **path,
                               CorpusOptions *corpus, quern_error *error);

/* Copies a string for the room, zero-terminated; `what` is for messages. The
 * empty one is NULL. */
quern_status builder_take_text(Arena *arena, quern_string given,
                               const char *what, const char **out,
                               quern_error *error);

#endif
