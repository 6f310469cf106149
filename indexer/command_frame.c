/* command_frame.c - how every command begins and ends. */
#include "common/program/log.h"
#include "indexer/commands.h"
#include "indexer/index_change.h"

void command_start_log(const ParsedLine *line)
{
    log_start("indexer", line->quiet     ? LOG_QUIET
                         : line->verbose ? LOG_VERBOSE
                                         : LOG_NORMAL);
}

int command_exit_status(Status status)
{
    if (status == OK) return EXIT_FINE;
    return status == ERR_INTERRUPTED ? EXIT_INTERRUPTED : EXIT_BAD;
}
