/* command_run.c - measures latency, quality and equal answers. */
#include "bench/bench_commands.h"

#include "bench/engines/core_binding.h"
#include "bench/engines/stop_signal.h"
#include "bench/measure/machine_facts.h"
#include "bench/measure/settle.h"
#include "bench/measure/timed_pass.h"
#include "bench/results/result_lines.h"
#include "bench/results/result_rows.h"
#include "bench/run_setup.h"
#include "bench/run_tables.h"
#include "common/base/clock.h"
#include "common/base/file.h"
#include "common/base/hash.h"
#include "common/program/log.h"
#include "common/program/program_output.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum { MIN_LAUNCHES = 5 };

static const RunSettings defaults = {
    .depths = "10", .launches = MIN_LAUNCHES, .warm = 20, .timeout = 30};

#define AT(member) offsetof(RunSettings, member)

static const Option options[] = {
    {OPTION_GROUP, .brief = "Input"},
    {OPTION_LIST, 'i', "index", "DIR", AT(indexes),
     .brief = "index to measure; several are measured in turns",
     .detail = "Each is measured in this process, and as searcher --serve over "
               "a pipe like any other engine. By default QUERN_INDEX or the "
               "nearest .quern, as in searcher.",
     .complete = COMPLETE_FOLDER},
    {OPTION_TEXT, 'f', "file", "FILE", AT(file),
     .brief = "read queries from FILE; - is standard input",
     .detail = "One query per line, qid TAB query, class TAB query, TREC "
               "topics, JSON lines: what searcher reads. The first column is "
               "taken as classes if it repeats; without classes, queries are "
               "classed by their form: term, union, intersection, phrase, "
               "negated, pattern, mixed.",
     .complete = COMPLETE_FILE, .once = true},
    {OPTION_TEXT, 0, "qid-field", "NAME", AT(topics.qid_field),
     .brief = "key, column or tag of the ids of queries [detect]",
     .once = true},
    {OPTION_TEXT, 0, "query-field", "NAME", AT(topics.query_field),
     .brief = "key, column or tag of the queries [detect]", .once = true},
    {OPTION_LIST, 0, "engine", "NAME=COMMAND", AT(engines),
     .brief = "also measure an engine that speaks the line protocol",
     .detail = "The shell runs COMMAND. It reads lines COMMAND TAB QUERY "
               "(TOP_10, COUNT, HITS_10) and answers each with one line: 1, a "
               "number, [[\"id\",score],...] or UNSUPPORTED. K1 and B in its "
               "environment are those of the first index, if not set. Can be "
               "repeated."},
    {OPTION_LIST, 0, "jit", "NAME", AT(jit),
     .brief = "engine NAME compiles as it runs: warm up at least --warm",
     .detail = "Java, .NET, Node, PyPy and LuaJIT are recognised by the "
               "libraries they map; this is for others. Can be repeated."},

    {OPTION_GROUP, .brief = "What is measured"},
    {OPTION_TEXT, 'k', "hits", "N,...", AT(depths),
     .brief = "rank the N best, for each N [10]"},
    {OPTION_FLAG, 0, "count", NULL, AT(count),
     .brief = "also count all matches"},
    {OPTION_FLAG, 0, "cold", NULL, AT(cold),
     .brief = "also measure an index that is not in memory"},
    {OPTION_TEXT, 0, "qrels", "FILE", AT(qrels),
     .brief = "also measure quality; queries are plain words",
     .complete = COMPLETE_FILE, .once = true},
    {OPTION_FLAG, 0, "syntax", NULL, AT(syntax),
     .brief = "enable operators with --qrels"},

    {OPTION_GROUP, .brief = "How it is measured"},
    {OPTION_NUMBER, 0, "launches", "N", AT(launches),
     .brief = "start each engine N times [5]",
     .detail = "Times of one launch are alike, so intervals and comparisons "
               "take the launch as their unit: more launches, narrower "
               "intervals.",
     .low = MIN_LAUNCHES, .high = RESULT_MAX_LAUNCHES},
    {OPTION_NUMBER, 0, "passes", "N", AT(passes),
     .brief = "ask all queries N times a launch [as fits in 30 s]", .low = 1,
     .high = 100000},
    {OPTION_REAL, 0, "warm", "X", AT(warm),
     .brief = "seconds to warm up an engine that compiles [20]",
     .detail = "The warm-up is over when the medians of three passes agree "
               "within 2 %, but not before this time, and after a minute at "
               "most (after 200 passes, if the engine does not compile); 'not "
               "settled' is then printed.",
     .low = 0, .high = 60},
    {OPTION_REAL, 0, "timeout", "X", AT(timeout),
     .brief = "seconds to wait for an answer [30]",
     .detail = "Ten times as long for the first answer, for which an engine "
               "opens its index.",
     .low = 0.1, .high = 86400},

    {OPTION_GROUP, .brief = "Output"},
    {OPTION_TEXT, 'o', "output", "FILE", AT(output),
     .brief = "write the results to FILE, for compare and report",
     .complete = COMPLETE_FILE, .once = true},
    {OPTION_FLAG, 'j', "json", NULL, AT(json),
     .brief = "print the results, not tables, on standard output"},
    {.kind = OPTION_END}};

