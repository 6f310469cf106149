/* options.h - parser, help, man page and completion from one option table.
 *
 * A Program describes the options, usage, examples and chapters of a program.
 * options_parse writes the values into a struct of the program's own, by
 * offset, and leaves those of options that are not given, so the caller stores
 * its defaults there first (NULL, 0 and NAN make good "not given" values).
 * options_answer prints nothing: it fills a Buf that main prints.
 *
 * Every program has -h, --help, --version, --generate, -q and -v; they are not
 * in its table. Options and operands may be mixed; all arguments after `--` are
 * operands, and so is `-`. -k10, -k 10, --k=10 and --k 10 are the same, -qv is
 * -q -v. If an option is given twice the last one counts, except for lists.
 *
 *   static const Option OPTIONS[] = {
 *       {OPTION_GROUP, .brief = "Where"},
 *       {OPTION_TEXT, 'o', "output", "DIR", offsetof(Settings, output),
 *        .brief = "write the index to DIR [./.quern]",
 *        .complete = COMPLETE_FOLDER},
 *       {OPTION_NEGATABLE, 0, "store", NULL, offsetof(Settings, store),
 *        .brief = "keep the text, for snippets [yes]"},
 *       {.kind = OPTION_END}};
 */
#ifndef QUERN_PROGRAM_OPTIONS_H
#define QUERN_PROGRAM_OPTIONS_H

#include "common/base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum OptionKind {
    OPTION_END,       /* ends the table */
    OPTION_GROUP,     /* a heading: only `brief` is used */
    OPTION_FLAG,      /* bool: sets true */
    OPTION_NEGATABLE, /* bool: --NAME sets true, --no-NAME false */
    OPTION_TEXT,      /* const char *: borrowed from argv */
    OPTION_NUMBER,    /* uint64_t from low to high */
    OPTION_SIZE,      /* uint64_t bytes: 4096, 64K, 256M, 1.5G; 1K is 1024 */
    OPTION_REAL,      /* double from low to high */
    OPTION_CHOICE,    /* int: an index into `choices` */
    OPTION_LIST       /* OptionList: may be given several times */
} OptionKind;

/* What a shell completes for a value or an operand. */
typedef enum OptionComplete {
    COMPLETE_NOTHING,
    COMPLETE_FILE,
    COMPLETE_FOLDER
} OptionComplete;

typedef struct Option {
    OptionKind kind;
    char letter;        /* 0: no short form */
    const char *name;   /* without dashes */
    const char *value;  /* placeholder of the value in the help: "FILE" */
    size_t offset;      /* in the program's own struct */
    const char *brief;  /* one line, lower case, no full stop; default in [] */
    const char *detail; /* sentences for --help and the man page, or NULL */
    double low, high;   /* NUMBER, SIZE, REAL; both 0: no limit */
    const char *const *choices; /* CHOICE: NULL ends */
    OptionComplete complete;
    bool once; /* giving it twice is an error */
} Option;

/* The values of an OPTION_LIST in order. Start with {0}; `items` is owned and
 * freed by option_list_release, the strings are argv's. */
typedef struct OptionList {
    const char **items;
    size_t count;
} OptionList;

void option_list_release(OptionList *list);

typedef struct ProgramExample {
    const char *command;
    const char *meaning;
} ProgramExample;

/* A chapter of --help and the man page: "Exit status", "Environment". Lines
 * that start with a space are printed unchanged, others are filled. */
typedef struct ProgramChapter {
    const char *title;
    const char *text;
} ProgramChapter;

typedef struct Program {
    const char *name;                  /* "indexer", "indexer stats" */
    const char *summary;               /* "turn documents into an index" */
    const char *const *usages;         /* "[OPTIONS] INPUT...", NULL ends */
    const ProgramExample *examples;    /* {0} ends; NULL: none */
    const Option *options;             /* OPTION_END ends */
    const Option *const *more_options; /* further tables, which other programs
                                          have, too; NULL ends; NULL: none */
    const ProgramChapter *chapters;    /* {0} ends; NULL: none */
    /* Commands have tables of their own; NULL ends; NULL: none. For help, man
     * page and completion only: main dispatches to the command. */
    const struct Program *const *commands;
    OptionComplete operands;
} Program;

typedef enum OptionRequest {
    REQUEST_NOTHING,
    REQUEST_SHORT_HELP, /* -h */
    REQUEST_HELP,       /* --help */
    REQUEST_VERSION,
    REQUEST_MAN, /* --generate man */
    REQUEST_BASH,
    REQUEST_ZSH,
    REQUEST_FISH
} OptionRequest;

/* The rest of a parsed command line. */
typedef struct ParsedLine {
    const char **operands; /* owned, the strings are argv's */
    size_t operand_count;
    OptionRequest request; /* the first one given; answer it and exit */
    bool quiet, verbose;   /* -q, -v: for log_start */
    uint64_t given;        /* bit i: row i of the program's tables */

    /* The first argument such as -gnu that was read as letters of which the
     * last has the rest as its value, and that value: perhaps the word of a
     * query that was to be excluded. NULL if there is none. */
    const char *bundle, *bundle_value;
    bool bundle_follows_operand;
} ParsedLine;

/* Reads arguments 1 .. argc - 1 (main of a command passes argc - 1, argv + 1).
 * ERR_USAGE names the invalid option, with a suggestion if a name is similar. A
 * request for help is returned even if a later argument is invalid. */
NODISCARD Status options_parse(const Program *program, int argc, char **argv,
                               void *settings, ParsedLine *out, Error *error);
void parsed_line_release(ParsedLine *line);

/* Whether the option that writes to `offset` was given, also with the value
 * that it has by default. */
bool options_given(const Program *program, const ParsedLine *line,
                   size_t offset);

/* Appends the text that answers a request (not REQUEST_NOTHING), at most 80
 * columns wide; for stdout, exit 0. */
void options_answer(const Program *program, OptionRequest request, Buf *out);

/* "usage: ..." and two examples, about six lines: for stderr, exit 2, when a
 * program is called without arguments. */
void options_usage(const Program *program, Buf *out);

#endif
