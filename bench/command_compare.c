/* command_compare.c - whether one result is faster than another. */
#include "bench/bench_commands.h"

#include "bench/results/common_queries.h"
#include "bench/results/result_changes.h"
#include "bench/results/result_lines.h"
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/program/log.h"
#include "common/program/program_output.h"

#include <math.h>
#include <stdlib.h>

typedef struct Settings {
    const char *fail_above;
    bool json;
} Settings;

static const Settings defaults = {0};

static const Option options[] = {
    {OPTION_TEXT, 0, "fail-above", "PERCENT", offsetof(Settings, fail_above),
     .brief = "exit with 1 if anything became slower by more than PERCENT",
     .detail = "Only if the whole interval of a figure lies above PERCENT. For "
               "scripts; best on one run of two engines or two indexes, whose "
               "launches are interleaved."},
    {OPTION_FLAG, 'j', "json", NULL, offsetof(Settings, json),
     .brief = "print JSON lines, one a figure"},
    {.kind = OPTION_END}};

static const char *const usages[] = {"[OPTIONS] RESULTS...", NULL};

static const ProgramExample examples[] = {
    {"bench compare both.json", "engines or indexes of one run with the first"},
    {"bench compare last-week.json today.json", "each engine with itself"},
    {"bench compare --fail-above 3% both.json", "for a script"},
    {0}};

static const ProgramChapter chapters[] = {
    {"What is compared",
     "One file: each engine over a pipe with the first one, and each index in "
     "process with the first one; launches are compared in pairs. Several "
     "files: each engine of the first file with the engine of the same name in "
     "the others, on the queries that both have.\n"
     "The unit is the launch: each gives one value of a figure, and the change "
     "is that of their geometric means. The interval grows by the change of "
     "the calibration, a fixed computation next to each launch, which shows "
     "that the machine changed. Over all figures of two engines together the "
     "risk of a false alarm is 2 %."},
    {"Exit status", "  0    compared\n"
                    "  1    --fail-above: a figure became slower by more\n"
                    "  2    something failed"},
    {0}};

/* One call of the command. */
typedef struct Compare {
    const Settings *settings;
    double limit; /* ratio; infinite: no --fail-above */
    Buf out;
    size_t pairs, significant, above;
} Compare;

static Status read_limit(const char *text, double *limit, Error *error)
{
    char *end;
    *limit = HUGE_VAL;
    if (!text) return OK;
    *limit = strtod(text, &end) / 100;
    if (*end == '%') end++;
    if (end == text || *end || !(*limit >= 0) || !isfinite(*limit)) {
        return fail(error, ERR_USAGE,
                    "--fail-above '%s' is not a percentage such as 3%%", text);
    }
    return OK;
}

static void put_percent(Buf *out, double ratio)
{
    if (isnan(ratio)) {
        buf_put_text(out, "      \u2013");
    } else {
        buf_printf(out, "%+6.1f%%", 100 * ratio);
    }
}

static const char *verdict(const Change *change)
{
    if (isnan(change->low)) return "too few launches";
    if (!change->is_significant) return "no significant change";
    return change->low > 0 ? "slower" : "faster";
}

static const char *table_title(ResultTable table)
{
    return table == TABLE_MINIMUM ? "over queries, of each query's minimum"
                                  : "over all executions";
}

static void put_row(const ChangeRow *row, Buf *out)
{
    buf_printf(out, "  %-6s %10.2f %10.2f  ", figure_name(row->figure),
               row->before / 1000, row->after / 1000);
    put_percent(out, row->change.ratio);
    buf_put_text(out, "  ");
    put_percent(out, row->change.low);
    buf_put_text(out, " to ");
    put_percent(out, row->change.high);
    buf_printf(out, "  %s\n", verdict(&row->change));
}

static void put_engine(ChangePair pair, bool is_second, Buf *out)
{
    const Results *results = is_second ? pair.second : pair.first;
    size_t engine = is_second ? pair.second_engine : pair.first_engine;
    put_visible(out, span_text(results_engine(results, engine)->name));
    if (pair.first != pair.second)
        buf_printf(out, " of %s", results->manifest.date);
}

