/* command_frame.c - how every command begins and ends. */
#include "common/program/advice_words.h"
#include "common/program/log.h"
#include "common/program/program_output.h"
#include "indexer/commands.h"
#include "indexer/index_change.h"
#include "indexer/interrupt.h"

static void start_log(const ParsedLine *line)
{
    log_start("indexer", line->quiet     ? LOG_QUIET
                         : line->verbose ? LOG_VERBOSE
                                         : LOG_NORMAL);
}

bool command_begin(const Program *program, int argc, char **argv,
                   void *settings, ParsedLine *line, int *exit_status)
{
    Error error;
    Status status = options_parse(program, argc, argv, settings, line, &error);
    start_log(line);
    if (status == OK && line->request == REQUEST_NOTHING) return true;
    if (status == OK)
        status = program_print_answer(program, line->request, &error);
    *exit_status = command_end(status, &error);
    return false;
}

int command_end(Status status, const Error *error)
{
    if (status == OK) return EXIT_FINE;
    log_failure(error);
    return status == ERR_INTERRUPTED ? EXIT_INTERRUPTED : EXIT_BAD;
}
