/* command_report.c - a page with charts, from results. */
#include "bench/bench_commands.h"

typedef struct Settings {
    const char *output;
} Settings;

static const Settings defaults = {0};

static const Option options[] = {{OPTION_TEXT, 'o', "output", "FILE",
                                  offsetof(Settings, output),
                                  .brief = "write the page to FILE",
                                  .complete = COMPLETE_FILE, .once = true},
                                 {.kind = OPTION_END}};

static const char *const usages[] = {"[OPTIONS] RESULTS... -o FILE", NULL};

static Status run(void *given, const ParsedLine *line, BenchExit *code,
                  Error *error)
{
    (void)given, (void)line, (void)code;
    return fail(error, ERR_UNSUPPORTED, "'report' is not finished");
}

const BenchCommand COMMAND_REPORT = {
    .program = {.name = "bench report",
                .summary = "write a page with charts",
                .usages = usages,
                .options = options,
                .operands = COMPLETE_FILE},
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run};
