/* api_cost.c - what the API costs compared with the functions below it.
 *
 *   api_cost [--bound NS] INDEX QUERIES [ROUNDS]
 *
 * Answers each query of a file (as searcher -f reads it) in both ways, one
 * after the other in one process, in turns of which first, and takes each
 * query's minimum over the rounds (default 30). Prints the mean over the
 * queries in ns: parsing, searching the 10 best, and both; and the median of
 * what the API costs in addition, which slow queries and a busy machine change
 * least. With --bound fails if that is more. Answers that differ
 * are an error.
 */
#include "searcher/query/query_parser.h"
#include "searcher/search/search.h"
#include "searcher/topics/topics.h"

#include <quern/quern.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DEFAULT_ROUNDS = 30 };

/* The least time of one query in one way. */
typedef struct Times {
    double parse, search, both;
} Times;

typedef struct Cost {
    Index *inner_index;
    QueryParser *parser;
    SearchContext *inner_context;
    Arena arena;
    quern_index *index;
    quern_context *context;
    quern_query *query;
    Topics topics;
    Times *inner, *api; /* one a query */
    size_t differences;
} Cost;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void keep_least(Times *times, double start, double parsed, double end)
{
    times->parse = fmin(times->parse, parsed - start);
    times->search = fmin(times->search, end - parsed);
    times->both = fmin(times->both, end - start);
}

static Status run_inner(Cost *cost, size_t number, SearchResult *result,
                        Error *error)
{
    const ParseOptions parsing = {.plain = false};
    const SearchOptions options = {
        .k = 10, .k1 = NAN, .b = NAN, .max_expansions = DEFAULT_MAX_EXPANSIONS};
    Query query;
    double start = now();
    arena_reset(&cost->arena);
    Status status = query_parse(cost->parser, cost->topics.items[number].text,
                                &parsing, &cost->arena, &query, error);
    double parsed = now();
    if (status == OK)
        status = search_run(cost->inner_context, &query, &options, result,
                            error);
    keep_least(&cost->inner[number], start, parsed, now());
    return status;
}

static quern_status run_api(Cost *cost, size_t number,
                            const quern_search_result **result,
                            quern_error *error)
{
    const quern_parse_options parsing = QUERN_PARSE_OPTIONS_INIT;
    const quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    Span line = cost->topics.items[number].text;
    quern_string text = {(const char *)line.data, line.size};
    double start = now();
    quern_status status = quern_query_parse(cost->query, cost->context, text,
                                            &parsing, error);
    double parsed = now();
    if (status == QUERN_OK)
        status = quern_search(cost->context, cost->query, &options, result,
                              error);
    keep_least(&cost->api[number], start, parsed, now());
    return status;
}

static bool is_same(const SearchResult *inner,
                    const quern_search_result *result)
{
    if (inner->hit_count != result->hit_count) return false;
    for (size_t i = 0; i < result->hit_count; i++) {
        if (inner->hits[i].document != result->hits[i].document ||
            memcmp(&inner->hits[i].score, &result->hits[i].score,
                   sizeof(float)))
            return false;
    }
    return true;
}

/* False, with a message, if one of them failed. */
static bool run_both(Cost *cost, size_t number, bool api_first)
{
    Error inner_error;
    quern_error error;
    SearchResult inner = {0};
    const quern_search_result *result = NULL;
    Status inner_status = OK;
    quern_status status = QUERN_OK;
    if (api_first) status = run_api(cost, number, &result, &error);
    inner_status = run_inner(cost, number, &inner, &inner_error);
    if (!api_first) status = run_api(cost, number, &result, &error);
    if (inner_status != OK) fprintf(stderr, "%s\n", inner_error.message);
    if (status != QUERN_OK) fprintf(stderr, "%s\n", error.message);
    if (inner_status != OK || status != QUERN_OK) return false;
    cost->differences += !is_same(&inner, result);
    return true;
}

static bool run_rounds(Cost *cost, long rounds)
{
    for (size_t i = 0; i < cost->topics.count; i++)
        cost->inner[i] = cost->api[i] = (Times){HUGE_VAL, HUGE_VAL, HUGE_VAL};
    for (long round = 0; round < rounds; round++) {
        for (size_t i = 0; i < cost->topics.count; i++)
            if (!run_both(cost, i, (round + (long)i) % 2)) return false;
    }
    return true;
}

