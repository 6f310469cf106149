/* inputs.c - the files that the inputs name, in order. */
#include "corpus/inputs.h"

#include "corpus/mail_detect.h"
#include "corpus/reader.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

static Status fail_input(const char *input, Error *error)
{
    if (errno != ENOENT) return fail_errno(error, "cannot read '%s'", input);
    return fail(error, ERR_IO, "no such file or folder: '%s'", input);
}

static Status check_refused(const CorpusListener *listener, const char *input,
                            Error *error)
{
    const char *reason = listener_refuses(listener, input);
    if (!reason) return OK;
    return fail(error, ERR_USAGE, "'%s' is %s, so it cannot be indexed", input,
                reason);
}

/* Whether the options name fields that mails cannot have. */
static bool names_fields(const CorpusOptions *options)
{
    for (size_t i = 0; i < options->store_field_count; i++)
        if (!mail_has_field(options->store_fields[i])) return true;
    return (options->id_field && !mail_has_field(options->id_field)) ||
           options->title_field || options->text_field || options->columns;
}

/* Only records and mails have fields, and the other files of a folder are whole
 * documents: where there are only folders, options that name fields of records
 * would do nothing. */
static Status check_fields(const CorpusOptions *options, const char *folder,
                           Error *error)
{
    bool has_records = options->format != CORPUS_DETECT &&
                       options->format != CORPUS_TEXT &&
                       options->format != CORPUS_HTML;
    if (has_records || !names_fields(options)) return OK;
    return fail_advising(error, ERR_USAGE, ADVICE_READ_RECORDS,
                         "'%s' is a folder: each of its files is one document, "
                         "without fields or columns",
                         folder);
}

Status inputs_init(Inputs *inputs, const CorpusOptions *options,
                   const char *const *names, size_t count,
                   const CorpusListener *listener, Error *error)
{
    *inputs = (Inputs){.names = names,
                       .count = count,
                       .hidden = options->hidden,
                       .listener = listener};
    bool only_files = true, only_folders = count > 0, has_standard = false;
    for (size_t i = 0; i < count; i++) {
        struct stat facts = {0};
        bool is_standard = !strcmp(names[i], "-");
        if (is_standard && has_standard)
            return fail(error, ERR_USAGE,
                        "standard input ('-') is given more than once");
        has_standard = has_standard || is_standard;
        if (!is_standard && stat(names[i], &facts))
            return fail_input(names[i], error);
        only_files = only_files && S_ISREG(facts.st_mode);
        only_folders = only_folders && S_ISDIR(facts.st_mode);
        inputs->total_bytes += (uint64_t)facts.st_size;
        if (is_standard) continue;
        Status status = check_refused(listener, names[i], error);
        if (status != OK) return status;
    }
    if (!only_files) inputs->total_bytes = 0;
    return only_folders ? check_fields(options, names[0], error) : OK;
}

/* Closes the walk of the last input, and reports what it left out. */
static void end_walk(Inputs *inputs)
{
    uint64_t hidden = tree_hidden(inputs->tree);
    if (hidden) {
        char what[64];
        snprintf(what, sizeof what, "%" PRIu64 " hidden %s left out", hidden,
                 hidden == 1 ? "entry was" : "entries were");
        listener_note(inputs->listener, inputs->names[inputs->next - 1], what,
                      ADVICE_HIDDEN);
    }
    tree_close(inputs->tree);
    inputs->tree = NULL;
}

static bool is_folder(const char *input)
{
    struct stat facts;
    return strcmp(input, "-") != 0 && stat(input, &facts) == 0 &&
           S_ISDIR(facts.st_mode);
}

Status inputs_next(Inputs *inputs, const char **name, Error *error)
{
    for (;;) {
        *name = NULL;
        if (inputs->tree) {
            Status status = tree_next(inputs->tree, name, error);
            if (status != OK || *name) return status;
            end_walk(inputs);
        }
        if (inputs->next == inputs->count) return OK;
        const char *input = inputs->names[inputs->next++];
        if (!is_folder(input)) {
            *name = input;
            return OK;
        }
        Status status = tree_open(input, inputs->hidden, inputs->listener,
                                  &inputs->tree, error);
        if (status != OK) return status;
    }
}

void inputs_release(Inputs *inputs)
{
    tree_close(inputs->tree);
    *inputs = (Inputs){0};
}
