/* api_search_test.c - tests common/api/api_search.c: the API answers as the
 * search below it, and refuses what cannot be searched. */
#include "common/api/api_context.h"
#include "searcher/query/query_parser.h"
#include "searcher/search/search.h"
#include "tests/common/api/api_books.h"
#include "tests/oracle/random_index.h"
#include "tests/oracle/random_query.h"
#include "tests/support/check_main.h"

#include <math.h>

static ApiFixture at;
static Error inner_error;

static void set_up(void)
{
    at = api_fixture_open(GOLDEN_INDEX);
}

static void tear_down(void)
{
    api_fixture_close(&at);
}

/* --- the same answers as the search below --- */

/* The search without the API. */
typedef struct Inner {
    Index *index;
    SearchContext *context;
    QueryParser *parser;
    Arena arena;
} Inner;

static Inner inner_open(const char *folder)
{
    Inner self = {0};
    ck_assert_int_eq(index_open(folder, &self.index, &inner_error), OK);
    ck_assert_int_eq(
        search_context_new(self.index, &self.context, &inner_error), OK);
    ck_assert_int_eq(
        query_parser_new(self.index->analyzer, &self.parser, &inner_error), OK);
    return self;
}

static void inner_close(Inner *self)
{
    query_parser_free(self->parser);
    search_context_free(self->context);
    index_close(self->index);
    arena_release(&self->arena);
}

static void ck_same_hits(const quern_search_result *got,
                         const SearchResult *expected, const char *text)
{
    ck_assert_msg(got->hit_count == expected->hit_count &&
                      got->total == expected->total &&
                      got->lacks_words == expected->lacks_words,
                  "%s", text);
    for (size_t i = 0; i < got->hit_count; i++)
        ck_assert_msg(got->hits[i].document == expected->hits[i].document &&
                          !memcmp(&got->hits[i].score, &expected->hits[i].score,
                                  sizeof(float)),
                      "%s: hit %zu", text, i);
    size_t notes = 0;
    for (const QueryNote *note = expected->notes; note; note = note->next)
        ck_string_eq(got->notes[notes++].text, note->text);
    ck_assert_uint_eq(got->note_count, notes);
}

/* Draws how to search, for both. */
static void draw_options(Random *random, quern_search_options *options,
                         SearchOptions *inner)
{
    static const uint32_t depths[] = {0, 1, 3, 10, 1000, UINT32_MAX};
    *options = (quern_search_options)QUERN_SEARCH_OPTIONS_INIT;
    options->k = depths[random_below(random, 6)];
    options->count = options->k == 0 || random_chance(random, 0.5);
    options->exhaustive = random_chance(random, 0.3);
    if (random_chance(random, 0.3)) options->k1 = 1.2F;
    if (random_chance(random, 0.3)) options->b = 0.75F;
    if (random_chance(random, 0.3)) options->max_expansions = 2;
    *inner = (SearchOptions){.k = options->k,
                             .count = options->count,
                             .exhaustive = options->exhaustive,
                             .k1 = options->k1 < 0 ? NAN : options->k1,
                             .b = options->b < 0 ? NAN : options->b,
                             .max_expansions = options->max_expansions};
}

static void ask_both(Random *random, const RandomCorpus *corpus, Inner *inner,
                     Buf *text)
{
    ParseOptions parsing;
    Query query;
    SearchOptions inner_options;
    SearchResult expected;
    quern_search_options options;
    const quern_search_result *got;
    quern_parse_options parse = QUERN_PARSE_OPTIONS_INIT;
    random_query(random, corpus, text, &parsing);
    parse.plain = parsing.plain;
    parse.require_all = parsing.require_all;
    parse.min_match = parsing.min_match;
    draw_options(random, &options, &inner_options);
    arena_reset(&inner->arena);
    ck_assert_int_eq(query_parse(inner->parser, buf_span(text), &parsing,
                                 &inner->arena, &query, &inner_error),
                     OK);
    ck_assert_int_eq(search_run(inner->context, &query, &inner_options,
                                &expected, &inner_error),
                     OK);
    quern_string line = {(const char *)text->data, text->size};
    ck_ok(quern_query_parse(at.query, at.context, line, &parse, &error));
    ck_ok(quern_search(at.context, at.query, &options, &got, &error));
    ck_same_hits(got, &expected, buf_text(text));
}

