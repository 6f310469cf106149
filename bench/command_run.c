/* command_run.c - measures latency, quality and equal answers. */
#include "bench/bench_commands.h"

typedef struct Settings {
    OptionList indexes, engines, jit;
    const char *file, *depths, *qrels, *output;
    uint64_t launches, passes;
    double warm, timeout;
    bool count, cold, syntax, json;
} Settings;

enum { MIN_LAUNCHES = 5 };

static const Settings defaults = {
    .depths = "10", .launches = MIN_LAUNCHES, .warm = 20, .timeout = 30};

#define AT(member) offsetof(Settings, member)

static const Option options[] = {
    {OPTION_GROUP, .brief = "Input"},
    {OPTION_LIST, 'i', "index", "DIR", AT(indexes),
     .brief = "index to measure; several are measured in turns",
     .complete = COMPLETE_FOLDER},
    {OPTION_TEXT, 'f', "file", "FILE", AT(file),
     .brief = "read queries from FILE; - is standard input",
     .complete = COMPLETE_FILE, .once = true},
    {OPTION_LIST, 0, "engine", "NAME=COMMAND", AT(engines),
     .brief = "also measure an engine that speaks the line protocol"},
    {OPTION_LIST, 0, "jit", "NAME", AT(jit),
     .brief = "engine NAME compiles as it runs: warm up at least --warm"},

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
     .brief = "start each engine N times [5]", .low = MIN_LAUNCHES,
     .high = 1000},
    {OPTION_NUMBER, 0, "passes", "N", AT(passes),
     .brief = "ask all queries N times a launch [as fits in 40 s]", .low = 1,
     .high = 100000},
    {OPTION_REAL, 0, "warm", "X", AT(warm),
     .brief = "seconds to warm up an engine that compiles [20]", .low = 0,
     .high = 60},
    {OPTION_REAL, 0, "timeout", "X", AT(timeout),
     .brief = "seconds to wait for an answer [30]", .low = 0.1, .high = 86400},

    {OPTION_GROUP, .brief = "Output"},
    {OPTION_TEXT, 'o', "output", "FILE", AT(output),
     .brief = "write the results to FILE, for compare and report",
     .complete = COMPLETE_FILE, .once = true},
    {OPTION_FLAG, 'j', "json", NULL, AT(json),
     .brief = "print the results, not tables, on standard output"},
    {.kind = OPTION_END}};

static const char *const usages[] = {"[OPTIONS] -i INDEX -f QUERIES", NULL};

static Status run(void *given, const ParsedLine *line, BenchExit *code,
                  Error *error)
{
    (void)given, (void)line, (void)code;
    return fail(error, ERR_UNSUPPORTED, "'run' is not finished");
}

const BenchCommand COMMAND_RUN = {
    .program = {.name = "bench run",
                .summary = "measure latency, quality and equal answers",
                .usages = usages,
                .options = options,
                .operands = COMPLETE_NOTHING},
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run};
