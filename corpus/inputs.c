/* inputs.c - the files that the inputs name, in order. */
#include "corpus/inputs.h"

#include "corpus/input_overlap.h"
#include "corpus/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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

static bool names_fields(const CorpusOptions *options)
{
    return options->id_field || options->title_field || options->text_field ||
           options->columns || options->store_field_count;
}

/* Only records have fields, and the files of a folder are whole documents:
 * where there are only folders, options that name fields would do nothing. */
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

/* What is known of the inputs when all have been checked. */
typedef struct Survey {
    bool only_files, only_folders, has_standard;
    RealPaths paths; /* of files and folders */
} Survey;

/* A pipe or a device is not opened to see whether it can be read. */
static Status check_access(const char *input, mode_t mode, Error *error)
{
    if (!S_ISREG(mode) && !S_ISDIR(mode)) return OK;
    int wanted = S_ISDIR(mode) ? R_OK | X_OK : R_OK;
    if (faccessat(AT_FDCWD, input, wanted, AT_EACCESS) == 0) return OK;
    return fail_errno(error, "cannot read '%s'", input);
}

static Status check_input(Inputs *inputs, const char *input, Survey *survey,
                          Error *error)
{
    struct stat facts = {0};
    if (!strcmp(input, "-")) {
        bool is_second = survey->has_standard;
        survey->has_standard = true;
        survey->only_files = survey->only_folders = false;
        return is_second ? fail(error, ERR_USAGE,
                                "standard input ('-') is given more than once")
                         : OK;
    }
    if (lstat(input, &facts)) return fail_input(input, error);
    bool is_link = S_ISLNK(facts.st_mode);
    if (is_link && stat(input, &facts)) return fail_input(input, error);
    bool is_file = S_ISREG(facts.st_mode), is_folder = S_ISDIR(facts.st_mode);
    survey->only_files = survey->only_files && is_file;
    survey->only_folders = survey->only_folders && is_folder;
    inputs->total_bytes += (uint64_t)facts.st_size;
    if (inputs->count > 1 && (is_file || is_folder))
        real_paths_add(&survey->paths, input, is_link);
    Status status = check_access(input, facts.st_mode, error);
    return status == OK ? check_refused(inputs->setup.listener, input, error)
                        : status;
}

Status inputs_init(Inputs *inputs, const CorpusOptions *options,
                   const char *const *names, size_t count,
                   const CorpusListener *listener, Error *error)
{
    *inputs = (Inputs){.names = names,
                       .count = count,
                       .setup = {.options = options, .listener = listener}};
    Survey survey = {.only_files = true, .only_folders = count > 0};
    Status status = OK;
    for (size_t i = 0; i < count && status == OK; i++)
        status = check_input(inputs, names[i], &survey, error);
    if (!survey.only_files) inputs->total_bytes = 0;
    if (options->follow || real_paths_overlap(&survey.paths))
        inputs->setup.seen = &inputs->seen;
    if (status == OK && survey.paths.arena.status != OK)
        status = fail_memory(error, "comparing paths");
    real_paths_release(&survey.paths);
    return status == OK && survey.only_folders
               ? check_fields(options, names[0], error)
               : status;
}

/* Closes the walk of the last input, and notes what it left out. */
static void end_walk(Inputs *inputs)
{
    const LeftOut *left_out = tree_left_out(inputs->tree);
    for (int kind = 0; kind < LEFT_OUT_KINDS; kind++) {
        char what[LEFT_OUT_TEXT_BYTES];
        uint64_t count = left_out->of_kind[kind];
        if (!count) continue;
        Advice advice = left_out_describe((LeftOutKind)kind, count, what);
        listener_note(inputs->setup.listener, inputs->names[inputs->next - 1],
                      what, advice);
    }
    left_out_add(&inputs->left_out, left_out);
    tree_close(inputs->tree);
    inputs->tree = NULL;
}

LeftOut inputs_left_out(const Inputs *inputs)
{
    LeftOut sum = inputs->left_out;
    if (inputs->tree) left_out_add(&sum, tree_left_out(inputs->tree));
    return sum;
}

static Status open_walk(Inputs *inputs, const char *folder, Error *error)
{
    Place place = {.source = folder};
    Status status = tree_open(folder, &inputs->setup, &inputs->tree, error);
    return status == ERR_IO
               ? listener_skipped(inputs->setup.listener, &place,
                                  error->message, ADVICE_NONE, error)
               : status;
}

/* Whether a named file, or whatever it is, was not read before. */
static Status is_first(Inputs *inputs, const char *input, bool *first,
                       Error *error)
{
    *first = true;
    char *real = inputs->setup.seen && strcmp(input, "-") != 0
                     ? realpath(input, NULL)
                     : NULL;
    if (!real) return OK;
    Status status = path_set_add(&inputs->seen, span_text(real), first, error);
    free(real);
    if (*first) return status;
    inputs->left_out.of_kind[LEFT_OUT_REPEATED]++;
    listener_note(inputs->setup.listener, input,
                  "reached before, and indexed once", ADVICE_NONE);
    return status;
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
        Status status;
        bool first;
        *name = NULL;
        if (inputs->tree) {
            status = tree_next(inputs->tree, name, error);
            if (status != OK || *name) return status;
            end_walk(inputs);
        }
        if (inputs->next == inputs->count) return OK;
        const char *input = inputs->names[inputs->next++];
        if (is_folder(input)) {
            status = open_walk(inputs, input, error);
        } else {
            status = is_first(inputs, input, &first, error);
            if (status == OK && first) *name = input;
        }
        if (status != OK || *name) return status;
    }
}

void inputs_release(Inputs *inputs)
{
    tree_close(inputs->tree);
    path_set_release(&inputs->seen);
    *inputs = (Inputs){0};
}
