/* command_verify.c - pruned search equals exhaustive search. */
#include "bench/bench_commands.h"

typedef struct Settings {
    const char *index, *file;
} Settings;

static const Settings defaults = {0};

static const Option options[] = {
    {OPTION_TEXT, 'i', "index", "DIR", offsetof(Settings, index),
     .brief = "index to verify", .complete = COMPLETE_FOLDER, .once = true},
    {OPTION_TEXT, 'f', "file", "FILE", offsetof(Settings, file),
     .brief = "read queries from FILE", .complete = COMPLETE_FILE,
     .once = true},
    {.kind = OPTION_END}};

static const char *const usages[] = {"[OPTIONS] -i INDEX -f QUERIES", NULL};

static Status run(void *given, const ParsedLine *line, BenchExit *code,
                  Error *error)
{
    (void)given, (void)line, (void)code;
    return fail(error, ERR_UNSUPPORTED, "'verify' is not finished");
}

const BenchCommand COMMAND_VERIFY = {
    .program =
        {.name = "bench verify",
         .summary =
             "compare pruned with exhaustive search, on every instruction set",
         .usages = usages,
         .options = options,
         .operands = COMPLETE_NOTHING},
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run};
