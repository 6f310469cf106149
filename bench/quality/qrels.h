/* qrels.h - relevance judgements: which documents are relevant to a query.
 *
 *   qid 0 id relevance
 *
 * A relevance of 1 or more is relevant, and is the gain of nDCG; 0 is judged
 * not relevant; a negative one counts as not judged, as in trec_eval.
 */
#ifndef QUERN_QUALITY_QRELS_H
#define QUERN_QUALITY_QRELS_H

#include "common/base/arena.h"
#include "common/base/buf.h"

/* Spans are the arena's. */
typedef struct Judgement {
    Span qid, id;
    int32_t relevance;
    uint64_t line;
} Judgement;

typedef struct Qrels {
    Buf list;    /* owns the judgements: by qid, then id */
    Arena arena; /* owns their bytes */
} Qrels;

/* "-" is standard input. Errors name file and line: a line without four
 * columns, a relevance that is not an integer, a document judged twice. */
NODISCARD Status qrels_read(const char *path, Qrels *out, Error *error);
/* The same from memory; `name` is for messages. */
NODISCARD Status qrels_parse(Span text, const char *name, Qrels *out,
                             Error *error);

void qrels_release(Qrels *qrels);

static inline Judgement *qrels_judgements(const Qrels *qrels, size_t *count)
{
    *count = qrels->list.size / sizeof(Judgement);
    return (Judgement *)(void *)qrels->list.data;
}

#endif
