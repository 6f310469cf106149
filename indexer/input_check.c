/* input_check.c - misspelt inputs and commands, before anything is done. */

#include "common/base/near_miss.h"
#include "common/program/log.h"
#include "common/program/suggest_file.h"
#include "indexer/commands.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static bool is_missing(const char *input)
{
    return strcmp(input, "-") != 0 && access(input, F_OK) != 0 &&
           errno == ENOENT;
}

static Status fail_missing(const char *input, Error *error)
{
    Buf near = {0};
    suggest_file(input, NULL, &near);
    const char *suggested = near.size ? buf_text(&near) : NULL;
    Status status =
        suggested ? fail(error, ERR_IO,
                         "no such file or folder: '%s'; did you mean '%s'?",
                         input, suggested)
                  : fail(error, ERR_IO, "no such file or folder: '%s'", input);
    buf_release(&near);
    return status;
}

/* Lower-case letters only, and not similar to the name of a file. */
static bool looks_like_command(const char *word)
{
    Buf near = {0};
    suggest_file(word, NULL, &near);
    bool is_near = near.size > 0;
    buf_release(&near);
    return !is_near && word[strspn(word, "abcdefghijklmnopqrstuvwxyz")] == 0;
}

/* `indexer stat ix` is a misspelt command if the file `stat` does not exist. */
static Status check_command(const char *first, Error *error)
{
    NearMiss search = {.word = first};
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        near_miss_offer(&search, COMMANDS[i].name);
    if (search.best)
        return fail(error, ERR_USAGE,
                    "'%s' is not a file or a command; did you mean 'indexer "
                    "%s'?",
                    first, search.best);
    if (!looks_like_command(first)) return OK;
    return fail(error, ERR_USAGE,
                "'%s' is not a file or a command; 'indexer INPUT' creates an "
                "index, 'indexer -h' lists the commands",
                first);
}

Status check_inputs(const BuildOptions *options, Error *error)
{
    for (size_t i = 0; i < options->input_count; i++) {
        const char *input = options->inputs[i];
        if (!is_missing(input)) continue;
        Status status = i == 0 ? check_command(input, error) : OK;
        return status == OK ? fail_missing(input, error) : status;
    }
    return OK;
}

void note_terminal(const BuildOptions *options)
{
    for (size_t i = 0; i < options->input_count; i++) {
        if (!strcmp(options->inputs[i], "-") && isatty(STDIN_FILENO))
            log_note("reading from the terminal; end the input with Ctrl-D");
    }
}
