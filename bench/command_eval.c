/* command_eval.c - the quality of a run, as trec_eval measures it. */
#include "bench/bench_commands.h"

#include "bench/quality/evaluation.h"
#include "common/base/human.h"
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/program/log.h"
#include "common/program/program_output.h"

typedef struct Settings {
    const char *measures;
    bool complete, per_query, json;
} Settings;

static const Settings defaults = {0};

#define AT(member) offsetof(Settings, member)

static const Option options[] = {
    {OPTION_TEXT, 'm', "measures", "LIST", AT(measures),
     .brief = "measures [" DEFAULT_MEASURES "]",
     .detail = "AP, nDCG@k, P@k, R@k, RR, RR@k and bpref, separated by commas, "
               "for any k. RR@k is that of the run cut at k.",
     .once = true},
    {OPTION_FLAG, 0, "complete", NULL, AT(complete),
     .brief = "count queries that are missing in the run as 0",
     .detail = "Like trec_eval -c. Otherwise means are over the queries that "
               "are both in the run and in the qrels."},
    {OPTION_FLAG, 0, "per-query", NULL, AT(per_query),
     .brief = "also print a line for each query"},
    {OPTION_FLAG, 'j', "json", NULL, AT(json),
     .brief = "print JSON lines, one a query and a summary"},
    {.kind = OPTION_END}};

static const char *const usages[] = {"[OPTIONS] RUN QRELS", NULL};

static const ProgramExample examples[] = {
    {"bench eval run.txt qrels.txt", "the means over all queries"},
    {"searcher -i IX -f topics.tsv --run | bench eval - qrels.txt",
     "of a run that is not kept"},
    {"bench eval -m nDCG@20,RR@10 --per-query run.txt qrels.txt",
     "other measures, a line for each query"},
    {0}};

static const ProgramChapter chapters[] = {
    {"Files",
     "RUN has lines of 'qid Q0 id rank score tag', QRELS of 'qid 0 id "
     "relevance'; either may be compressed, or - for standard input. As in "
     "trec_eval the order of lines and the rank do not count: documents are "
     "ranked by score (as a 32-bit float), equal scores by id, descending. A "
     "relevance of 1 or more is relevant, a negative one counts as not "
     "judged."},
    {"Exit status", "0, or 2 on error and if no query is in both files."},
    {0}};

/* What the files are called in messages. */
typedef struct EvalFiles {
    const char *run, *qrels;
} EvalFiles;

static Span first_qid(const TrecRun *run)
{
    size_t count;
    const RunEntry *entries = trec_run_entries(run, &count);
    return entries[0].qid;
}

static Span first_judged_qid(const Qrels *qrels)
{
    size_t count;
    const Judgement *judgements = qrels_judgements(qrels, &count);
    return judgements[0].qid;
}

/* Two files that do not belong together give zeros, or nothing at all. */
static void warn_of_mismatch(const EvalFiles *files, const TrecRun *run,
                             const Qrels *qrels, const Evaluation *evaluation,
                             bool complete)
{
    size_t entries, judgements;
    const RunEntry *entry = trec_run_entries(run, &entries);
    const Judgement *judgement = qrels_judgements(qrels, &judgements);
    size_t shared_queries = evaluation->query_count;
    if (complete) shared_queries -= evaluation->missing;
    if (!shared_queries) {
        log_warn("%s and %s share no query: queries of the run have ids like "
                 "'%.*s', those of the qrels like '%.*s'",
                 files->run, files->qrels, SPAN_ARGS(first_qid(run)),
                 SPAN_ARGS(first_judged_qid(qrels)));
    } else if (!evaluation->shared_ids) {
        log_warn("%s and %s share no document: documents of the run have ids "
                 "like '%.*s', those of the qrels like '%.*s'",
                 files->run, files->qrels, SPAN_ARGS(entry->id),
                 SPAN_ARGS(judgement->id));
    }
}

static void note_left_out(const Evaluation *evaluation, bool complete)
{
    Buf text = {0};
    if (evaluation->not_judged) {
        put_count(&text, evaluation->not_judged);
        buf_put_text(&text, " of the run without judgements, left out");
    }
    if (evaluation->missing) {
        if (text.size) buf_put_text(&text, "; ");
        put_count(&text, evaluation->missing);
        buf_put_text(&text, complete
                                ? " of the qrels missing in the run, counted "
                                  "as 0"
                                : " of the qrels missing in the run, left out "
                                  "(use --complete to count them as 0)");
    }
    const char *line = text.size ? buf_text(&text) : NULL;
    if (line) log_note("queries: %s", line);
    buf_release(&text);
}

static void put_names(Buf *out, const MeasureList *measures)
{
    for (size_t i = 0; i < measures->count; i++) {
        buf_put_byte(out, '\t');
        put_measure(out, measures->items[i]);
    }
    buf_put_byte(out, '\n');
}