static const char *const usages[] = {"[OPTIONS] -i INDEX -f QUERIES", NULL};

static const ProgramExample examples[] = {
    {"bench run -i IX -f queries.tsv", "how fast are these queries?"},
    {"bench run -i OLD -i NEW -f queries.tsv -o r.json && bench compare r.json",
     "is the new index slower than the old one?"},
    {"bench run -i IX -f q.tsv --engine lucene='peers/lucene/serve DIR'",
     "is another engine faster, and does it answer the same?"},
    {0}};

static const ProgramChapter chapters[] = {
    {"Tables",
     "For each workload (TOP_10: rank the 10 best; COUNT: count all matches) "
     "two tables that must not be mixed: over queries, of each query's minimum "
     "time over all launches; and over all executions. A percentile with fewer "
     "than 10 samples beyond it is printed as \u2013. Intervals come from a "
     "bootstrap over launches and queries.\n"
     "All engines over a pipe share one processor with this program, and the "
     "time of an engine that answers at once is subtracted. Ratios are given "
     "between these engines only."},
    {"Exit status", "  0    measured; all engines answered the same\n"
                    "  1    measured; answers differ\n"
                    "  2    an engine, or all, could not be measured\n"
                    "  130  interrupted; what was measured is printed"},
    {0}};

/* The command line as typed, for the manifest. */
static const char *own_command(Results *results)
{
    Buf bytes = {0}, text = {0};
    Error error;
    FILE *file = fopen("/proc/self/cmdline", "r");
    char part[4096];
    size_t got;
    while (file && (got = fread(part, 1, sizeof part, file)) > 0)
        buf_put(&bytes, part, got);
    if (file) fclose(file);
    for (size_t i = 0; i < bytes.size; i++) {
        const char *word = (const char *)bytes.data + i;
        size_t size = strnlen(word, bytes.size - i);
        bool plain = size &&
                     strcspn(word, " \t\n'\"\\$`*?[]{}()<>|&;#~!") >= size;
        if (text.size) buf_put_byte(&text, ' ');
        if (!plain) buf_put_byte(&text, '\'');
        buf_put(&text, word, size);
        if (!plain) buf_put_byte(&text, '\'');
        i += size;
    }
    const char *copy = buf_check(&text, "reading the command", &error) == OK
                           ? result_text(results, buf_span(&text))
                           : "";
    buf_release(&bytes);
    buf_release(&text);
    return copy;
}

