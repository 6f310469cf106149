/* trec_run.h - a run: which documents a system returned for each query.
 *
 *   qid Q0 id rank score tag
 *
 * As in trec_eval the order of lines and the column of ranks have no meaning:
 * documents are ranked by score, equal scores by id, descending.
 */
#ifndef QUERN_QUALITY_TREC_RUN_H
#define QUERN_QUALITY_TREC_RUN_H

#include "common/base/arena.h"
#include "common/base/buf.h"

/* Spans are the arena's. */
typedef struct RunEntry {
    Span qid, id;
    float score;
    uint64_t line; /* in the file; of a run made by trec_run_add, its number */
} RunEntry;

/* Start with {0} or trec_run_read. */
typedef struct TrecRun {
    Buf list;    /* owns the entries */
    Arena arena; /* owns their bytes */
} TrecRun;

/* Adds a hit. A failure is kept in the run, and found by trec_run_sort. Queries
 * and documents may come in any order. */
void trec_run_add(TrecRun *run, Span qid, Span id, float score, uint64_t line);

/* "-" is standard input. Errors name file and line: a line without six columns,
 * a score that is not a number, a document twice for a query. The result is
 * sorted. */
NODISCARD Status trec_run_read(const char *path, TrecRun *out, Error *error);

/* Sorts by qid, then id. ERR_USAGE if a query has a document twice; `name` is
 * that of the run, for messages. */
NODISCARD Status trec_run_sort(TrecRun *run, const char *name, Error *error);

/* The same from memory; `name` is for messages. */
NODISCARD Status trec_run_parse(Span text, const char *name, TrecRun *out,
                                Error *error);

void trec_run_release(TrecRun *run);

static inline RunEntry *trec_run_entries(const TrecRun *run, size_t *count)
{
    *count = run->list.size / sizeof(RunEntry);
    return (RunEntry *)(void *)run->list.data;
}

#endif