static void put_rows(ChangePair pair, const ChangeList *list, Buf *out)
{
    size_t count;
    const ChangeRow *rows = changes_rows(list, &count);
    buf_put_byte(out, '\n');
    put_engine(pair, true, out);
    buf_put_text(out, " compared with ");
    put_engine(pair, false, out);
    buf_printf(out, " (%zu launches%s, calibration %+.1f %%):\n",
               list->launches,
               pair.first == pair.second ? " in pairs" : " each",
               100 * expm1(list->shift));
    for (size_t i = 0; i < count; i++) {
        const ChangeRow *row = &rows[i];
        if (i == 0 || row->table != rows[i - 1].table ||
            row->workload != rows[i - 1].workload) {
            buf_printf(out, "%s, %s, in us:\n",
                       results_workload(pair.first, row->workload)->name,
                       table_title(row->table));
            buf_put_text(out, "             before      after   change  "
                              "interval\n");
        }
        put_row(row, out);
    }
}

static void put_json_real(Buf *out, const char *name, double value)
{
    buf_put_byte(out, ',');
    put_json_name(out, name);
    if (isfinite(value)) {
        buf_printf(out, "%.9g", value);
    } else {
        buf_put_text(out, "null");
    }
}

static void put_json_rows(ChangePair pair, const ChangeList *list, Buf *out)
{
    size_t count;
    const ChangeRow *rows = changes_rows(list, &count);
    for (size_t i = 0; i < count; i++) {
        const ChangeRow *row = &rows[i];
        buf_put_text(out, "{\"type\":\"change\"");
        put_json_member(
            out, "first",
            span_text(results_engine(pair.first, pair.first_engine)->name));
        put_json_member(
            out, "second",
            span_text(results_engine(pair.second, pair.second_engine)->name));
        put_json_member(
            out, "workload",
            span_text(results_workload(pair.first, row->workload)->name));
        put_json_member(
            out, "table",
            span_text(row->table == TABLE_MINIMUM ? "minimum" : "all"));
        put_json_member(out, "figure", span_text(figure_name(row->figure)));
        put_json_real(out, "before", row->before);
        put_json_real(out, "after", row->after);
        put_json_real(out, "change", row->change.ratio);
        put_json_real(out, "low", row->change.low);
        put_json_real(out, "high", row->change.high);
        buf_printf(out, ",\"significant\":%s}\n",
                   row->change.is_significant ? "true" : "false");
    }
}

static Status compare_pair(Compare *self, ChangePair pair, Error *error)
{
    ChangeList list = {0};
    size_t count;
    Status status = changes_compute(pair, &list, error);
    if (status == OK) {
        const ChangeRow *rows = changes_rows(&list, &count);
        self->pairs += count > 0;
        for (size_t i = 0; i < count; i++) {
            self->significant += rows[i].change.is_significant;
            self->above += rows[i].change.low > self->limit;
        }
        if (count == 0) {
        } else if (self->settings->json) {
            put_json_rows(pair, &list, &self->out);
        } else {
            put_rows(pair, &list, &self->out);
        }
    }
    changes_release(&list);
    return status;
}

static bool is_over_pipe(const Results *results, size_t engine)
{
    EngineKind kind = results_engine(results, engine)->kind;
    return kind == ENGINE_PIPE || kind == ENGINE_PEER;
}

/* Over a pipe with over a pipe, in process with in process. */
static Status compare_within(Compare *self, const Results *results,
                             Error *error)
{
    Status status = OK;
    for (size_t second = 1; second < results->engines.count; second++) {
        if (results_engine(results, second)->kind == ENGINE_NULL) continue;
        size_t first = 0;
        while (is_over_pipe(results, first) != is_over_pipe(results, second))
            first++;
        if (status == OK && first < second) {
            ChangePair pair = {results, results, first, second, NULL, NULL};
            status = compare_pair(self, pair, error);
        }
    }
    return status;
}

