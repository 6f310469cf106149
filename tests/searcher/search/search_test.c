/* search_test.c - tests searcher/search/search.c: time and memory of a search.
 */
#include "searcher/search/search_context.h"

#include "indexer/build/build.h"
#include "searcher/query/query_parser.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"

#include <time.h>

enum { MANY_WORDS = 60000, DOCUMENTS = 48, STEP = MANY_WORDS / DOCUMENTS };

static Scratch scratch;
static Error error;

/* Document d has the words from d * STEP on: the first words are the rarest,
 * and the last document has only the last words. */
static const char *write_corpus(void)
{
    Buf lines = {0};
    for (int d = 0; d < DOCUMENTS; d++) {
        buf_printf(&lines, "{\"id\":\"%d\",\"text\":\"", d);
        for (int w = d * STEP; w < MANY_WORDS; w++) {
            buf_printf(&lines, "w%d ", w);
        }
        buf_put_text(&lines, "\"}\n");
    }
    const char *source = scratch_write(&scratch, "words.jsonl",
                                       buf_span(&lines));
    buf_release(&lines);
    return source;
}

static Index *build_index(const char *source, const char *name,
                          uint32_t segments)
{
    BuildOptions options = build_defaults();
    BuildReport report;
    Index *index;
    options.segments = segments;
    options.output = scratch_path(&scratch, name);
    options.inputs = &source;
    options.input_count = 1;
    ck_assert_int_eq(index_build(&options, &report, &error), OK);
    ck_assert_int_eq(index_open(options.output, &index, &error), OK);
    return index;
}

static void set_up(void)
{
    scratch = scratch_new();
}

static void tear_down(void)
{
    scratch_remove(&scratch);
}

/* Time, memory and result of a query. */
typedef struct Cost {
    double seconds; /* of this thread's time in search_run */
    size_t bytes;   /* of the search's arena */
    uint64_t total;
} Cost;

static Cost search_cost(Index *index, Span text)
{
    SearchContext *context;
    QueryParser *parser;
    Query query;
    SearchResult result;
    Arena arena = {0};
    ParseOptions parsing = {0};
    SearchOptions options = {.k = 10,
                             .count = true,
                             .k1 = NAN,
                             .b = NAN,
                             .max_expansions = DEFAULT_MAX_EXPANSIONS};
    ck_assert_int_eq(search_context_new(index, &context, &error), OK);
    ck_assert_int_eq(query_parser_new(index->analyzer, &parser, &error), OK);
    ck_assert_int_eq(
        query_parse(parser, text, &parsing, &arena, &query, &error), OK);
    clock_t start = clock();
    ck_assert_int_eq(search_run(context, &query, &options, &result, &error),
                     OK);
    Cost cost = {(double)(clock() - start) / CLOCKS_PER_SEC,
                 context->arena.total_bytes, result.total};
    query_parser_free(parser);
    search_context_free(context);
    arena_release(&arena);
    return cost;
}

static void put_required_words(Buf *out, int from, int to)
{
    int step = from < to ? 1 : -1;
    for (int w = from; w != to; w += step) buf_printf(out, "+w%d ", w);
}

/* With insertion sort, words in descending order of df would take a hundred
 * times as long as in ascending order. */
START_TEST(sixty_thousand_required_words_take_as_long_in_any_order)
{
    Buf up = {0}, down = {0};
    Index *index = build_index(write_corpus(), "many", 1);
    put_required_words(&up, 0, MANY_WORDS);
    put_required_words(&down, MANY_WORDS - 1, -1);
    Cost rarest_first = search_cost(index, buf_span(&up));
    Cost rarest_last = search_cost(index, buf_span(&down));
    ck_assert_uint_eq(rarest_first.total, 1);
    ck_assert_uint_eq(rarest_last.total, 1);
    ck_assert_double_lt(rarest_last.seconds, 4 * rarest_first.seconds + 0.1);
    buf_release(&up);
    buf_release(&down);
    index_close(index);
}
END_TEST

/* Nested deep enough for the workspace of a segment to matter. */
START_TEST(memory_of_a_query_does_not_grow_with_the_segments)
{
    Span tree = span_text("+(w1 +(w2 w3)^2) (w59999 (w5 +w59998)^2)^3");
    const char *source = write_corpus();
    Index *one = build_index(source, "one", 1);
    Index *many = build_index(source, "segments", DOCUMENTS);
    ck_assert_uint_eq(many->manifest.segment_count, DOCUMENTS);
    Cost small = search_cost(one, tree);
    Cost large = search_cost(many, tree);
    ck_assert_uint_eq(small.total, large.total);
    ck_assert_uint_gt(small.total, 0);
    ck_assert_uint_le(large.bytes, 2 * small.bytes);
    index_close(one);
    index_close(many);
}
END_TEST

/* --- terms for highlighting --- */

static void count_term(void *self, const SearchTerm *term)
{
    size_t *count = self;
    *count += term->text.size > 0;
}

static size_t terms_of(const SearchContext *context)
{
    size_t count = 0;
    search_terms(context, count_term, &count);
    return count;
}

/* Changes the last byte of the dictionary in the only segment. */
static void damage_dictionary(Index *index)
{
    const Segment *segment = index->segments[0];
    Span terms = segment->sections[SECTION_TERMS];
    long offset = (long)(terms.data - segment->file.bytes.data) +
                  (long)terms.size - 1;
    FILE *file = fopen(segment->path, "r+b");
    ck_assert_ptr_nonnull(file);
    fseek(file, offset, SEEK_SET);
    fputc(terms.data[terms.size - 1] ^ 1, file);
    ck_assert_int_eq(fclose(file), 0);
}

static Status search_word(SearchContext *context, const char *word)
{
    QueryNode term = {.kind = QUERY_TERM, .boost = 1, .term = span_text(word)};
    Query query = {.root = &term};
    SearchResult result;
    SearchOptions options = {.k = 1, .k1 = NAN, .b = NAN};
    return search_run(context, &query, &options, &result, &error);
}

/* Their memory is used again by then. */
START_TEST(a_search_that_could_not_be_planned_has_no_terms)
{
    SearchContext *context;
    Index *index = build_index(write_corpus(), "damaged", 1);
    damage_dictionary(index);
    index_close(index);
    ck_assert_int_eq(
        index_open(scratch_path(&scratch, "damaged"), &index, &error), OK);
    ck_assert_int_eq(search_context_new(index, &context, &error), OK);
    ck_assert_uint_eq(terms_of(context), 0);
    ck_assert_int_eq(search_word(context, "w1"), OK);
    ck_assert_uint_eq(terms_of(context), 1);
    ck_assert_int_eq(search_word(context, "w9999"), ERR_CORRUPT);
    ck_assert_uint_eq(terms_of(context), 0);
    search_context_free(context);
    index_close(index);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("search");
    TCase *tests = tcase_create("search");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests,
                   sixty_thousand_required_words_take_as_long_in_any_order);
    tcase_add_test(tests, memory_of_a_query_does_not_grow_with_the_segments);
    tcase_add_test(tests, a_search_that_could_not_be_planned_has_no_terms);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
