/* api_builder_options.c - the caller's options for a builder, checked and
 * copied.
 */
#include "common/api/api_builder.h"

#include "common/base/utf8_clean.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

static const uint64_t MAX_MEMORY = UINT64_C(1) << 50;

enum {
    MAX_THREADS = 1024,
    MAX_SEGMENTS = 1024,
    MIN_MEMORY = 1 << 20,
    MAX_DOCUMENT_BYTES = 1 << 30, /* fewer than 2^31 positions */
    MAX_STORE_FIELDS = 1024,
    MAX_FIELD_NAME_BYTES = 1024
};

quern_status builder_take_text(Arena *arena, quern_string given,
                               const char *what, const char **out,
                               quern_error *error)
{
    *out = NULL;
    if (!api_is_string(given)) return api_invalid(error, "%s is NULL", what);
    if (given.size == 0) return QUERN_OK;
    if (memchr(given.data, 0, given.size))
        return api_invalid(error, "%s contains a zero byte", what);
    *out = (const char *)arena_copy(arena, api_span(given)).data;
    return *out ? QUERN_OK : api_no_memory(error, "reading arguments");
}

static quern_status check_number(uint64_t value, uint64_t low, uint64_t high,
                                 const char *name, quern_error *error)
{
    if (value >= low && value <= high) return QUERN_OK;
    return api_invalid(
        error, "%s is %" PRIu64 ", but must be from %" PRIu64 " to %" PRIu64,
        name, value, low, high);
}

/* Not a number is in no range. */
static quern_status check_real(float value, float high, const char *name,
                               quern_error *error)
{
    if (value >= 0 && value <= high) return QUERN_OK;
    return api_invalid(error, "%s must be from 0 to %d", name, (int)high);
}

static quern_status check_numbers(const quern_build_options *options,
                                  quern_error *error)
{
    quern_status status = check_real(options->k1, 1000, "k1", error);
    if (status == QUERN_OK) status = check_real(options->b, 1, "b", error);
    if (status == QUERN_OK)
        status = check_number(options->segments, 1, MAX_SEGMENTS, "segments",
                              error);
    if (status == QUERN_OK)
        status = check_number(options->threads, 0, MAX_THREADS, "threads",
                              error);
    if (status == QUERN_OK && options->memory)
        status = check_number(options->memory, MIN_MEMORY, MAX_MEMORY, "memory",
                              error);
    if (status == QUERN_OK)
        status = check_number(options->max_document_bytes, 1,
                              MAX_DOCUMENT_BYTES, "max_document_bytes", error);
    if (status == QUERN_OK)
        status = check_number((uint64_t)options->on_duplicate, 0,
                              QUERN_KEEP_LAST, "on_duplicate", error);
    return status == QUERN_OK
               ? check_number(options->store_field_count, 0, MAX_STORE_FIELDS,
                              "store_field_count", error)
               : status;
}

_Static_assert((int)QUERN_DUPLICATE_FAILS == (int)DUPLICATE_ERROR &&
                   (int)QUERN_KEEP_FIRST == (int)DUPLICATE_KEEP_FIRST &&
                   (int)QUERN_KEEP_LAST == (int)DUPLICATE_KEEP_LAST,
               "equal numbers");

static quern_status take_name(quern_builder *builder, quern_string given,
                              const char **names, size_t count,
                              quern_error *error)
{
    quern_status status = builder_take_text(&builder->arena, given,
                                            "the name of a stored field",
                                            &names[count], error);
    if (status != QUERN_OK) return status;
    if (given.size == 0 || given.size > MAX_FIELD_NAME_BYTES)
        return api_invalid(error,
                           "the name of a stored field has %zu bytes, but must "
                           "have 1 to %d",
                           given.size, MAX_FIELD_NAME_BYTES);
    if (!utf8_is_clean(api_span(given)))
        return api_invalid(error, "the name of a stored field is not UTF-8");
    for (size_t i = 0; i < count; i++) {
        if (!strcmp(names[i], names[count]))
            return api_invalid(error, "stored field '%s' is named twice",
                               names[i]);
    }
    return QUERN_OK;
}