START_TEST(the_api_answers_as_the_search_below_it)
{
    enum { ROUNDS = 6, QUERIES = 200 };
    Buf text = {0};
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        Random random = {seed};
        Arena arena = {0};
        RandomIndex random_index;
        RandomCorpus corpus = random_corpus(&random, &arena);
        ck_assert_int_eq(random_index_make(&random, &arena, corpus,
                                           &random_index, &inner_error),
                         OK);
        api_fixture_close(&at);
        at = api_fixture_open(random_index.folder);
        Inner inner = inner_open(random_index.folder);
        for (int i = 0; i < QUERIES; i++)
            ask_both(&random, &corpus, &inner, &text);
        inner_close(&inner);
        random_index_close(&random_index);
        arena_release(&arena);
    }
    buf_release(&text);
}
END_TEST

/* --- parsed and constructed --- */

static void ck_same_result(quern_query *constructed, const char *text)
{
    quern_hit kept[10];
    const quern_search_result *result;
    ck_ok(quern_search(at.context, constructed, NULL, &result, &error));
    size_t count = result->hit_count;
    ck_assert_uint_gt(count, 0);
    memcpy(kept, result->hits, count * sizeof *kept);
    result = api_fixture_search(&at, text, NULL);
    ck_assert_uint_eq(result->hit_count, count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_eq(kept[i].document, result->hits[i].document);
        ck_assert(
            !memcmp(&kept[i].score, &result->hits[i].score, sizeof(float)));
    }
}

START_TEST(a_constructed_query_has_the_hits_of_the_parsed_one)
{
    quern_query *query;
    ck_ok(quern_query_new(&query, &error));
    quern_string words[] = {quern_text("baba"), quern_text("giba")};
    quern_node *root = quern_node_group(query);
    quern_node *group = quern_node_group(query);
    for (size_t i = 0; i < 2; i++)
        quern_node_add(group, QUERN_SHOULD,
                       quern_node_term(query, QUERN_FIELD_ANY, words[i]));
    quern_node_boost(group, 2);
    quern_node_add(root, QUERN_SHOULD, group);
    quern_node_add(
        root, QUERN_SHOULD,
        quern_node_phrase(query, QUERN_FIELD_ANY, words, NULL, 2, 2));
    quern_node_add(root, QUERN_SHOULD,
                   quern_node_term(query, QUERN_FIELD_TITLE, words[0]));
    quern_node_add(root, QUERN_NOT,
                   quern_node_pattern(query, QUERN_FIELD_ANY, QUERN_PREFIX,
                                      quern_text("deb"), 0));
    ck_ok(quern_query_build(query, root, 0, &error));
    ck_same_result(query, "(baba giba)^2 \"baba giba\"~2 title:baba -deb*");
    quern_query_free(query);
}
END_TEST

/* A text 100 groups deep, each of them with a boost, which keeps it. */
static void put_deep_text(Buf *text)
{
    for (int i = 0; i < 100; i++) buf_put_text(text, "(baba OR giba AND ");
    buf_put_text(text, "sagi");
    for (int i = 0; i < 100; i++) buf_put_text(text, ")^1.01");
}

static quern_node *deep_node(quern_query *query)
{
    Buf text = {0};
    put_deep_text(&text);
    quern_node *node = quern_node_parse(query, at.context,
                                        quern_text(buf_text(&text)), NULL);
    buf_release(&text);
    for (int i = 0; i < 101; i++) {
        quern_node *group = quern_node_group(query);
        quern_node_add(group, i % 2 ? QUERN_MUST : QUERN_SHOULD, node);
        quern_node_add(group, QUERN_SHOULD,
                       quern_node_term(query, QUERN_FIELD_ANY,
                                       quern_text(i % 3 ? "debaba" : "often")));
        quern_node_boost(group, 0.99F);
        node = group;
    }
    return node;
}

START_TEST(the_deepest_query_has_the_same_hits_pruned_and_exhaustive)
{
    quern_hit kept[10];
    quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    const quern_search_result *result;
    ck_ok(quern_query_build(at.query, deep_node(at.query), 0, &error));
    ck_ok(quern_search(at.context, at.query, &options, &result, &error));
    ck_assert_uint_eq(result->hit_count, 10);
    memcpy(kept, result->hits, sizeof kept);
    options.exhaustive = true;
    ck_ok(quern_search(at.context, at.query, &options, &result, &error));
    for (size_t i = 0; i < 10; i++) {
        ck_assert_uint_eq(kept[i].document, result->hits[i].document);
        ck_assert(
            !memcmp(&kept[i].score, &result->hits[i].score, sizeof(float)));
    }
}
END_TEST

