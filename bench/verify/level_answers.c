/* level_answers.c - answers all queries on one instruction set. */
#include "bench/verify/level_answers.h"

#include "common/base/file.h"
#include "searcher/query/query_parser.h"

#include <math.h>

typedef struct Answerer {
    const LevelTask *task;
    QueryParser *parser;
    SearchContext *context;
    Arena arena; /* of the current query */
    Query query;
    Buf reference; /* Hit: the exhaustive answer, for the deepest depth */
    uint64_t reference_count;
    Buf record;
} Answerer;

static uint32_t deepest(const Depths *depths)
{
    uint32_t depth = 0;
    for (size_t i = 0; i < depths->count; i++)
        if (depths->items[i] > depth) depth = depths->items[i];
    return depth;
}

static SearchOptions options_of(uint32_t k, bool count)
{
    return (SearchOptions){.k = k,
                           .count = count,
                           .k1 = NAN,
                           .b = NAN,
                           .max_expansions = DEFAULT_MAX_EXPANSIONS};
}

static const Hit *reference_hits(const Answerer *a, uint32_t k, size_t *count)
{
    size_t all = a->reference.size / sizeof(Hit);
    *count = all < k ? all : k;
    return (const Hit *)(const void *)a->reference.data;
}

/* The k best of the exhaustive answer are the first k for every smaller k. */
static Status search_exhaustively(Answerer *a, Error *error)
{
    SearchOptions options = options_of(deepest(&a->task->depths), true);
    options.exhaustive = true;
    SearchResult result;
    Status status = search_run(a->context, &a->query, &options, &result, error);
    if (status != OK) return status;
    buf_clear(&a->reference);
    buf_put(&a->reference, result.hits, result.hit_count * sizeof(Hit));
    a->reference_count = result.total;
    return buf_check(&a->reference, "keeping an answer", error);
}

static HitDifference compare_with_reference(const Answerer *a, uint32_t k,
                                            const SearchResult *result)
{
    size_t count;
    const Hit *hits = reference_hits(a, k, &count);
    return hits_first_difference(result->hits, result->hit_count, hits, count);
}

/* Another executor may run if matches are counted too; then the difference of
 * that search is put, and its count must be right as well. */
static Status search_pruned(Answerer *a, uint32_t k, uint64_t *count,
                            Error *error)
{
    SearchOptions options = options_of(k, true);
    SearchResult result;
    Status status = search_run(a->context, &a->query, &options, &result, error);
    if (status != OK) return status;
    HitDifference counted = compare_with_reference(a, k, &result);
    if (result.total != a->reference_count) *count = result.total;
    options.count = false;
    status = search_run(a->context, &a->query, &options, &result, error);
    if (status != OK) return status;
    HitDifference difference = compare_with_reference(a, k, &result);
    put_record_hits(&a->record, result.hits, result.hit_count,
                    difference.rank ? &difference : &counted);
    return OK;
}

static Status count_matches(Answerer *a, uint64_t *count, Error *error)
{
    SearchOptions options = options_of(0, true);
    SearchResult result;
    Status status = search_run(a->context, &a->query, &options, &result, error);
    if (status == OK) *count = result.total;
    return status;
}

static Status answer_query(Answerer *a, Span text, Error *error)
{
    const Depths *depths = &a->task->depths;
    ParseOptions parse = {.plain = a->task->plain};
    uint64_t count = 0;
    buf_clear(&a->record);
    arena_reset(&a->arena);
    Status status = query_parse(a->parser, text, &parse, &a->arena, &a->query,
                                error);
    if (status == OK) status = search_exhaustively(a, error);
    if (status == OK) status = count_matches(a, &count, error);
    for (size_t i = 0; status == OK && i < depths->count; i++)
        status = search_pruned(a, depths->items[i], &count, error);
    put_record_counts(&a->record, count, a->reference_count);
    return status == OK ? buf_check(&a->record, "keeping an answer", error)
                        : status;
}

static Status write_record(int fd, const Buf *record, Error *error)
{
    uint32_t size = (uint32_t)record->size;
    if (file_write_all(fd, span_of(&size, sizeof size)) &&
        file_write_all(fd, buf_span(record)))
        return OK;
    return fail_errno(error, "cannot write answers");
}

static Status answer_all(Answerer *a, int fd, Error *error)
{
    const QuerySet *queries = a->task->queries;
    Status status = OK;
    for (size_t i = 0; status == OK && i < queries->count; i++) {
        const SetQuery *query = &queries->items[i];
        status = answer_query(a, query->text, error);
        if (status == OK) {
            status = write_record(fd, &a->record, error);
        } else {
            fail_again(error, "query %s: %s", query->qid, error->message);
        }
    }
    return status;
}

Status level_answers_write(const LevelTask *task, int fd, Error *error)
{
    Answerer a = {.task = task};
    Status status = query_parser_new(task->index->analyzer, &a.parser, error);
    if (status == OK) {
        status = search_context_new(task->index, &a.context, error);
    }
    if (status == OK) status = answer_all(&a, fd, error);
    query_parser_free(a.parser);
    search_context_free(a.context);
    arena_release(&a.arena);
    buf_release(&a.reference);
    buf_release(&a.record);
    return status;
}
