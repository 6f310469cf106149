/* commands.h - the commands that look into an index.
 *
 * Each prints to `out` and returns; the caller prints errors and exits. Text
 * from the index is printed with control characters escaped.
 */
#ifndef QUERN_INDEXER_COMMANDS_H
#define QUERN_INDEXER_COMMANDS_H

#include "common/program/program_output.h"

#include "common/segment/index.h"
#include "indexer/build/build.h"

typedef struct CommandOptions {
    bool json;
    const char *prefix;     /* terms: those that begin with it; NULL: all */
    const char *const *ids; /* dump: these documents in this order */
    size_t id_count;        /* 0: all documents */
    uint64_t max_record; /* check, dump: bytes of a document held; 0: 256 MB */
} CommandOptions;

typedef Status CommandFunction(const char *folder,
                               const CommandOptions *options, FILE *out,
                               Error *error);

/* How many of everything, how large, made from what and how. */
NODISCARD CommandFunction command_stats;

/* Reads every byte and checks every rule of FORMAT.md. Prints `ok` and counts,
 * or a line for each problem and returns ERR_CORRUPT; then what was not
 * checked. */
NODISCARD CommandFunction command_check;

/* A JSON object a line for each document: id, title, text, fields. ERR_USAGE
 * at the first unknown id, after the documents before it. */
NODISCARD CommandFunction command_dump;

/* term, df, total tf, separated by tabs, in byte order; with --json an object
 * a line. */
NODISCARD CommandFunction command_terms;

/* source, line, byte offset, reason of what was skipped, changed or dropped,
 * separated by tabs; with --json an object a line and a summary. */
NODISCARD CommandFunction command_skipped;

/* Segments, size, who writes, the last changes. */
NODISCARD CommandFunction command_status;

/* Upgrades an index of an older version of the format in place; prints nothing
 * to `out`. */
NODISCARD CommandFunction command_upgrade;

typedef struct Command Command;

/* The main of a command with options of its own: `argv` begins with its name.
 * Returns the exit status. */
typedef int CommandMain(const Command *command, int argc, char **argv);

CommandMain command_add; /* and update */
CommandMain command_remove;
CommandMain command_merge;

struct Command {
    const char *name;
    const Program *program; /* its options and help */
    CommandFunction *run;   /* NULL: it has a `start` */
    bool takes_ids;
    CommandMain *start;
};

enum { COMMAND_COUNT = 11 };
extern const Program MERGE_PROGRAM;
extern const Command COMMANDS[COMMAND_COUNT];
extern const Program *const COMMAND_PROGRAMS[]; /* ends with NULL */

/* NULL if there is no such command. */
const Command *command_find(const char *name);

/* command_frame.c: how every command begins and ends. */

/* Parses the arguments and starts the log. False if that was all: what was
 * asked for, as by --help, has been printed, or a failure; *exit_status is then
 * that of the command. `line` is due for parsed_line_release in any case. */
bool command_begin(const Program *program, int argc, char **argv,
                   void *settings, ParsedLine *line, int *exit_status);

/* Prints a failure. 0, 2 for a failure, 130 if it was interrupted. */
int command_end(Status status, const Error *error);

/* What options_parse fills in for a command. */
typedef struct CommandSettings {
    bool json;
    const char *prefix;
    uint64_t max_record;
} CommandSettings;

void command_settings_init(CommandSettings *settings);

/* Finds the index and runs the command. */
NODISCARD Status command_run(const Command *command,
                             const CommandSettings *settings,
                             const ParsedLine *line, FILE *out, Error *error);

/* input_check.c: misspelt inputs and commands, before anything is done. */

/* ERR_USAGE or ERR_IO if an input does not exist, with a suggestion: the first
 * one may be a misspelt command. */
NODISCARD Status check_inputs(const BuildOptions *options, Error *error);

/* A lone '-' waits for standard input: prints a note if that is a terminal. */
void note_terminal(const BuildOptions *options);

/* dry_run.c: shows the first documents of the input, and writes nothing. */

/* Prints to `out`; with `json` one object per line. Formats and skipped records
 * are reported on stderr, as by a build. `index` is the one that would get the
 * documents; NULL: one that is created. */
NODISCARD Status dry_run(const BuildOptions *options, const Index *index,
                         bool json, FILE *out, Error *error);

/* build_summary.c: the summary of a build. */

/* A few lines without the program's name; verbose: also the size of each
 * section. */
void put_summary(Buf *out, const char *folder, const BuildReport *report,
                 bool verbose);

/* One JSON object and a line feed. */
void put_summary_json(Buf *out, const char *folder, const BuildReport *report);

#endif
