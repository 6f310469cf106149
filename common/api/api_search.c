/* api_search.c - searching, and filters by id. */
#include "common/api/api_search.h"

#include "common/api/api_notes.h"

#include <math.h>
#include <stdlib.h>

/* --- hits are borrowed, not copied --- */

_Static_assert(sizeof(quern_hit) == sizeof(Hit), "one layout");
_Static_assert(offsetof(quern_hit, document) == offsetof(Hit, document),
               "one layout");
_Static_assert(offsetof(quern_hit, score) == offsetof(Hit, score),
               "one layout");
_Static_assert(DEFAULT_MAX_EXPANSIONS == 1024, "QUERN_SEARCH_OPTIONS_INIT");

enum { MAX_MAX_EXPANSIONS = 1 << 20 };

/* --- options --- */

static quern_status take_parameter(float given, float max, const char *name,
                                   float *out, quern_error *error)
{
    *out = NAN;
    if (given == QUERN_INDEX_VALUE) return QUERN_OK;
    if (!(given >= 0.0F && given <= max)) /* NaN too */
        return api_invalid(error, "%s is %g; it can be from 0 to %g", name,
                           (double)given, (double)max);
    *out = given;
    return QUERN_OK;
}

quern_status api_take_search_options(const quern_search_options *given,
                                     const quern_index *index,
                                     SearchOptions *out, quern_error *error)
{
    quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    quern_status status = api_take_options(&options, sizeof options,
                                           sizeof options, given,
                                           "quern_search_options", error);
    *out = (SearchOptions){.k = options.k,
                           .count = options.count,
                           .exhaustive = options.exhaustive,
                           .max_expansions = options.max_expansions};
    if (status == QUERN_OK)
        status = take_parameter(options.k1, 1000, "k1", &out->k1, error);
    if (status == QUERN_OK)
        status = take_parameter(options.b, 1, "b", &out->b, error);
    if (status != QUERN_OK) return status;
    if (options.max_expansions < 1 ||
        options.max_expansions > MAX_MAX_EXPANSIONS)
        return api_invalid(error,
                           "max_expansions is %u; it can be from 1 to %d",
                           options.max_expansions, MAX_MAX_EXPANSIONS);
    if (options.filter && options.filter->index != index)
        return api_invalid(error, "the filter is of another index");
    if (options.filter) out->filter = options.filter->filter;
    return QUERN_OK;
}

/* --- searching --- */

static Status take_notes(quern_context *context, const QueryNote *notes,
                         Error *error)
{
    quern_search_result *result = &context->result;
    if (notes) arena_reset(&context->notes);
    return api_notes(notes, &context->notes, &result->notes,
                     &result->note_count, error);
}

Status api_search(quern_context *context, const quern_query *query,
                  const SearchOptions *options, Error *error)
{
    SearchResult found;
    api_context_forget(context);
    Status status = search_run(context->search, &query->query, options, &found,
                               error);
    if (status == OK) status = take_notes(context, found.notes, error);
    if (status != OK) return status;
    quern_search_result *result = &context->result;
    result->hits = (const quern_hit *)(const void *)found.hits;
    result->hit_count = found.hit_count;
    result->total = found.total;
    result->lacks_words = found.lacks_words;
    context->has_result = true;
    return OK;
}

quern_status quern_search(quern_context *context, const quern_query *query,
                          const quern_search_options *options,
                          const quern_search_result **result,
                          quern_error *error)
{
    SearchOptions taken;
    if (result) *result = NULL;
    if (!context || !query || !result)
        return api_invalid(error, "%s is NULL",
                           !context ? "context"
                           : query  ? "result"
                                    : "query");
    api_context_forget(context);
    quern_status taking = api_take_search_options(options, context->index,
                                                  &taken, error);
    if (taking != QUERN_OK) return taking;
    Error own;
    Status status = api_search(context, query, &taken, &own);
    if (status == OK) *result = &context->result;
    return api_return(status, &own, error);
}

/* --- filters --- */

static Status copy_globs(const quern_string *globs, size_t count, Arena *arena,
                         const char **out, Error *error)
{
    for (size_t i = 0; i < count; i++) {
        Span glob = api_span(globs[i]);
        if (!api_is_string(globs[i]) ||
            (glob.size && memchr(glob.data, 0, glob.size)))
            return fail(error, ERR_USAGE, "glob %zu %s", i,
                        glob.data ? "contains a zero byte" : "is NULL");
        out[i] = (const char *)arena_copy(arena, glob).data;
        if (!out[i]) return fail_memory(error, "reading globs");
    }
    return OK;
}

static Status make_filter(quern_filter *self, const quern_string *globs,
                          size_t count, Error *error)
{
    Arena arena = {0};
    const char **texts = arena_zeroed(&arena, count + 1, sizeof *texts);
    Status status = texts ? copy_globs(globs, count, &arena, texts, error)
                          : fail_memory(error, "reading globs");
    if (status == OK)
        status = id_filter_new(self->index->index, texts, count, &self->filter,
                               error);
    arena_release(&arena);
    return status;
}

quern_status quern_filter_new(const quern_index *index,
                              const quern_string *globs, size_t glob_count,
                              quern_filter **filter, quern_error *error)
{
    if (!filter) return api_invalid(error, "filter is NULL");
    *filter = NULL;
    if (!index || (!globs && glob_count))
        return api_invalid(error, "%s NULL", index ? "globs are" : "index is");
    quern_filter *self = calloc(1, sizeof *self);
    if (!self) return api_no_memory(error, "reading globs");
    self->index = index;
    Error own;
    Status status = make_filter(self, globs, glob_count, &own);
    if (status == OK) {
        *filter = self;
    } else {
        quern_filter_free(self);
    }
    return api_return(status, &own, error);
}

void quern_filter_free(quern_filter *filter)
{
    if (!filter) return;
    id_filter_free(filter->filter);
    free(filter);
}

uint64_t quern_filter_count(const quern_filter *filter)
{
    if (!filter) return 0;
    return filter->filter ? id_filter_count(filter->filter)
                          : filter->index->info.document_count;
}
