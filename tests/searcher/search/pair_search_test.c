/* pair_search_test.c - phrases answer alike with stored pairs and without.
 *
 * Every kind of phrase is asked of an index without pairs and of others of the
 * same documents with pairs of different words: the same hits, bits of score,
 * counts, explanations, plans and terms.
 */
#include "common/base/file.h"
#include "common/segment/pairs/pair_tables.h"
#include "indexer/build/build.h"
#include "indexer/build/pair_builder.h"
#include "searcher/query/query_parser.h"
#include "searcher/search/search.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"
#include "tests/support/random.h"
#include "tests/support/segment_mend.h"

enum { DOCUMENTS = 900, WORDS = 30, LONGEST = 60, RANDOM_QUERIES = 30 };

static Scratch scratch;
static Error error;

static void set_up(void)
{
    scratch = scratch_new();
}

static void tear_down(void)
{
    scratch_remove(&scratch);
}

static void put_words(Random *random, size_t count, Buf *out)
{
    size_t word = 0;
    while (count--) {
        /* Some words are repeated, and some follow each other more often. */
        size_t form = random_below(random, 8);
        if (form > 1) word = random_zipf(random, WORDS);
        if (form == 1) word = (word + 1) % WORDS;
        buf_printf(out, "w%zu ", word);
    }
}

/* "only pair" is next to each other in the first documents alone. */
static void put_document(Random *random, size_t number, Buf *out)
{
    buf_printf(out, "{\"id\":\"%zu\"", number);
    if (number % 3 == 0) {
        buf_put_text(out, ",\"title\":\"");
        put_words(random, random_below(random, 5), out);
        buf_put_text(out, "\"");
    }
    buf_put_text(out, ",\"text\":\"");
    put_words(random, random_below(random, LONGEST), out);
    buf_put_text(out, number < 20 ? "only pair" : "pair only");
    buf_put_text(out, "\"}\n");
}

static const char *write_documents(void)
{
    Random random = {11};
    Buf lines = {0};
    for (size_t i = 0; i < DOCUMENTS; i++) put_document(&random, i, &lines);
    const char *path = scratch_write(&scratch, "documents.jsonl",
                                     buf_span(&lines));
    buf_release(&lines);
    return path;
}

