/* expansion_test.c - tests searcher/search: expansion.c and suggest_terms.c,
 * on an index of random words in two segments. */
#include "searcher/search/suggest_terms.h"

#include "indexer/build/build.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"
#include "tests/support/random.h"

enum { WORDS = 3000, LONGEST = 7 };

/* Few letters, of one to four bytes: many words are prefixes of others. */
static const char *const LETTERS[] = {"a",      "b",      "c",         "z",
                                      "\u00e9", "\u6771", "\U0001D49C"};
enum { LETTER_COUNT = sizeof LETTERS / sizeof *LETTERS };

static Scratch scratch;
static Arena arena;
static Index *index_of_words;
static Error error;

/* A word as letters, each an index into LETTERS. */
typedef struct Word {
    size_t size;
    uint8_t letters[LONGEST + 2];
} Word;

static Word words[WORDS];

static Word random_word(Random *random, size_t longest)
{
    Word word = {.size = random_between(random, 1, longest)};
    for (size_t i = 0; i < word.size; i++) {
        word.letters[i] = (uint8_t)random_below(random, LETTER_COUNT);
    }
    return word;
}

static void put_word(Buf *out, const Word *word)
{
    for (size_t i = 0; i < word->size; i++) {
        buf_put_text(out, LETTERS[word->letters[i]]);
    }
}

static void build_index(const char *source, const char *folder,
                        const char *analyzer)
{
    BuildOptions options = build_defaults();
    BuildReport report;
    options.analyzer.name = analyzer;
    options.segments = 2;
    options.output = folder;
    options.inputs = &source;
    options.input_count = 1;
    ck_assert_int_eq(index_build(&options, &report, &error), OK);
    ck_assert_int_eq(index_open(folder, &index_of_words, &error), OK);
}

static void set_up(void)
{
    Random random = {7};
    Buf lines = {0};
    scratch = scratch_new();
    for (size_t i = 0; i < WORDS; i++) {
        words[i] = random_word(&random, LONGEST);
        buf_printf(&lines, "{\"id\":\"%zu\",\"text\":\"", i);
        put_word(&lines, &words[i]);
        buf_put_text(&lines, "\"}\n");
    }
    const char *source = scratch_write(&scratch, "words.jsonl",
                                       buf_span(&lines));
    build_index(source, scratch_path(&scratch, "index"), "whitespace");
    buf_release(&lines);
}

static void tear_down(void)
{
    index_close(index_of_words);
    arena_release(&arena);
    scratch_remove(&scratch);
}

/* Levenshtein's distance, by the whole table. */
static size_t distance(const Word *a, const Word *b)
{
    size_t table[LONGEST + 3][LONGEST + 3];
    for (size_t i = 0; i <= a->size; i++) {
        for (size_t j = 0; j <= b->size; j++) {
            size_t min = i && j ? table[i - 1][j - 1] +
                                      (a->letters[i - 1] != b->letters[j - 1])
                                : i + j;
            if (i && table[i - 1][j] + 1 < min) min = table[i - 1][j] + 1;
            if (j && table[i][j - 1] + 1 < min) min = table[i][j - 1] + 1;
            table[i][j] = min;
        }
    }
    return table[a->size][b->size];
}

/* How many documents have a word within `edits`. */
static uint64_t count_near(const Word *word, uint32_t edits)
{
    uint64_t count = 0;
    for (size_t i = 0; i < WORDS; i++) {
        count += distance(word, &words[i]) <= edits;
    }
    return count;
}

static uint64_t sum_df(const Expansion *expansion)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < expansion->count; i++) {
        sum += expansion->terms[i].df;
    }
    return sum;
}

START_TEST(seeking_finds_every_word_that_a_scan_finds)
{
    Random random = {11};
    for (size_t i = 0; i < 300; i++) {
        Word word = random_word(&random, LONGEST + 2);
        Buf text = {0};
        put_word(&text, &word);
        QueryNode pattern = {.kind = QUERY_EXPANSION,
                             .pattern = PATTERN_FUZZY,
                             .term = buf_span(&text),
                             .edits = 1 + (uint32_t)(i % 2)};
        Expansion found;
        ck_assert_int_eq(expansion_find(index_of_words, &pattern, WORDS, &arena,
                                        &found, &error),
                         OK);
        ck_assert_uint_eq(sum_df(&found), count_near(&word, pattern.edits));
        buf_release(&text);
    }
}
END_TEST

