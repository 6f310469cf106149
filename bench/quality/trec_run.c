/* trec_run.c - a run: which documents a system returned for each query. */
#include "bench/quality/trec_run.h"

#include "bench/quality/trec_line.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { MAX_NUMBER_BYTES = 63 };

static const TrecForm RUN_FORM = {6, "qid Q0 id rank score tag", "a run", 4,
                                  "; these look like qrels: put the run first"};

void trec_run_add(TrecRun *run, Span qid, Span id, float score, uint64_t line)
{
    size_t count;
    const RunEntry *entries = trec_run_entries(run, &count);
    RunEntry entry = {.score = score, .line = line};
    entry.qid = trec_id_keep(&run->arena, qid,
                             count ? entries[count - 1].qid : (Span){0});
    entry.id = trec_id_keep(&run->arena, id, (Span){0});
    buf_put(&run->list, &entry, sizeof entry);
}

/* Like atof, but all of the text must be a number. */
static bool parse_score(Span text, float *score)
{
    char digits[MAX_NUMBER_BYTES + 1], *end;
    if (text.size > MAX_NUMBER_BYTES) return false;
    memcpy(digits, text.data, text.size);
    digits[text.size] = 0;
    double number = strtod(digits, &end);
    /* trec_eval keeps scores as float: what is equal then is a tie. */
    *score = (float)number;
    return *end == 0 && !isnan(number);
}

static Status add_line(void *self, const TrecLine *line, Error *error)
{
    float score;
    if (!parse_score(line->columns[4], &score)) {
        return trec_line_fail(line, error,
                              "the score '%.*s' is not a number; a line of %s "
                              "is: %s",
                              SPAN_ARGS(line->columns[4]), RUN_FORM.what,
                              RUN_FORM.names);
    }
    trec_run_add(self, line->columns[0], line->columns[2], score, line->number);
    return OK;
}

static int compare_entries(const void *a, const void *b)
{
    const RunEntry *left = a, *right = b;
    int order = span_compare(left->qid, right->qid);
    if (!order) order = span_compare(left->id, right->id);
    return order ? order
                 : (left->line > right->line) - (left->line < right->line);
}

Status trec_run_sort(TrecRun *run, const char *name, Error *error)
{
    size_t count;
    RunEntry *entries = trec_run_entries(run, &count);
    if (run->arena.status != OK || run->list.status != OK)
        return fail_memory(error, "reading a run");
    if (count) qsort(entries, count, sizeof *entries, compare_entries);
    for (size_t i = 1; i < count; i++) {
        const RunEntry *first = &entries[i - 1], *second = &entries[i];
        if (!span_equal(first->qid, second->qid) ||
            !span_equal(first->id, second->id))
            continue;
        return fail(error, ERR_USAGE,
                    "%s:%" PRIu64
                    ": document '%.*s' of query '%.*s' is already "
                    "in line %" PRIu64,
                    name, second->line, SPAN_ARGS(second->id),
                    SPAN_ARGS(second->qid), first->line);
    }
    return OK;
}

/* Sorts what was read without a failure. */
static Status finish(TrecRun *out, const char *name, Status status,
                     Error *error)
{
    if (status == OK) status = trec_run_sort(out, name, error);
    if (status == OK && !out->list.size) {
        status = fail(error, ERR_USAGE, "%s: the run is empty", name);
    }
    if (status != OK) trec_run_release(out);
    return status;
}

Status trec_run_read(const char *path, TrecRun *out, Error *error)
{
    *out = (TrecRun){0};
    const char *name = strcmp(path, "-") ? path : "standard input";
    Status status = trec_lines_read(path, &RUN_FORM, add_line, out, error);
    return finish(out, name, status, error);
}

Status trec_run_parse(Span text, const char *name, TrecRun *out, Error *error)
{
    *out = (TrecRun){0};
    Status status = trec_lines_parse(text, name, &RUN_FORM, add_line, out,
                                     error);
    return finish(out, name, status, error);
}

void trec_run_release(TrecRun *run)
{
    buf_release(&run->list);
    arena_release(&run->arena);
    *run = (TrecRun){0};
}
