/* command_compare.c - whether one result is faster than another. */
#include "bench/bench_commands.h"

typedef struct Settings {
    const char *fail_above;
    bool json;
} Settings;

static const Settings defaults = {0};

static const Option options[] = {
    {OPTION_TEXT, 0, "fail-above", "PERCENT", offsetof(Settings, fail_above),
     .brief = "exit with 1 if anything became slower by more than PERCENT",
     .detail = "Only a significant change counts: the whole interval must lie "
               "above PERCENT. For scripts; best on one run of two engines or "
               "two indexes, whose launches are interleaved."},
    {OPTION_FLAG, 'j', "json", NULL, offsetof(Settings, json),
     .brief = "print JSON lines"},
    {.kind = OPTION_END}};

static const char *const usages[] = {"[OPTIONS] RESULTS...", NULL};

static Status run(void *given, const ParsedLine *line, BenchExit *code,
                  Error *error)
{
    (void)given, (void)line, (void)code;
    return fail(error, ERR_UNSUPPORTED, "'compare' is not finished");
}

const BenchCommand COMMAND_COMPARE = {
    .program = {.name = "bench compare",
                .summary = "compare the latencies of results",
                .usages = usages,
                .options = options,
                .operands = COMPLETE_FILE},
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run};