/* --- counts, filters, limits --- */

START_TEST(matches_are_counted_on_request)
{
    quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    const quern_search_result *result = api_fixture_search(&at, "baba", NULL);
    ck_assert_uint_eq(result->hit_count, 10);
    options.k = 0;
    options.count = true;
    result = api_fixture_search(&at, "baba", &options);
    ck_assert_uint_eq(result->hit_count, 0);
    ck_assert_uint_gt(result->total, 10);
    uint64_t total = result->total;
    options.k = UINT32_MAX;
    result = api_fixture_search(&at, "baba", &options);
    ck_assert_uint_eq(result->hit_count, total);
    result = api_fixture_search(&at, "baba nosuchword", NULL);
    ck_assert(result->lacks_words);
}
END_TEST

START_TEST(a_filter_limits_hits_to_ids_that_match)
{
    quern_filter *filter;
    quern_string globs[] = {quern_text("doc-1*"), quern_text("!*5")};
    quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    ck_ok(quern_filter_new(at.index, globs, 2, &filter, &error));
    ck_assert_uint_gt(quern_filter_count(filter), 100);
    options.filter = filter;
    options.k = 1000;
    options.count = true;
    const quern_search_result *result = api_fixture_search(&at, "baba",
                                                           &options);
    ck_assert_uint_gt(result->hit_count, 0);
    ck_assert_uint_eq(result->hit_count, result->total);
    size_t count;
    const quern_string *ids;
    ck_ok(quern_hit_ids(at.context, &ids, &count, &error));
    ck_assert_uint_eq(count, result->hit_count);
    for (size_t i = 0; i < count; i++) {
        ck_assert(!memcmp(ids[i].data, "doc-1", 5));
        ck_assert_int_ne(ids[i].data[ids[i].size - 1], '5');
    }
    quern_filter_free(filter);

    ck_ok(quern_filter_new(at.index, NULL, 0, &filter, &error));
    ck_assert_uint_eq(quern_filter_count(filter), 2200);
    options.filter = filter;
    uint64_t all = api_fixture_search(&at, "baba", &options)->total;
    options.filter = NULL;
    ck_assert_uint_eq(api_fixture_search(&at, "baba", &options)->total, all);
    quern_filter_free(filter);
    quern_filter_free(NULL);
    ck_assert_uint_eq(quern_filter_count(NULL), 0);
}
END_TEST

START_TEST(globs_that_match_no_id_are_refused)
{
    quern_filter *filter;
    quern_string bad = quern_text("/");
    ck_invalid(quern_filter_new(at.index, &bad, 1, &filter, &error),
               "glob '/' matches no id");
    ck_assert_ptr_null(strstr(error.message, "-g"));
    ck_assert_ptr_null(filter);
    bad = (quern_string){"a\0b", 3};
    ck_invalid(quern_filter_new(at.index, &bad, 1, &filter, &error),
               "zero byte");
    bad = (quern_string){NULL, 3};
    ck_invalid(quern_filter_new(at.index, &bad, 1, &filter, &error), "NULL");
    bad = quern_text("");
    ck_invalid(quern_filter_new(at.index, &bad, 1, &filter, &error), "glob ''");
    ck_invalid(quern_filter_new(at.index, NULL, 1, &filter, &error), "NULL");
    ck_invalid(quern_filter_new(NULL, &bad, 1, &filter, &error), "NULL");
    ck_invalid(quern_filter_new(at.index, &bad, 1, NULL, &error), "NULL");
}
END_TEST

static void ck_option_fails(const quern_search_options *options,
                            const char *words)
{
    const quern_search_result *result;
    ck_invalid(quern_search(at.context, at.query, options, &result, &error),
               words);
    ck_assert_ptr_null(result);
}

