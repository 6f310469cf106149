/* main.c - bench: latency, quality and equal answers of search engines. */
#include "bench/bench_commands.h"
#include "common/base/map_guard.h"
#include "common/program/advice_words.h"
#include "common/program/log.h"
#include "common/program/program_output.h"
#include "common/program/standard_streams.h"

#include <signal.h>

static Status print_usage(Error *error)
{
    Buf out = {0};
    options_usage(&BENCH_PROGRAM, &out);
    log_text(buf_span(&out));
    buf_release(&out);
    return fail(error, ERR_USAGE,
                "no command: run, eval, verify, compare or report");
}

/* No command: options such as --help, or an error. */
static int bench_main(int argc, char **argv)
{
    char nothing = 0; /* bench itself has no settings */
    ParsedLine line;
    Error error;
    Status status = options_parse(&BENCH_PROGRAM, argc, argv, &nothing, &line,
                                  &error);
    log_start("bench", LOG_NORMAL);
    if (status == OK && line.request != REQUEST_NOTHING) {
        status = program_print_answer(&BENCH_PROGRAM, line.request, &error);
    } else if (status == OK && line.operand_count) {
        status = fail(&error, ERR_USAGE,
                      "unknown command '%s'; the commands are run, eval, "
                      "verify, compare and report",
                      line.operands[0]);
    } else if (status == OK) {
        status = print_usage(&error);
    }
    if (status != OK) log_failure(&error);
    parsed_line_release(&line);
    return status == OK ? EXIT_FINE : EXIT_FAILED;
}

int main(int argc, char **argv)
{
    if (!standard_streams_open()) return EXIT_FAILED;
    signal(SIGPIPE, SIG_DFL); /* a reader that goes away ends us quietly */
    signal(SIGXFSZ, SIG_IGN); /* a limit on file size fails a write instead */
    map_guard_install("bench");
    const BenchCommand *command = argc > 1 ? bench_command_find(argv[1]) : NULL;
    return command ? bench_command_main(command, argc - 1, argv + 1)
                   : bench_main(argc, argv);
}