START_TEST(the_most_frequent_terms_are_kept_when_the_limit_is_reached)
{
    QueryNode pattern = {.kind = QUERY_EXPANSION,
                         .pattern = PATTERN_PREFIX,
                         .term = span_text("a")};
    Expansion all, few;
    ck_assert_int_eq(
        expansion_find(index_of_words, &pattern, WORDS, &arena, &all, &error),
        OK);
    ck_assert_int_eq(
        expansion_find(index_of_words, &pattern, 3, &arena, &few, &error), OK);
    ck_assert_uint_gt(all.count, 100);
    ck_assert_uint_eq(all.found, all.count);
    ck_assert_uint_eq(few.found, all.count);
    ck_assert_uint_eq(few.count, 3);
    uint64_t min = few.terms[0].df;
    for (size_t i = 1; i < 3; i++) {
        if (few.terms[i].df < min) min = few.terms[i].df;
    }
    size_t above = 0;
    for (size_t i = 0; i < all.count; i++) above += all.terms[i].df > min;
    ck_assert_uint_lt(above, 3);
}
END_TEST

START_TEST(suggestions_come_with_the_most_frequent_first)
{
    SuggestedTerms near;
    ck_assert_int_eq(
        suggest_terms(index_of_words, span_text("abzc"), &arena, &near, &error),
        OK);
    ck_assert_uint_eq(near.count, MAX_SUGGESTED_TERMS);
    for (size_t i = 1; i < near.count; i++) {
        ck_assert_uint_ge(near.terms[i - 1].df, near.terms[i].df);
    }
    ck_assert_int_eq(
        suggest_terms(index_of_words, span_text("xy"), &arena, &near, &error),
        OK);
    ck_assert_uint_eq(near.count, 0);
}
END_TEST

enum { LIGATURES = 120, LONG_COUNT = 4 };

/* 120 times the ligature U+FB03, which folds to 360 letters, and an ending. */
static void put_long_word(Buf *out, const char *ending)
{
    for (int i = 0; i < LIGATURES; i++) buf_put_text(out, "\uFB03");
    buf_put_text(out, ending);
}

static size_t count_long_words(Index *index, const char *ending, uint32_t edits)
{
    Buf word = {0};
    Expansion expansion;
    for (int i = 0; i < LIGATURES; i++) buf_put_text(&word, "ffi");
    buf_put_text(&word, ending);
    QueryNode fuzzy = {.kind = QUERY_EXPANSION,
                       .pattern = PATTERN_FUZZY,
                       .term = buf_span(&word),
                       .edits = edits};
    ck_assert_int_eq(
        expansion_find(index, &fuzzy, WORDS, &arena, &expansion, &error), OK);
    buf_release(&word);
    return expansion.count;
}

START_TEST(fuzzy_words_of_more_than_255_letters_are_compared_to_their_end)
{
    static const char *const endings[LONG_COUNT] = {"abcd", "abxd", "xxcd",
                                                    "wxyz"};
    Buf lines = {0};
    Index *kept = index_of_words;
    for (int i = 0; i < LONG_COUNT; i++) {
        buf_printf(&lines, "{\"id\":\"%d\",\"text\":\"", i);
        put_long_word(&lines, endings[i]);
        buf_put_text(&lines, "\"}\n");
    }
    const char *source = scratch_write(&scratch, "long.jsonl",
                                       buf_span(&lines));
    build_index(source, scratch_path(&scratch, "long"), "default");
    ck_assert_uint_eq(count_long_words(index_of_words, "abcd", 0), 1);
    ck_assert_uint_eq(count_long_words(index_of_words, "abcd", 1), 2);
    ck_assert_uint_eq(count_long_words(index_of_words, "abcd", 2), 3);
    ck_assert_uint_eq(count_long_words(index_of_words, "mnop", 2), 0);
    ck_assert_uint_eq(count_long_words(index_of_words, "", 2), 0);
    index_close(index_of_words);
    index_of_words = kept;
    buf_release(&lines);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("expansion");
    TCase *tests = tcase_create("expansion");
    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, seeking_finds_every_word_that_a_scan_finds);
    tcase_add_test(tests,
                   the_most_frequent_terms_are_kept_when_the_limit_is_reached);
    tcase_add_test(
        tests, fuzzy_words_of_more_than_255_letters_are_compared_to_their_end);
    tcase_add_test(tests, suggestions_come_with_the_most_frequent_first);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
