/* command_eval.c - the quality of a run, as trec_eval measures it. */
#include "bench/bench_commands.h"

typedef struct Settings {
    bool complete;
} Settings;

static const Settings defaults = {0};

static const Option options[] = {
    {OPTION_FLAG, 0, "complete", NULL, offsetof(Settings, complete),
     .brief = "count queries that are missing in the run as 0"},
    {.kind = OPTION_END}};

static const char *const usages[] = {"[OPTIONS] RUN QRELS", NULL};

static Status run(void *given, const ParsedLine *line, BenchExit *code,
                  Error *error)
{
    (void)given, (void)line, (void)code;
    return fail(error, ERR_UNSUPPORTED, "'eval' is not finished");
}

const BenchCommand COMMAND_EVAL = {
    .program = {.name = "bench eval",
                .summary = "measure the quality of a run",
                .usages = usages,
                .options = options,
                .operands = COMPLETE_FILE},
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run};
