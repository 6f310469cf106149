/* api_builder_path.c - documents of files, for a builder. */
#include "common/api/api_builder.h"

#include <sys/stat.h>

_Static_assert((int)QUERN_FORMAT_DETECT == (int)CORPUS_DETECT &&
                   (int)QUERN_FORMAT_TEXT == (int)CORPUS_TEXT &&
                   (int)QUERN_FORMAT_JSONL == (int)CORPUS_JSONL &&
                   (int)QUERN_FORMAT_TSV == (int)CORPUS_TSV &&
                   (int)QUERN_FORMAT_CSV == (int)CORPUS_CSV &&
                   (int)QUERN_FORMAT_TREC == (int)CORPUS_TREC,
               "equal numbers");
_Static_assert((int)QUERN_HEADER_DETECT == (int)HEADER_DETECT &&
                   (int)QUERN_HEADER_YES == (int)HEADER_YES &&
                   (int)QUERN_HEADER_NO == (int)HEADER_NO,
               "equal numbers");
_Static_assert((int)QUERN_TITLE_NONE == (int)TITLE_NONE &&
                   (int)QUERN_TITLE_FILE_NAME == (int)TITLE_NAME &&
                   (int)QUERN_TITLE_FIRST_LINE == (int)TITLE_FIRST_LINE,
               "equal numbers");

static bool is_enum(int value, int last)
{
    return value >= 0 && value <= last;
}

/* Fields are of records, and a folder of whole files has none: then those that
 * other documents of the builder have are not asked for. */
static bool has_records(const char *path, CorpusFormat format)
{
    struct stat facts;
    if (format != CORPUS_DETECT && format != CORPUS_TEXT) return true;
    return stat(path, &facts) || !S_ISDIR(facts.st_mode);
}

/* Each line of the text as a string of its own. */
static quern_status take_patterns(Arena *arena, quern_string given,
                                  CorpusOptions *out, quern_error *error)
{
    const char *text;
    quern_status status = builder_take_text(arena, given, "exclude", &text,
                                            error);
    if (status != QUERN_OK || !text) return status;
    size_t count = 1;
    for (const char *at = text; (at = strchr(at, '\n')); at++) count++;
    const char **lines = arena_zeroed(arena, count, sizeof *lines);
    for (size_t i = 0; lines && i < count; i++) {
        size_t size = strcspn(text, "\n");
        lines[i] = (const char *)arena_copy(arena, span_of(text, size)).data;
        text += size + 1;
    }
    if (arena->status != OK) return api_no_memory(error, "reading arguments");
    out->excludes = lines;
    out->exclude_count = count;
    return QUERN_OK;
}

/* What of a folder is taken. */
static quern_status take_walk(const quern_reader_options *options, Arena *arena,
                              CorpusOptions *out, quern_error *error)
{
    out->hidden = options->hidden;
    out->follow = options->follow;
    out->no_ignore = options->no_ignore;
    out->max_file_bytes = options->max_file_bytes;
    quern_status status = builder_take_text(arena, options->git_excludes,
                                            "git_excludes", &out->git_excludes,
                                            error);
    return status == QUERN_OK
               ? take_patterns(arena, options->exclude, out, error)
               : status;
}

static quern_status take_reader(const quern_reader_options *given, Arena *arena,
                                CorpusOptions *out, quern_error *error)
{
    quern_reader_options options = QUERN_READER_OPTIONS_INIT;
    const size_t first_size = offsetof(quern_reader_options, max_file_bytes);
    quern_status status = api_take_options(&options, sizeof options, first_size,
                                           given, "quern_reader_options",
                                           error);
    if (status == QUERN_OK)
        status = builder_take_text(arena, options.id_field, "id_field",
                                   &out->id_field, error);
    if (status == QUERN_OK)
        status = builder_take_text(arena, options.title_field, "title_field",
                                   &out->title_field, error);
    if (status == QUERN_OK)
        status = builder_take_text(arena, options.text_field, "text_field",
                                   &out->text_field, error);
    if (status == QUERN_OK)
        status = builder_take_text(arena, options.columns, "columns",
                                   &out->columns, error);
    if (status != QUERN_OK) return status;
    if (!is_enum((int)options.format, QUERN_FORMAT_TREC))
        return api_invalid(error, "unknown format %d", (int)options.format);
    if (!is_enum((int)options.header, QUERN_HEADER_NO))
        return api_invalid(error, "unknown header %d", (int)options.header);
    if (!is_enum((int)options.title_from, QUERN_TITLE_FIRST_LINE))
        return api_invalid(error, "unknown title_from %d",
                           (int)options.title_from);
    out->format = (CorpusFormat)options.format;
    out->header = (HeaderRow)options.header;
    out->title_from = (TitleFrom)options.title_from;
    return take_walk(&options, arena, out, error);
}

static quern_status add_path(quern_builder *builder, quern_string given,
                             const quern_reader_options *options, Arena *arena,
                             quern_error *error)
{
    const char *path;
    CorpusOptions corpus = builder->options.corpus;
    quern_status status = builder_take_text(arena, given, "path", &path, error);
    if (status == QUERN_OK && !path) return api_invalid(error, "path is empty");
    if (status == QUERN_OK)
        status = take_reader(options, arena, &corpus, error);
    if (status != QUERN_OK) return status;
    if (!has_records(path, corpus.format)) corpus.store_field_count = 0;
    Error own;
    status = api_return(build_read(builder->build, &corpus, &path, 1, &own),
                        &own, error);
    if (status != QUERN_OK) builder_put_suggestion(builder, error);
    return status;
}

quern_status quern_builder_add_path(quern_builder *builder, quern_string path,
                                    const quern_reader_options *options,
                                    quern_error *error)
{
    quern_status status = builder_enter(builder, error);
    if (status != QUERN_OK) return status;
    Arena arena = {0};
    quern_error failure;
    status = add_path(builder, path, options, &arena, &failure);
    arena_release(&arena);
    return builder_leave(builder, status, &failure, error);
}