/* An index with small lists of every class. */
static const char *build_index(uint32_t min_df, uint32_t segments)
{
    char name[64];
    const char *source = write_documents();
    snprintf(name, sizeof name, "index-%u-%u", min_df, segments);
    BuildOptions options = build_defaults();
    BuildReport report;
    options.analyzer.stop_words = span_text("w3");
    options.analyzer.has_stop_words = true;
    options.pairs_min_df = min_df;
    options.segments = segments;
    options.replace = true;
    options.limits = (ListLimits){8, 16, 5, 4, 0};
    options.output = scratch_path(&scratch, name);
    options.inputs = &source;
    options.input_count = 1;
    Status status = index_build(&options, &report, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    return options.output;
}

static Index *open_index(const char *folder)
{
    Index *index;
    Status status = index_open(folder, &index, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    return index;
}

/* One index that is asked. */
typedef struct Asked {
    Index *index;
    SearchContext *context;
    QueryParser *parser;
    SearchOptions options;
    Arena arena;
    Query query;
    Buf answer;
} Asked;

static Asked ask_of(const char *folder)
{
    Asked asked = {.index = open_index(folder)};
    asked.options = (SearchOptions){.k1 = NAN, .b = NAN, .max_expansions = 100};
    ck_assert_int_eq(search_context_new(asked.index, &asked.context, &error),
                     OK);
    ck_assert_int_eq(
        query_parser_new(asked.index->analyzer, &asked.parser, &error), OK);
    return asked;
}

static void release(Asked *asked)
{
    query_parser_free(asked->parser);
    search_context_free(asked->context);
    arena_release(&asked->arena);
    buf_release(&asked->answer);
    index_close(asked->index);
}

static void put_hits(Asked *asked, uint32_t k, bool count)
{
    SearchResult result;
    asked->options.k = k;
    asked->options.count = count;
    Status status = search_run(asked->context, &asked->query, &asked->options,
                               &result, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    buf_printf(&asked->answer, "%u: of %llu\n", k,
               (unsigned long long)(count ? result.total : 0));
    for (uint32_t i = 0; i < result.hit_count; i++) {
        uint32_t bits;
        memcpy(&bits, &result.hits[i].score, sizeof bits);
        buf_printf(&asked->answer, "%llu %08x\n",
                   (unsigned long long)result.hits[i].document, bits);
    }
}

static void put_term(void *self, const SearchTerm *term)
{
    buf_printf(self, "term %.*s of word %u, slot %u of %u, idf %a\n",
               (int)term->text.size, (const char *)term->text.data, term->word,
               term->slot, term->slot_count, (double)term->idf);
}

static void parse(Asked *asked, const char *text)
{
    ParseOptions parsing = {0};
    arena_reset(&asked->arena);
    buf_clear(&asked->answer);
    ck_assert_int_eq(query_parse(asked->parser, span_text(text), &parsing,
                                 &asked->arena, &asked->query, &error),
                     OK);
}

/* All that a user may see of the query. */
static void ask(Asked *asked, const char *text)
{
    static const uint32_t depths[] = {1, 10, 100, 1000};
    bool matched;
    parse(asked, text);
    for (size_t i = 0; i < 4; i++) {
        put_hits(asked, depths[i], false);
        put_hits(asked, depths[i], true);
    }
    put_hits(asked, 0, true);
    search_terms(asked->context, put_term, &asked->answer);
    ck_assert_int_eq(search_describe(asked->context, &asked->query,
                                     &asked->options, &asked->answer, &error),
                     OK);
    for (uint64_t document = 0; document < DOCUMENTS; document += 37) {
        ck_assert_int_eq(search_explain(asked->context, &asked->query,
                                        &asked->options, document,
                                        &asked->answer, &matched, &error),
                         OK);
    }
}

/* The index with pairs of words in at least `min_df` documents of a segment
 * answers as the one without. */
static void check_min_df(const char *const *queries, size_t count,
                         uint32_t min_df, uint32_t segments)
{
    Asked without = ask_of(build_index(PAIRS_NONE, segments));
    Asked with = ask_of(build_index(min_df, segments));
    ck_assert_uint_eq(without.index->segments[0]->pair_words, 0);
    ck_assert_uint_gt(with.index->segments[0]->pair_words, 0);
    for (size_t i = 0; i < count; i++) {
        ask(&without, queries[i]);
        ask(&with, queries[i]);
        ck_assert_msg(
            strcmp(buf_text(&without.answer), buf_text(&with.answer)) == 0,
            "%s, pairs from %u, %u segments:\n%s\nnot\n%s", queries[i], min_df,
            segments, buf_text(&with.answer), buf_text(&without.answer));
    }
    release(&without);
    release(&with);
}

static void check_alike(const char *const *queries, size_t count)
{
    static const uint32_t min_dfs[] = {1, 60, 110, 400};
    for (size_t i = 0; i < 4; i++) {
        check_min_df(queries, count, min_dfs[i], 1);
        if (min_dfs[i] < 400) check_min_df(queries, count, min_dfs[i], 5);
    }
}

#define CHECK_ALIKE(...)                                        \
    do {                                                        \
        static const char *const queries[] = {__VA_ARGS__};     \
        check_alike(queries, sizeof queries / sizeof *queries); \
    } while (0)

START_TEST(a_stored_pair_has_the_hits_scores_and_words_of_the_phrase)
{
    CHECK_ALIKE("\"w0 w1\"", "\"w1 w0\"", "\"w5 w6\"^2.5", "\"w20 w21\"",
                "\"w29 w0\"", "\"w12 w28\"");
}
END_TEST

START_TEST(a_pair_that_a_segment_lacks_is_found_in_the_others)
{
    CHECK_ALIKE("\"only pair\"", "\"pair only\"", "+\"only pair\" w1",
                "\"w0 only pair\"");
}
END_TEST

START_TEST(a_repeated_word_is_a_pair_with_itself)
{
    CHECK_ALIKE("\"w0 w0\"", "\"w0 w0 w0\"", "\"w1 w1 w0\"", "\"w0 w1 w0 w1\"",
                "\"w2 w2 w2 w2 w2\"");
}
END_TEST

START_TEST(slop_is_not_narrowed_by_pairs)
{
    CHECK_ALIKE("\"w0 w1\"~1", "\"w1 w0 w2\"~3", "\"w10 w11\"~2",
                "\"only pair\"~2", "\"pair w0\"~4");
}
END_TEST

START_TEST(a_pair_in_a_field_is_checked_by_positions)
{
    CHECK_ALIKE("title:\"w0 w1\"", "text:\"w0 w1\"", "title:\"w1 w0 w2\"",
                "title:\"only pair\"", "+title:\"w0 w1\" +w2");
}
END_TEST

/* "w3" is a stop word, so its neighbours are two apart. */
START_TEST(words_with_a_gap_between_them_are_no_pair)
{
    CHECK_ALIKE("\"w0 w3 w1\"", "\"w0 w3 w1 w2\"", "\"w1 w3 w3 w0\"",
                "\"w0 w1 w3 w2 w0\"");
}
END_TEST

START_TEST(a_prefix_in_a_phrase_is_no_pair)
{
    CHECK_ALIKE("\"w0 w1*\"", "\"w1* w0\"", "\"w0 w1 w2*\"", "\"w2* w0 w2\"",
                "\"w1* w1 w1\"");
}
END_TEST

START_TEST(longer_phrases_are_narrowed_by_their_pairs)
{
    CHECK_ALIKE("\"w0 w1 w2\"", "\"w4 w5 w6\"", "\"w0 w1 w0 w2\"",
                "\"w1 w2 w5 w0 w1\"", "\"w0 w4 w5 w1\"", "\"w20 w21 w22\"",
                "\"w0 w1 w2 w4 w5 w6 w7 w8 w9 w10\"");
}
END_TEST

START_TEST(phrases_in_groups_are_pairs_too)
{
    CHECK_ALIKE("+\"w0 w1\" +w2", "+\"w0 w1\" w2 -w4", "\"w0 w1\" w9",
                "w0 -\"w0 w1\"", "+\"w0 w1\" +\"w1 w2\"", "+\"w0 w1 w2\" +w5",
                "(\"w0 w1\" w9) -\"w2 w0\"", "+(\"w0 w1\" \"w1 w2\") +w4",
                "\"w0 w1\" \"only pair\"", "w7 -\"w0 w1 w2\"");
}
END_TEST

/* Two to nine words from the middle of nowhere. */
static const char *random_phrase(Random *random)
{
    Buf text = {0};
    const char *signs[] = {"", "", "+"};
    buf_put_text(&text, signs[random_below(random, 3)]);
    buf_put_byte(&text, '"');
    put_words(random, random_between(random, 2, random_between(random, 2, 9)),
              &text);
    buf_put_text(&text, random_below(random, 4) ? "\"" : "\" w2");
    const char *copy = strdup(buf_text(&text));
    buf_release(&text);
    return copy;
}

START_TEST(random_phrases_answer_alike)
{
    Random random = {23};
    const char *queries[RANDOM_QUERIES];
    for (size_t i = 0; i < RANDOM_QUERIES; i++)
        queries[i] = random_phrase(&random);
    check_alike(queries, RANDOM_QUERIES);
    for (size_t i = 0; i < RANDOM_QUERIES; i++)
        free((void *)(uintptr_t)queries[i]);
}
END_TEST

/* --- Pairs that are not true --- */

static char *segment_path(const char *folder)
{
    Index *index = open_index(folder);
    char *path = strdup(index->segments[0]->path);
    index_close(index);
    return path;
}

/* Gives each pair the words after its own in the table of frequent words, so
 * that its list is that of another pair; all lists stay valid. */
static void move_words(uint8_t *file, const Segment *segment)
{
    PairTables tables = pair_tables(segment);
    uint8_t *words = file + (tables.words - segment->file.bytes.data);
    memmove(words, words + 4, 4 * (size_t)(segment->pair_words - 1));
}

static void move_seconds(uint8_t *file, const Segment *segment)
{
    PairTables tables = pair_tables(segment);
    uint8_t *seconds = file + (tables.seconds - segment->file.bytes.data);
    memmove(seconds, seconds + 2, 2 * (size_t)(segment->pair_count - 1));
}

static void change_segment(const char *folder,
                           void (*change)(uint8_t *file, const Segment *))
{
    char *path = segment_path(folder);
    Buf bytes = {0};
    ck_assert_int_eq(file_read(path, SIZE_MAX, &bytes, &error), OK);
    Index *index = open_index(folder);
    change(bytes.data, index->segments[0]);
    index_close(index);
    segment_mend_checksums(bytes.data, bytes.size);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
    ck_assert_int_eq(fclose(file), 0);
    buf_release(&bytes);
    free(path);
}

/* Answers are wrong then, but each query ends, with hits or an error. */
static void ask_untrue(Asked *asked, const char *text)
{
    SearchResult result;
    parse(asked, text);
    for (uint32_t k = 0; k <= 1000; k += 500) {
        asked->options.k = k;
        asked->options.count = k != 500;
        Status status = search_run(asked->context, &asked->query,
                                   &asked->options, &result, &error);
        ck_assert(status == OK || status == ERR_CORRUPT);
        if (status == OK) ck_assert_uint_le(result.total, DOCUMENTS);
    }
}

START_TEST(pairs_that_are_not_true_crash_nothing)
{
    const char *folder = build_index(_i < 2 ? 1 : 60, 1);
    change_segment(folder, _i % 2 ? move_seconds : move_words);
    Asked asked = ask_of(folder);
    Random random = {31};
    for (int i = 0; i < 300; i++) {
        const char *query = random_phrase(&random);
        ask_untrue(&asked, query);
        free((void *)(uintptr_t)query);
    }
    release(&asked);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pair_search");
    TCase *tests = tcase_create("pair_search");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests,
                   a_stored_pair_has_the_hits_scores_and_words_of_the_phrase);
    tcase_add_test(tests, a_pair_that_a_segment_lacks_is_found_in_the_others);
    tcase_add_test(tests, a_repeated_word_is_a_pair_with_itself);
    tcase_add_test(tests, slop_is_not_narrowed_by_pairs);
    tcase_add_test(tests, a_pair_in_a_field_is_checked_by_positions);
    tcase_add_test(tests, words_with_a_gap_between_them_are_no_pair);
    tcase_add_test(tests, a_prefix_in_a_phrase_is_no_pair);
    tcase_add_test(tests, longer_phrases_are_narrowed_by_their_pairs);
    tcase_add_test(tests, phrases_in_groups_are_pairs_too);
    tcase_add_test(tests, random_phrases_answer_alike);
    tcase_add_loop_test(tests, pairs_that_are_not_true_crash_nothing, 0, 4);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