static void fill_manifest(const RunSettings *settings, const RunSetup *setup,
                          Results *results)
{
    ResultManifest *manifest = &results->manifest;
    Buf hash = {0};
    Span queries = setup->queries.bytes;
    put_hash128(&hash, hash128_bytes(queries.data, queries.size));
    machine_facts(results, setup->options.core);
    manifest->format = RESULTS_FORMAT;
    manifest->version = RESULTS_VERSION;
    manifest->command = own_command(results);
    manifest->timed = TIMED_IN_PROCESS;
    manifest->timed_pipe = TIMED_OVER_PIPE;
    manifest->warm_seconds = setup->options.warm_seconds;
    manifest->warm_limit_seconds = setup->options.warm_limit;
    manifest->warm_agreement = SETTLE_AGREEMENT;
    manifest->queries_file = settings->file;
    manifest->queries_hash = result_text(results, buf_span(&hash));
    manifest->syntax = !settings->qrels || settings->syntax;
    buf_release(&hash);
}

static Status write_file(const char *path, Span bytes, Error *error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return fail_errno(error, "cannot create '%s'", path);
    bool written = file_write_all(fd, bytes);
    if (close(fd)) written = false;
    return written ? OK : fail_errno(error, "cannot write '%s'", path);
}

static Status print_results(const RunSettings *settings, Results *results,
                            Error *error)
{
    Buf lines = {0}, tables = {0};
    Status status = results_compute_rows(results, error);
    if (status == OK) {
        results_put_lines(results, &lines);
        run_put_tables(results, &tables);
        status = buf_check(&lines, "printing results", error);
    }
    if (status == OK && settings->output)
        status = write_file(settings->output, buf_span(&lines), error);
    if (status == OK)
        status = program_print(settings->json ? &lines : &tables, stdout,
                               error);
    buf_release(&lines);
    buf_release(&tables);
    return status;
}

/* A run that would not be kept should fail before it is measured. */
static Status check_output(const RunSettings *settings, Error *error)
{
    if (!settings->output) return OK;
    int fd = open(settings->output, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return fail_errno(error, "cannot create '%s'", settings->output);
    close(fd);
    return OK;
}

static Status measure(const RunSettings *settings, RunSetup *setup,
                      Results *results, BenchExit *code, Error *error)
{
    double start = clock_seconds();
    Status status = run_setup(settings, setup, results, error);
    if (status == OK) status = check_output(settings, error);
    if (status != OK) return status;
    setup->options.core = core_bind().core;
    fill_manifest(settings, setup, results);
    stop_signal_watch();
    signal(SIGPIPE, SIG_IGN); /* an engine that ends is an error we report */
    status = bench_run(&setup->options, setup->subjects, setup->subject_count,
                       results, error);
    signal(SIGPIPE, SIG_DFL);
    results->end.seconds = clock_seconds() - start;
    if (status == OK || status == ERR_INTERRUPTED) {
        Error failed;
        Status printed = print_results(settings, results, &failed);
        if (printed != OK) *error = failed;
        if (printed != OK) status = printed;
    }
    *code = results->end.partial       ? EXIT_FAILED
            : results->end.differences ? EXIT_DIFFERENCE
                                       : EXIT_FINE;
    return status;
}

static Status run(void *given, const ParsedLine *line, BenchExit *code,
                  Error *error)
{
    static RunSetup setup;
    Results results = {0};
    if (line->operand_count) {
        return fail(error, ERR_USAGE,
                    "unexpected argument '%s'; use -i INDEX -f QUERIES",
                    line->operands[0]);
    }
    Status status = measure(given, &setup, &results, code, error);
    run_setup_release(&setup);
    results_release(&results);
    return status;
}

const BenchCommand COMMAND_RUN = {
    .program = {.name = "bench run",
                .summary = "measure latency, quality and equal answers",
                .usages = usages,
                .examples = examples,
                .options = options,
                .chapters = chapters,
                .operands = COMPLETE_NOTHING},
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run};