START_TEST(options_out_of_range_are_refused)
{
    static const float bad_k1s[] = {NAN, INFINITY, -0.5F, -2, 1000.5F};
    static const float bad_bs[] = {NAN, INFINITY, -0.5F, 1.01F};
    const quern_search_options defaults = QUERN_SEARCH_OPTIONS_INIT;
    quern_search_options options = defaults;
    api_fixture_parse(&at, "baba");
    for (size_t i = 0; i < sizeof bad_k1s / sizeof *bad_k1s; i++) {
        options.k1 = bad_k1s[i];
        ck_option_fails(&options, "k1 is");
    }
    options = defaults;
    for (size_t i = 0; i < sizeof bad_bs / sizeof *bad_bs; i++) {
        options.b = bad_bs[i];
        ck_option_fails(&options, "b is");
    }
    options = defaults;
    options.max_expansions = 0;
    ck_option_fails(&options, "max_expansions is 0");
    options.max_expansions = UINT32_MAX;
    ck_option_fails(&options, "max_expansions");
    options = defaults;
    options.struct_size = 0;
    ck_option_fails(&options, "struct_size");
}
END_TEST

/* Its bits are of other segments. */
START_TEST(a_filter_of_another_index_is_refused)
{
    quern_index *other;
    quern_filter *filter;
    quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    ck_ok(quern_index_open(quern_text(GOLDEN_INDEX), &other, &error));
    ck_ok(quern_filter_new(other, NULL, 0, &filter, &error));
    options.filter = filter;
    ck_option_fails(&options, "another index");
    quern_filter_free(filter);
    quern_index_close(other);
}
END_TEST

START_TEST(null_arguments_of_a_search_are_refused)
{
    const quern_search_result *result;
    ck_invalid(quern_search(NULL, at.query, NULL, &result, &error), "context");
    ck_invalid(quern_search(at.context, NULL, NULL, &result, &error), "query");
    ck_invalid(quern_search(at.context, at.query, NULL, NULL, &error),
               "result");
}
END_TEST

START_TEST(notes_of_a_search_carry_their_advice)
{
    quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    options.max_expansions = 1;
    const quern_search_result *result = api_fixture_search(&at, "b*", &options);
    ck_assert_uint_eq(result->note_count, 1);
    ck_assert_int_eq(result->notes[0].advice,
                     QUERN_ADVICE_RAISE_MAX_EXPANSIONS);
    ck_assert_uint_eq(api_fixture_search(&at, "baba", NULL)->note_count, 0);
}
END_TEST

/* --- empty and damaged --- */

START_TEST(a_query_that_matches_nothing_has_no_hits)
{
    const quern_search_result *result;
    quern_query_clear(at.query);
    ck_ok(quern_search(at.context, at.query, NULL, &result, &error));
    ck_assert_uint_eq(result->hit_count, 0);
    size_t count = 9;
    const quern_string *ids;
    ck_ok(quern_hit_ids(at.context, &ids, &count, &error));
    ck_assert_uint_eq(count, 0);
}
END_TEST

/* A context's last result is gone, and the next search works. */
START_TEST(after_a_search_that_failed_there_is_no_result)
{
    size_t count;
    const quern_string *ids;
    const quern_search_result *result;
    quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    ck_invalid(quern_hit_ids(at.context, &ids, &count, &error), "no result");
    api_fixture_search(&at, "baba", NULL);
    ck_ok(quern_hit_ids(at.context, &ids, &count, &error));
    options.max_expansions = 0;
    ck_invalid(quern_search(at.context, at.query, &options, &result, &error),
               "max_expansions");
    ck_invalid(quern_hit_ids(at.context, &ids, &count, &error), "no result");
    ck_assert_ptr_null(ids);
    ck_assert_uint_eq(api_fixture_search(&at, "baba", NULL)->hit_count, 10);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_search");
    TCase *tests = tcase_create("api_search");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_api_answers_as_the_search_below_it);
    tcase_add_test(tests, a_constructed_query_has_the_hits_of_the_parsed_one);
    tcase_add_test(tests,
                   the_deepest_query_has_the_same_hits_pruned_and_exhaustive);
    tcase_add_test(tests, matches_are_counted_on_request);
    tcase_add_test(tests, a_filter_limits_hits_to_ids_that_match);
    tcase_add_test(tests, globs_that_match_no_id_are_refused);
    tcase_add_test(tests, options_out_of_range_are_refused);
    tcase_add_test(tests, a_filter_of_another_index_is_refused);
    tcase_add_test(tests, null_arguments_of_a_search_are_refused);
    tcase_add_test(tests, notes_of_a_search_carry_their_advice);
    tcase_add_test(tests, a_query_that_matches_nothing_has_no_hits);
    tcase_add_test(tests, after_a_search_that_failed_there_is_no_result);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
