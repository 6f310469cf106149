/* index_change.h - what the commands that change an index share: they find it,
 * open a writer that reports as a build does, and print a summary.
 */
#ifndef QUERN_INDEXER_INDEX_CHANGE_H
#define QUERN_INDEXER_INDEX_CHANGE_H

#include "indexer/build_log.h"
#include "indexer/update/index_writer.h"

#include <stdio.h>

enum { EXIT_FINE = 0, EXIT_NOTHING = 1, EXIT_BAD = 2 };

typedef struct Change {
    Buf path; /* of the index, if it was found */
    WriterOptions options;
    BuildLog log;
    IndexWriter *writer;
    WriterReport report;
} Change;

/* The index that a command changes: `given`, or as other commands find it; if
 * there is none, a command that creates one does so in ./.quern. Fills in
 * options.build.output, unnamed and trusted. `change` starts as {0} with its
 * options, and must not move afterwards. */
NODISCARD Status change_find(Change *change, const char *given, Error *error);

/* Watches for Ctrl-C, and opens the writer. */
NODISCARD Status change_open(Change *change, Error *error);
void change_release(Change *change);

/* Commits what the writer has been given. */
NODISCARD Status change_commit(Change *change, Error *error);

/* "; now 3 documents in 1 segment", what was written, and the time: the end of
 * a summary of what was published. */
void change_put_state(Buf *out, const WriterReport *report);

/* Prints the report on `out` as JSON. */
NODISCARD Status change_print_json(const Change *change, FILE *out,
                                   Error *error);

/* Prints the summary of the report, and with `json` the same on `out`. */
NODISCARD Status change_print(const Change *change, bool json, FILE *out,
                              Error *error);

#endif
