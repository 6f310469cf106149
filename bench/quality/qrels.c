/* qrels.c - relevance judgements: which documents are relevant to a query. */
#include "bench/quality/qrels.h"

#include "bench/quality/trec_line.h"

#include <inttypes.h>
#include <stdlib.h>

/* Relevance is a grade, rarely above 4; this bounds sums of gains. */
enum { MAX_RELEVANCE = 1000000000, MAX_NUMBER_BYTES = 15 };

static const TrecForm QRELS_FORM = {
    4, "qid 0 id relevance", "qrels", 6,
    "; this looks like a run: put it before the qrels"};

static bool parse_relevance(Span text, int32_t *relevance)
{
    char digits[MAX_NUMBER_BYTES + 1], *end;
    if (text.size > MAX_NUMBER_BYTES) return false;
    memcpy(digits, text.data, text.size);
    digits[text.size] = 0;
    long long number = strtoll(digits, &end, 10);
    *relevance = (int32_t)number;
    return *end == 0 && number >= -MAX_RELEVANCE && number <= MAX_RELEVANCE;
}

static Status add_line(void *self, const TrecLine *line, Error *error)
{
    Qrels *qrels = self;
    size_t count;
    const Judgement *judgements = qrels_judgements(qrels, &count);
    Judgement judgement = {.line = line->number};
    if (!parse_relevance(line->columns[3], &judgement.relevance)) {
        return trec_line_fail(line, error,
                              "the relevance '%.*s' is not an integer from "
                              "%d to %d; a line of %s is: %s",
                              SPAN_ARGS(line->columns[3]), -MAX_RELEVANCE,
                              MAX_RELEVANCE, QRELS_FORM.what, QRELS_FORM.names);
    }
    judgement.qid = trec_id_keep(&qrels->arena, line->columns[0],
                                 count ? judgements[count - 1].qid : (Span){0});
    judgement.id = trec_id_keep(&qrels->arena, line->columns[2], (Span){0});
    buf_put(&qrels->list, &judgement, sizeof judgement);
    return OK;
}

static int compare_judgements(const void *a, const void *b)
{
    const Judgement *left = a, *right = b;
    int order = span_compare(left->qid, right->qid);
    if (!order) order = span_compare(left->id, right->id);
    return order ? order
                 : (left->line > right->line) - (left->line < right->line);
}

static Status sort(Qrels *qrels, const char *name, Error *error)
{
    size_t count;
    Judgement *judgements = qrels_judgements(qrels, &count);
    if (qrels->arena.status != OK || qrels->list.status != OK)
        return fail_memory(error, "reading judgements");
    if (count) qsort(judgements, count, sizeof *judgements, compare_judgements);
    for (size_t i = 1; i < count; i++) {
        const Judgement *first = &judgements[i - 1], *second = &judgements[i];
        if (!span_equal(first->qid, second->qid) ||
            !span_equal(first->id, second->id))
            continue;
        return fail(error, ERR_USAGE,
                    "%s:%" PRIu64
                    ": document '%.*s' of query '%.*s' is already "
                    "judged in line %" PRIu64,
                    name, second->line, SPAN_ARGS(second->id),
                    SPAN_ARGS(second->qid), first->line);
    }
    return OK;
}

/* Sorts what was read without a failure. */
static Status finish(Qrels *out, const char *name, Status status, Error *error)
{
    if (status == OK) status = sort(out, name, error);
    if (status == OK && !out->list.size) {
        status = fail(error, ERR_USAGE, "%s: no judgements", name);
    }
    if (status != OK) qrels_release(out);
    return status;
}

Status qrels_read(const char *path, Qrels *out, Error *error)
{
    *out = (Qrels){0};
    const char *name = strcmp(path, "-") ? path : "standard input";
    Status status = trec_lines_read(path, &QRELS_FORM, add_line, out, error);
    return finish(out, name, status, error);
}

Status qrels_parse(Span text, const char *name, Qrels *out, Error *error)
{
    *out = (Qrels){0};
    Status status = trec_lines_parse(text, name, &QRELS_FORM, add_line, out,
                                     error);
    return finish(out, name, status, error);
}

void qrels_release(Qrels *qrels)
{
    buf_release(&qrels->list);
    arena_release(&qrels->arena);
    *qrels = (Qrels){0};
}
