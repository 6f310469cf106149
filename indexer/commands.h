/* commands.h - what the indexer can tell about an index that is there.
 *
 * Each prints to `out` and returns; the caller prints errors and exits. Text
 * from the index is printed with what a terminal would obey escaped.
 */
#ifndef QUERN_INDEXER_COMMANDS_H
#define QUERN_INDEXER_COMMANDS_H

#include "common/base/buf.h"

#include <stdio.h>

typedef struct VerbOptions {
    bool json;
    const char *prefix;     /* terms: those that begin with it; NULL: all */
    const char *const *ids; /* dump: these documents in this order */
    size_t id_count;        /* 0: all documents */
    uint64_t max_record; /* check, dump: bytes of a document held; 0: 256 MB */
} VerbOptions;

/* How many of everything, how large, made from what and how. */
NODISCARD Status verb_stats(const char *folder, const VerbOptions *options,
                            FILE *out, Error *error);

/* Reads every byte and checks every rule of FORMAT.md. Prints `ok` and counts,
 * or a line for each problem and returns ERR_CORRUPT; then what was not
 * checked. */
NODISCARD Status verb_check(const char *folder, const VerbOptions *options,
                            FILE *out, Error *error);

/* A JSON object a line for each document: id, title, text, fields. ERR_USAGE
 * at the first id that is not there, after the documents before it. */
NODISCARD Status verb_dump(const char *folder, const VerbOptions *options,
                           FILE *out, Error *error);

/* term, df, total tf, separated by tabs, in byte order; with --json an object
 * a line. */
NODISCARD Status verb_terms(const char *folder, const VerbOptions *options,
                            FILE *out, Error *error);

/* source, line, byte offset, reason of what was skipped, cut or dropped,
 * separated by tabs; with --json an object a line and a summary. */
NODISCARD Status verb_skipped(const char *folder, const VerbOptions *options,
                              FILE *out, Error *error);

/* For the verbs themselves: writes what is gathered and forgets it. */
NODISCARD Status verb_flush(Buf *text, FILE *out, Error *error);

#endif