static int compare_numbers(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Of what the API costs more for a whole query. */
static double median_difference(const Cost *cost)
{
    size_t count = cost->topics.count;
    double *differences = calloc(count + 1, sizeof *differences);
    if (!differences) return HUGE_VAL;
    for (size_t i = 0; i < count; i++)
        differences[i] = cost->api[i].both - cost->inner[i].both;
    qsort(differences, count, sizeof *differences, compare_numbers);
    double median = differences[count / 2];
    free(differences);
    return median;
}

/* The means, and the median difference, which it returns. */
static double print_means(const Cost *cost)
{
    Times inner = {0, 0, 0}, api = {0, 0, 0};
    double count = (double)cost->topics.count;
    for (size_t i = 0; i < cost->topics.count; i++) {
        inner.parse += cost->inner[i].parse / count;
        inner.search += cost->inner[i].search / count;
        inner.both += cost->inner[i].both / count;
        api.parse += cost->api[i].parse / count;
        api.search += cost->api[i].search / count;
        api.both += cost->api[i].both / count;
    }
    printf("%zu queries, ns a query: inner, API, difference\n",
           cost->topics.count);
    printf("parse   %10.0f %10.0f %8.1f\n", inner.parse, api.parse,
           api.parse - inner.parse);
    printf("search  %10.0f %10.0f %8.1f\n", inner.search, api.search,
           api.search - inner.search);
    printf("both    %10.0f %10.0f %8.1f\n", inner.both, api.both,
           api.both - inner.both);
    double median = median_difference(cost);
    printf("median difference of both: %.1f\n", median);
    return median;
}

static bool open_inner(Cost *cost, const char *folder, const char *queries)
{
    Error error;
    TopicOptions options = {0};
    Status status = index_open(folder, &cost->inner_index, &error);
    if (status == OK)
        status = query_parser_new(cost->inner_index->analyzer, &cost->parser,
                                  &error);
    if (status == OK)
        status = search_context_new(cost->inner_index, &cost->inner_context,
                                    &error);
    if (status == OK)
        status = topics_read(queries, &options, &cost->topics, &error);
    if (status != OK) fprintf(stderr, "%s\n", error.message);
    return status == OK;
}

static bool open_api(Cost *cost, const char *folder)
{
    quern_error error;
    quern_status status = quern_index_open(quern_text(folder), &cost->index,
                                           &error);
    if (status == QUERN_OK)
        status = quern_context_new(cost->index, &cost->context, &error);
    if (status == QUERN_OK) status = quern_query_new(&cost->query, &error);
    if (status != QUERN_OK) fprintf(stderr, "%s\n", error.message);
    return status == QUERN_OK;
}

static void release(Cost *cost)
{
    free(cost->inner);
    free(cost->api);
    topics_release(&cost->topics);
    query_parser_free(cost->parser);
    search_context_free(cost->inner_context);
    index_close(cost->inner_index);
    arena_release(&cost->arena);
    quern_query_free(cost->query);
    quern_context_free(cost->context);
    quern_index_close(cost->index);
}

int main(int argc, char **argv)
{
    double bound = HUGE_VAL;
    if (argc > 2 && !strcmp(argv[1], "--bound")) {
        bound = strtod(argv[2], NULL);
        argc -= 2;
        argv += 2;
    }
    if (argc < 3 || argc > 4) {
        fprintf(stderr,
                "usage: api_cost [--bound NS] INDEX QUERIES [ROUNDS]\n");
        return 2;
    }
    Cost cost = {0};
    long rounds = argc == 4 ? strtol(argv[3], NULL, 10) : DEFAULT_ROUNDS;
    bool good = open_inner(&cost, argv[1], argv[2]) && open_api(&cost, argv[1]);
    cost.inner = calloc(cost.topics.count + 1, sizeof *cost.inner);
    cost.api = calloc(cost.topics.count + 1, sizeof *cost.api);
    good = good && cost.inner && cost.api && run_rounds(&cost, rounds);
    good = good && print_means(&cost) <= bound;
    if (cost.differences)
        fprintf(stderr, "%zu answers differ\n", cost.differences);
    good = good && !cost.differences;
    release(&cost);
    return good ? 0 : 1;
}
