/* runs.h - all sorted runs of a build, and how they become one.
 *
 * Some lie in files, some are still in inverters. When there are more than
 * can be read at once, runs_reduce merges them to fewer, longer ones first.
 */
#ifndef QUERN_BUILD_RUNS_H
#define QUERN_BUILD_RUNS_H

#include "indexer/build/inverter.h"
#include "indexer/build/merger.h"

/* More open runs than this are merged in several passes. */
enum { RUNS_AT_ONCE = 64 };

/* In a part of a spool, or what an inverter holds. */
typedef struct Run {
    SpoolSource file;
    InverterSource *memory; /* owned; NULL: in the file */
} Run;

typedef struct Runs {
    Run *list; /* owned */
    size_t count, capacity;
    Spool *merged;       /* owned: of the last pass of runs_reduce */
    ByteReader *readers; /* owned: open runs */
    size_t reader_count;
} Runs;

void runs_release(Runs *runs); /* {0} is fine */

/* The spool or inverter is borrowed until runs_release. */
NODISCARD Status runs_add_file(Runs *runs, const Spool *spool, uint64_t start,
                               uint64_t end, Error *error);
NODISCARD Status runs_add_inverter(Runs *runs, Inverter *inverter,
                                   Error *error);

/* Merges until there are at most `limit` runs (at least 2). */
NODISCARD Status runs_reduce(Runs *runs, size_t limit, const char *folder,
                             bool has_positions, Error *error);

/* All runs as one; borrows them. */
NODISCARD Status runs_merge(Runs *runs, bool has_positions, Merger **out,
                            Error *error);

#endif
