/* bench_commands.c - the table of the commands, and how one is run. */
#include "bench/bench_commands.h"

#include "common/program/advice_words.h"
#include "common/program/log.h"
#include "common/program/program_output.h"

#include <stdlib.h>
#include <string.h>

static const BenchCommand *const COMMANDS[] = {
    &COMMAND_RUN,     &COMMAND_EVAL,   &COMMAND_VERIFY,
    &COMMAND_COMPARE, &COMMAND_REPORT, &COMMAND_VERIFY_LEVEL};
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

const BenchCommand *bench_command_find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const char *full = COMMANDS[i]->program.name; /* "bench run" */
        if (!strcmp(name, strchr(full, ' ') + 1)) return COMMANDS[i];
    }
    return NULL;
}

static void start_log(const ParsedLine *line)
{
    log_start("bench", line->quiet     ? LOG_QUIET
                       : line->verbose ? LOG_VERBOSE
                                       : LOG_NORMAL);
}

static void release_lists(const Program *program, void *settings)
{
    for (const Option *row = program->options; row->kind != OPTION_END; row++) {
        if (row->kind == OPTION_LIST) {
            void *at = (char *)settings + row->offset;
            option_list_release(at);
        }
    }
}

static Status run_command(const BenchCommand *command, void *settings, int argc,
                          char **argv, BenchExit *code, Error *error)
{
    ParsedLine line;
    Status status = options_parse(&command->program, argc, argv, settings,
                                  &line, error);
    start_log(&line);
    if (status == OK && line.request != REQUEST_NOTHING) {
        status = program_print_answer(&command->program, line.request, error);
    } else if (status == OK) {
        status = command->run(settings, &line, code, error);
    }
    parsed_line_release(&line);
    return status;
}

int bench_command_main(const BenchCommand *command, int argc, char **argv)
{
    Error error;
    BenchExit code = EXIT_FINE;
    void *settings = malloc(command->settings_size);
    Status status = settings ? OK : fail_memory(&error, "reading the options");
    if (settings) {
        memcpy(settings, command->defaults, command->settings_size);
        status = run_command(command, settings, argc, argv, &code, &error);
        release_lists(&command->program, settings);
        free(settings);
    }
    if (status != OK) log_failure(&error);
    return status == ERR_INTERRUPTED ? EXIT_INTERRUPTED
           : status != OK            ? EXIT_FAILED
                                     : (int)code;
}