static quern_status take_store_fields(quern_builder *builder,
                                      const quern_build_options *given,
                                      quern_error *error)
{
    size_t count = given->store_field_count;
    if (count == 0) return QUERN_OK;
    if (!given->store_fields) return api_invalid(error, "store_fields is NULL");
    if (!given->stored)
        return api_invalid(error, "store_fields are of no use: nothing is "
                                  "stored");
    const char **names = arena_zeroed(&builder->arena, count, sizeof *names);
    if (!names) return api_no_memory(error, "reading arguments");
    for (size_t i = 0; i < count; i++) {
        quern_status status = take_name(builder, given->store_fields[i], names,
                                        i, error);
        if (status != QUERN_OK) return status;
    }
    builder->options.corpus.store_fields = names;
    builder->options.corpus.store_field_count = count;
    return QUERN_OK;
}

/* Absolute, so that it does not depend on the current folder later. */
static quern_status take_folder(quern_builder *builder, quern_string given,
                                quern_error *error)
{
    const char *path;
    quern_status status = builder_take_text(
        &builder->arena, given, "the folder of the index", &path, error);
    if (status != QUERN_OK) return status;
    if (!path) return api_invalid(error, "the folder of the index is empty");
    builder->options.output = path;
    if (path[0] == '/') return QUERN_OK;
    Error own;
    char *here = getcwd(NULL, 0);
    if (!here)
        return api_return(fail_errno(&own, "cannot find the current folder"),
                          &own, error);
    Buf whole = {0};
    buf_printf(&whole, "%s/%s", here, path);
    builder->options.output =
        (const char *)arena_copy(&builder->arena, buf_span(&whole)).data;
    Status copied = buf_check(&whole, "reading arguments", &own);
    buf_release(&whole);
    free(here);
    if (copied != OK) return api_return(copied, &own, error);
    return builder->options.output ? QUERN_OK
                                   : api_no_memory(error, "reading arguments");
}

static quern_status take_listener(quern_builder *builder,
                                  const quern_build_listener *given,
                                  quern_error *error)
{
    quern_build_listener *own = &builder->listener;
    *own = (quern_build_listener)QUERN_BUILD_LISTENER_INIT;
    return api_take_options(own, sizeof *own, sizeof *own, given,
                            "quern_build_listener", error);
}

static void set_options(BuildOptions *out, const quern_build_options *given)
{
    out->replace = given->replace;
    out->k1 = given->k1;
    out->b = given->b;
    out->has_positions = given->positions;
    out->has_stored = given->stored;
    out->segments = given->segments;
    out->threads = given->threads;
    out->memory = given->memory;
    out->corpus.max_record_bytes = given->max_document_bytes;
    out->max_errors = given->max_skipped;
    out->on_duplicate = (OnDuplicate)given->on_duplicate;
}

quern_status builder_take_options(quern_builder *builder, quern_string folder,
                                  const quern_build_options *given,
                                  ApiAnalyzerOptions *analyzer,
                                  quern_error *error)
{
    quern_build_options options = QUERN_BUILD_OPTIONS_INIT;
    builder->options = build_defaults();
    quern_status status = api_take_options(&options, sizeof options,
                                           sizeof options, given,
                                           "quern_build_options", error);
    if (status == QUERN_OK) status = check_numbers(&options, error);
    if (status == QUERN_OK)
        status = api_take_analyzer(options.analyzer, analyzer, error);
    if (status == QUERN_OK)
        status = take_listener(builder, options.listener, error);
    if (status == QUERN_OK)
        status = take_store_fields(builder, &options, error);
    if (status == QUERN_OK) status = take_folder(builder, folder, error);
    if (status != QUERN_OK) return status;
    set_options(&builder->options, &options);
    builder->options.analyzer = analyzer->options;
    return QUERN_OK;
}
