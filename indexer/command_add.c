/* command_add.c - indexer add and indexer update: documents into an index. */
#include "common/program/advice_words.h"
#include "common/program/log.h"
#include "indexer/change_settings.h"
#include "indexer/commands.h"
#include "indexer/held_options.h"
#include "indexer/index_change.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Builds report this as a BuildReport. */
static void summarize_skips(const Change *change)
{
    BuildReport report = {.logged = change->report.logged};
    memcpy(report.skips, change->report.counts.skips, sizeof report.skips);
    build_log_summarize(&change->log, &report);
}

static Status check_documents(const Change *change, Error *error)
{
    const WriterCounts *counts = &change->report.counts;
    if (counts->added || counts->replaced || counts->unchanged ||
        counts->skips[SKIP_LOG_DUPLICATE])
        return OK;
    return fail(error, ERR_USAGE,
                "no document in the input; nothing was changed");
}

static Status read_inputs(Change *change, const Command *command,
                          const HeldOptions *held, Error *error)
{
    const BuildOptions *build = &change->options.build;
    bool adds = command->program == &ADD_PROGRAM;
    Index *index;
    Status status = writer_index(change->writer, &index, error);
    if (status == OK && index) status = held_options_check(held, index, error);
    if (status == OK)
        status = writer_read(change->writer, adds ? WRITER_ADD : WRITER_UPDATE,
                             &build->corpus, build->inputs, build->input_count,
                             error);
    if (status == OK) status = change_commit(change, error);
    if (status == OK) status = check_documents(change, error);
    if (status != OK) build_log_complete_error(&change->log, error);
    return status;
}

static Status change_index(Change *change, const Command *command,
                           const BuildSettings *settings,
                           const ParsedLine *line, Error *error)
{
    HeldOptions held = {.program = command->program,
                        .line = line,
                        .build = &change->options.build};
    Status status = change_open(change, error);
    if (status == OK) status = read_inputs(change, command, &held, error);
    if (status != OK) return status;
    summarize_skips(change);
    return change_print(change, settings->json, stdout, error);
}

/* A lone '-' waits for standard input. */
static void note_terminal(const BuildOptions *options)
{
    for (size_t i = 0; i < options->input_count; i++) {
        if (!strcmp(options->inputs[i], "-") && isatty(STDIN_FILENO))
            log_note("reading from the terminal; end the input with Ctrl-D");
    }
}

/* Files get ids that are paths from the current folder. */
static void note_parent(const Change *change)
{
    const BuildOptions *build = &change->options.build;
    char *here = realpath(".", NULL), *index = realpath(build->output, NULL);
    size_t size = here ? strlen(here) : 0;
    bool is_here = here && index && !strncmp(index, here, size) &&
                   index[size] == '/';
    if (change->path.size && build->unnamed && here && index && !is_here)
        log_note("using the index %s of a parent folder; ids of files are "
                 "paths from this folder",
                 build->output);
    free(here);
    free(index);
}

static Status run(const Command *command, const BuildSettings *settings,
                  const ParsedLine *line, Error *error)
{
    Change change = {.options = writer_defaults()};
    BuildOptions *build = &change.options.build;
    Buf stop_words = {0};
    Status status = line->operand_count
                        ? OK
                        : fail(error, ERR_USAGE,
                               "no input is named: a file, a folder, or - for "
                               "standard input");
    if (status == OK)
        status = build_settings_apply(settings, line, &stop_words, build,
                                      error);
    change.options.wait = settings->wait;
    change.options.no_merge = !settings->merge;
    change.options.verb = command->name;
    if (status == OK) status = check_inputs(build, error);
    if (status == OK) status = change_find(&change, settings->output, error);
    if (status == OK) note_parent(&change);
    if (status == OK) note_terminal(build);
    if (status == OK && settings->dry_run) {
        status = dry_run(build, settings->json, stdout, error);
    } else if (status == OK) {
        status = change_index(&change, command, settings, line, error);
    }
    change_release(&change);
    buf_release(&stop_words);
    return status;
}

int command_add(const Command *command, int argc, char **argv)
{
    BuildSettings settings;
    ParsedLine line;
    Error error;
    int exit_status;
    build_settings_init(&settings);
    settings.output = NULL; /* found, unless it is named */
    settings.merge = true;
    if (command_begin(command->program, argc, argv, &settings, &line,
                      &exit_status))
        exit_status = command_end(run(command, &settings, &line, &error),
                                  &error);
    parsed_line_release(&line);
    build_settings_release(&settings);
    return exit_status;
}
