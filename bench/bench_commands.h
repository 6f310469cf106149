/* bench_commands.h - the commands of bench.
 *
 * Each is a file, command_NAME.c, with its settings, option table and help.
 * A command prints to stdout with program_print and returns; main prints
 * errors.
 */
#ifndef QUERN_BENCH_BENCH_COMMANDS_H
#define QUERN_BENCH_BENCH_COMMANDS_H

#include "common/program/options.h"

/* The exit status of all commands. */
typedef enum BenchExit {
    EXIT_FINE = 0,
    EXIT_DIFFERENCE = 1, /* answers differ, a certificate fails, slower */
    EXIT_FAILED = 2,
    EXIT_INTERRUPTED = 130
} BenchExit;

typedef struct BenchCommand {
    Program program;      /* "bench run", its options and help */
    const void *defaults; /* its settings before options are parsed */
    size_t settings_size;
    /* *code is EXIT_FINE on entry. Lists in the settings are released by the
     * caller. */
    Status (*run)(void *settings, const ParsedLine *line, BenchExit *code,
                  Error *error);
} BenchCommand;

extern const BenchCommand COMMAND_RUN;
extern const BenchCommand COMMAND_EVAL;
extern const BenchCommand COMMAND_VERIFY;
extern const BenchCommand COMMAND_COMPARE;
/* The name under which verify starts itself; no help lists it. */
#define LEVEL_COMMAND "verify-level"
extern const BenchCommand COMMAND_VERIFY_LEVEL;
extern const BenchCommand COMMAND_REPORT;

/* bench itself: its help names the commands. */
extern const Program BENCH_PROGRAM;

/* NULL if there is no such command. */
const BenchCommand *bench_command_find(const char *name);

/* Parses the arguments after the name of the command (argv[0]), runs it and
 * prints its error; returns the exit status. */
int bench_command_main(const BenchCommand *command, int argc, char **argv);

#endif