static Status compare_files(Compare *self, const Results *first,
                            const Results *second, const CommonQueries *common,
                            Error *error)
{
    Status status = OK;
    for (size_t i = 0; i < first->engines.count; i++) {
        const ResultEngine *engine = results_engine(first, i);
        if (engine->kind == ENGINE_NULL) continue;
        for (size_t j = 0; status == OK && j < second->engines.count; j++) {
            if (strcmp(results_engine(second, j)->name, engine->name) != 0)
                continue;
            ChangePair pair = {first, second,        i,
                               j,     common->first, common->second};
            status = compare_pair(self, pair, error);
        }
    }
    return status;
}

static Status check_comparable(const char *name, const Results *first,
                               const Results *second,
                               const CommonQueries *common, Error *error)
{
    if (common->count == 0) {
        return fail(error, ERR_USAGE,
                    "%s: no query in common with the first file", name);
    }
    if (common->count < first->queries.count ||
        common->count < second->queries.count) {
        log_note("%s: comparing the %zu queries that are also in the first "
                 "file",
                 name, common->count);
    }
    if (strcmp(first->manifest.machine, second->manifest.machine) != 0 ||
        strcmp(first->manifest.cpu, second->manifest.cpu) != 0) {
        log_warn("%s: measured on another machine", name);
    }
    return OK;
}

static Status read_results(const char *path, Results *results, Error *error)
{
    Status status = results_read(path, results, error);
    if (status == OK && results->end.partial)
        log_warn("%s: partial: not everything was measured", path);
    return status;
}

static Status compare_file(Compare *self, const Results *first,
                           const char *path, Error *error)
{
    Results second;
    CommonQueries common = {0};
    Status status = read_results(path, &second, error);
    if (status == OK)
        status = common_queries_find(first, &second, &common, error);
    if (status == OK)
        status = check_comparable(path, first, &second, &common, error);
    if (status == OK)
        status = compare_files(self, first, &second, &common, error);
    common_queries_release(&common);
    results_release(&second);
    return status;
}

static Status compare_operands(Compare *self, const ParsedLine *line,
                               Error *error)
{
    Results first;
    Status status = read_results(line->operands[0], &first, error);
    if (status == OK && line->operand_count == 1)
        status = compare_within(self, &first, error);
    for (size_t i = 1; status == OK && i < line->operand_count; i++)
        status = compare_file(self, &first, line->operands[i], error);
    results_release(&first);
    return status;
}

/* The verdict comes first, what it is made from after it. */
static Status print_verdict(Compare *self, Error *error)
{
    Buf head = {0};
    if (!self->settings->json) {
        if (self->significant) {
            buf_printf(&head, "significant changes: %zu figure%s\n",
                       self->significant, self->significant == 1 ? "" : "s");
        } else {
            buf_put_text(&head, "no significant change\n");
        }
    }
    buf_put_span(&head, buf_span(&self->out));
    buf_keep_failure(&head, &self->out);
    Status status = program_print(&head, stdout, error);
    buf_release(&head);
    return status;
}

static Status run(void *given, const ParsedLine *line, BenchExit *code,
                  Error *error)
{
    Compare self = {.settings = given};
    if (line->operand_count == 0) {
        return fail(error, ERR_USAGE,
                    "no results are named: files that bench run -o wrote");
    }
    Status status = read_limit(self.settings->fail_above, &self.limit, error);
    if (status == OK) status = compare_operands(&self, line, error);
    if (status == OK && self.pairs == 0) {
        status = fail(error, ERR_USAGE, "nothing to compare: %s",
                      line->operand_count == 1
                          ? "the run measured one engine; name a second file, "
                            "or run with two -i or an --engine"
                          : "the files have no engine in common");
    }
    if (status == OK) status = print_verdict(&self, error);
    if (status == OK && self.above) *code = EXIT_DIFFERENCE;
    buf_release(&self.out);
    return status;
}

const BenchCommand COMMAND_COMPARE = {
    .program = {.name = "bench compare",
                .summary = "compare the latencies of results",
                .usages = usages,
                .examples = examples,
                .options = options,
                .chapters = chapters,
                .operands = COMPLETE_FILE},
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run};
