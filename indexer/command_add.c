/* command_add.c - indexer add and indexer update: documents into an index. */
#include "common/base/plain_text.h"
#include "common/program/advice_words.h"
#include "common/program/log.h"
#include "common/segment/documents/index_ids.h"
#include "indexer/change_settings.h"
#include "indexer/commands.h"
#include "indexer/git_excludes.h"
#include "indexer/held_options.h"
#include "indexer/index_change.h"

#include <stdlib.h>
#include <string.h>

typedef struct Addition {
    Change change;
    HeldOptions held;
    Buf stop_words;
    Buf git_excludes; /* path of the user's own file of patterns */
    Buf known_id;     /* of the index, as an example; empty: it has none */
} Addition;

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

/* What the index has decided of how inputs are read. */
static Status complete_options(Addition *addition, const Index *index,
                               Error *error)
{
    CorpusOptions *corpus = &addition->change.options.build.corpus;
    Status status = OK;
    if (index) status = writer_check_analyzer(index, error);
    if (status == OK && index)
        status = held_options_apply(&addition->held, index, error);
    return status == OK
               ? git_excludes_apply(corpus, &addition->git_excludes, error)
               : status;
}

static Status keep_example(Addition *addition, const Index *index, Error *error)
{
    bool has_ids = index && index->manifest.document_count;
    return has_ids ? index_first_id(index, &addition->known_id, error) : OK;
}

/* Documents that were read with other options have other ids, and replace
 * nothing. */
static void note_new_ids(const Addition *addition)
{
    const WriterCounts *counts = &addition->change.report.counts;
    const Buf *known = &addition->known_id;
    Buf id = {0};
    if (addition->held.program != &UPDATE_PROGRAM || !known->size ||
        !counts->added || counts->replaced || counts->unchanged)
        return;
    put_plain_id(&id, buf_span(known));
    const char *shown = buf_text(&id);
    if (shown)
        log_note("no id of the input was in the index, where ids look like "
                 "'%s'; to replace documents, give paths, --format, --id-field "
                 "and so on as when it was made",
                 shown);
    buf_release(&id);
}

static Status read_inputs(Addition *addition, Error *error)
{
    Change *change = &addition->change;
    const BuildOptions *build = &change->options.build;
    bool adds = addition->held.program == &ADD_PROGRAM;
    Index *index;
    Status status = writer_index(change->writer, &index, error);
    if (status == OK) status = keep_example(addition, index, error);
    if (status == OK) status = complete_options(addition, index, error);
    if (status == OK)
        status = writer_read(change->writer, adds ? WRITER_ADD : WRITER_UPDATE,
                             &build->corpus, build->inputs, build->input_count,
                             error);
    if (status == OK) status = change_commit(change, error);
    if (status == OK) status = check_documents(change, error);
    if (status != OK) build_log_complete_error(&change->log, error);
    return status;
}

static Status change_index(Addition *addition, bool json, Error *error)
{
    Change *change = &addition->change;
    Status status = change_open(change, error);
    if (status == OK) status = read_inputs(addition, error);
    if (status != OK) return status;
    summarize_skips(change);
    note_new_ids(addition);
    return change_print(change, json, stdout, error);
}

static Status show_inputs(Addition *addition, bool json, Error *error)
{
    const BuildOptions *build = &addition->change.options.build;
    Index *index = NULL;
    bool found;
    Status status = index_find(build->output, &found, error);
    if (status == OK && found)
        status = index_open(build->output, &index, error);
    if (status == OK) status = complete_options(addition, index, error);
    if (status == OK) status = dry_run(build, index, json, stdout, error);
    index_close(index);
    return status;
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

static Status run(Addition *addition, const BuildSettings *settings,
                  Error *error)
{
    Change *change = &addition->change;
    BuildOptions *build = &change->options.build;
    const ParsedLine *line = addition->held.line;
    Status status = line->operand_count
                        ? OK
                        : fail(error, ERR_USAGE,
                               "no input is named: a file, a folder, or - for "
                               "standard input");
    if (status == OK)
        status = build_settings_apply(settings, line, &addition->stop_words,
                                      build, error);
    change->options.wait = settings->wait;
    change->options.no_merge = !settings->merge;
    if (status == OK) status = check_inputs(build, error);
    if (status == OK) status = change_find(change, settings->output, error);
    if (status != OK) return status;
    note_parent(change);
    note_terminal(build);
    return settings->dry_run ? show_inputs(addition, settings->json, error)
                             : change_index(addition, settings->json, error);
}

static int add_documents(const Command *command, const BuildSettings *settings,
                         const ParsedLine *line)
{
    Addition addition = {.change.options = writer_defaults()};
    Error error;
    addition.change.options.verb = command->name;
    addition.held = (HeldOptions){.program = command->program,
                                  .line = line,
                                  .build = &addition.change.options.build};
    int exit_status = command_end(run(&addition, settings, &error), &error);
    change_release(&addition.change);
    held_options_release(&addition.held);
    buf_release(&addition.stop_words);
    buf_release(&addition.git_excludes);
    buf_release(&addition.known_id);
    return exit_status;
}

int command_add(const Command *command, int argc, char **argv)
{
    BuildSettings settings;
    ParsedLine line;
    int exit_status;
    build_settings_init(&settings);
    settings.output = NULL; /* found, unless it is named */
    settings.merge = true;
    if (command_begin(command->program, argc, argv, &settings, &line,
                      &exit_status))
        exit_status = add_documents(command, &settings, &line);
    parsed_line_release(&line);
    build_settings_release(&settings);
    return exit_status;
}