static void put_values(Buf *out, Span name, const double *values, size_t count)
{
    put_plain_id(out, name);
    for (size_t i = 0; i < count; i++) buf_printf(out, "\t%.4f", values[i]);
    buf_put_byte(out, '\n');
}

static void put_table(Buf *out, const Evaluation *evaluation,
                      const MeasureList *measures)
{
    buf_put_text(out, "query");
    put_names(out, measures);
    for (size_t i = 0; i < evaluation->query_count; i++) {
        const QueryQuality *query = &evaluation->queries[i];
        put_values(out, query->qid, query->values, measures->count);
    }
    put_values(out, span_text("mean"), evaluation->means, measures->count);
}

static void put_means(Buf *out, const Evaluation *evaluation,
                      const MeasureList *measures)
{
    buf_printf(out, "%-12s %zu\n", "queries", evaluation->query_count);
    for (size_t i = 0; i < measures->count && evaluation->query_count; i++) {
        Buf name = {0};
        put_measure(&name, measures->items[i]);
        const char *text = buf_text(&name);
        buf_printf(out, "%-12s %.4f\n", text ? text : "", evaluation->means[i]);
        buf_keep_failure(out, &name);
        buf_release(&name);
    }
}

/* ,"AP":0.3242 for each measure */
static void put_json_values(Buf *out, const MeasureList *measures,
                            const double *values)
{
    for (size_t i = 0; i < measures->count; i++) {
        buf_put_text(out, ",\"");
        put_measure(out, measures->items[i]);
        buf_printf(out, "\":%.9g", values[i]);
    }
    buf_put_text(out, "}\n");
}

static void put_json(Buf *out, const Evaluation *evaluation,
                     const MeasureList *measures)
{
    for (size_t i = 0; i < evaluation->query_count; i++) {
        const QueryQuality *query = &evaluation->queries[i];
        buf_put_text(out, "{\"type\":\"query\",\"qid\":");
        put_json_id(out, query->qid);
        put_json_values(out, measures, query->values);
    }
    buf_printf(out,
               "{\"type\":\"mean\",\"queries\":%zu,\"not_judged\":%zu,"
               "\"missing\":%zu",
               evaluation->query_count, evaluation->not_judged,
               evaluation->missing);
    if (!evaluation->query_count) {
        buf_put_text(out, "}\n");
    } else {
        put_json_values(out, measures, evaluation->means);
    }
}

static Status print(const Settings *settings, const Evaluation *evaluation,
                    const MeasureList *measures, Error *error)
{
    Buf out = {0};
    if (settings->json) {
        put_json(&out, evaluation, measures);
    } else if (settings->per_query) {
        put_table(&out, evaluation, measures);
    } else {
        put_means(&out, evaluation, measures);
    }
    Status status = program_print(&out, stdout, error);
    buf_release(&out);
    return status;
}

static Status evaluate(const Settings *settings, const EvalFiles *files,
                       BenchExit *code, Error *error)
{
    TrecRun run = {0};
    Qrels qrels = {0};
    MeasureList measures;
    Evaluation evaluation = {0};
    const char *list = settings->measures;
    Status status = measures_parse(list ? list : DEFAULT_MEASURES, &measures,
                                   error);
    if (status == OK) status = trec_run_read(files->run, &run, error);
    if (status == OK) status = qrels_read(files->qrels, &qrels, error);
    if (status == OK) {
        status = evaluation_compute(&run, &qrels, &measures, settings->complete,
                                    &evaluation, error);
    }
    if (status == OK) {
        warn_of_mismatch(files, &run, &qrels, &evaluation, settings->complete);
        note_left_out(&evaluation, settings->complete);
        if (!evaluation.query_count) *code = EXIT_FAILED;
        status = print(settings, &evaluation, &measures, error);
    }
    evaluation_release(&evaluation);
    qrels_release(&qrels);
    trec_run_release(&run);
    return status;
}

static Status run(void *given, const ParsedLine *line, BenchExit *code,
                  Error *error)
{
    const Settings *settings = given;
    if (line->operand_count != 2) {
        return fail(error, ERR_USAGE,
                    "eval needs two files, a run and its judgements: bench "
                    "eval RUN QRELS");
    }
    EvalFiles files = {line->operands[0], line->operands[1]};
    if (!strcmp(files.run, "-") && !strcmp(files.qrels, "-")) {
        return fail(error, ERR_USAGE,
                    "only one of RUN and QRELS can be standard input");
    }
    return evaluate(settings, &files, code, error);
}

const BenchCommand COMMAND_EVAL = {
    .program = {.name = "bench eval",
                .summary = "measure the quality of a run",
                .usages = usages,
                .examples = examples,
                .options = options,
                .chapters = chapters,
                .operands = COMPLETE_FILE},
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run};
