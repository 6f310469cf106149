/* snippet_test.c - tests searcher/output: snippet.c, passage.c and
 * matched_terms.c. */
#include "searcher/output/snippet.h"

#include "tests/support/check_main.h"
#include "tests/support/random.h"

#include <stdio.h>

static Analyzer *analyzer;
static SnippetMaker *maker;
static MatchedTerms terms;
static Error error;

static void set_up(void)
{
    AnalyzerOptions options = {.name = "default"};
    ck_assert_int_eq(analyzer_new(&options, &analyzer, &error), OK);
    ck_assert_int_eq(snippet_maker_new(analyzer, &maker, &error), OK);
}

static void tear_down(void)
{
    matched_terms_release(&terms);
    snippet_maker_free(maker);
    analyzer_free(analyzer);
}

/* A snippet for a query of up to four words, with [ ] around what matched and
 * ... where text was cut. */
static const char *snippet_of(const char *words, const char *text, size_t size)
{
    static char shown[4096];
    static char copy[256];
    QueryNode leaves[4];
    QueryClause clauses[4];
    QueryNode root = {.kind = QUERY_BOOLEAN, .clauses = clauses};
    snprintf(copy, sizeof copy, "%s", words);
    for (char *at = copy; *at;) {
        size_t length = strcspn(at, " ");
        leaves[root.clause_count] = (QueryNode){.kind = QUERY_TERM,
                                                .term = span_of(at, length)};
        clauses[root.clause_count] = (QueryClause){OCCUR_SHOULD,
                                                   &leaves[root.clause_count]};
        root.clause_count++;
        at += length + (at[length] == ' ');
    }
    Query query = {.root = &root};
    matched_terms_set(&terms, &query);
    Snippet snippet;
    ck_assert_int_eq(
        snippet_make(maker, &terms, span_text(text), size, &snippet, &error),
        OK);
    size_t used = (size_t)sprintf(shown, "%s", snippet.cut_before ? "..." : "");
    size_t at = 0;
    for (size_t i = 0; i <= snippet.mark_count; i++) {
        bool last = i == snippet.mark_count;
        size_t start = last ? snippet.text.size : snippet.marks[i].start;
        size_t end = last ? start : snippet.marks[i].end;
        const char *bytes = (const char *)snippet.text.data;
        used += (size_t)sprintf(shown + used, "%.*s", (int)(start - at),
                                bytes + at);
        if (!last) {
            used += (size_t)sprintf(shown + used, "[%.*s]", (int)(end - start),
                                    bytes + start);
            ck_assert_uint_lt(snippet.sources[i].start, snippet.sources[i].end);
        }
        at = end;
    }
    sprintf(shown + used, "%s", snippet.cut_after ? "..." : "");
    return shown;
}

START_TEST(a_short_text_is_shown_whole)
{
    ck_assert_str_eq(
        snippet_of("fox", "The quick\n  FOX, it\u2019s here.", 200),
        "The quick [FOX], it\u2019s here.");
    ck_assert_str_eq(snippet_of("fox", "", 200), "");
    ck_assert_str_eq(snippet_of("wolf", "The quick fox", 200), "The quick fox");
}
END_TEST

START_TEST(more_distinct_words_win)
{
    const char *text =
        "Apples are good. Apples, apples and apples again. Much text stands "
        "between the two places so that they do not fit together at all. At "
        "the end apples and pears meet. And then the text goes on and on.";
    ck_assert_str_eq(snippet_of("apples pears", text, 60),
                     "...At the end [apples] and [pears] meet. And then the "
                     "text goes on...");
}
END_TEST

START_TEST(words_side_by_side_win_over_words_apart)
{
    const char *text =
        "The bureau of something international that is not meant here, and "
        "more text to fill the space between the two of them until it is "
        "long enough. The International Bureau has met. It was there again.";
    ck_assert_str_eq(snippet_of("international bureau", text, 70),
                     "...The [International] [Bureau] has met. It was there "
                     "again.");
}
END_TEST

START_TEST(headings_and_menus_are_left_behind)
{
    const char *text =
        "Home | News\nContact\n AUTONUM  \nThe diplomatic conference was "
        "convened in Geneva and it lasted for some weeks before it closed.\n"
        " AUTONUM  \nAnother paragraph that says nothing of note at all.\n";
    ck_assert_str_eq(snippet_of("geneva", text, 120),
                     "...The diplomatic conference was convened in [Geneva] "
                     "and it lasted for some weeks before it closed....");
    ck_assert_str_eq(snippet_of("nothing-of-it", text, 100),
                     "...The diplomatic conference was convened in Geneva "
                     "and it lasted for some weeks before it closed....");
}
END_TEST

START_TEST(no_break_spaces_and_controls_do_not_show)
{
    ck_assert_str_eq(snippet_of("september",
                                "in\u00a0September\u00a02001,\n"
                                "\x07they  met",
                                100),
                     "in [September] 2001, they met");
}
END_TEST

START_TEST(text_without_spaces_is_cut_between_characters)
{
    const char *text =
        "\u6771\u4eac\u90fd\u306f\u65e5\u672c\u306e\u9996\u90fd\u3067\u3042"
        "\u308b\u3002\u4eac\u90fd\u306f\u53e4\u3044\u90fd\u3067\u3042\u308b"
        "\u3002\u5927\u962a\u306f\u5546\u696d\u306e\u753a\u3067\u3042\u308b"
        "\u3002";
    ck_assert_str_eq(snippet_of("\u4eac\u90fd", text, 40),
                     "\u6771[\u4eac\u90fd]\u306f\u65e5\u672c\u306e\u9996"
                     "\u90fd\u3067\u3042\u308b\u3002...");
}
END_TEST

START_TEST(any_bytes_and_any_size_are_fine)
{
    static const char TEXT[] = "a \xff\xfe b\xe6\x9d fox \xc2 fox\xf0\x9f";
    for (size_t size = 0; size < sizeof TEXT + 2; size++) {
        snippet_of("fox", TEXT, size);
    }
}
END_TEST

/* Random texts of words, breaks, wide characters and broken bytes. */
START_TEST(marks_lie_in_order_inside_whatever_the_text)
{
    static const char *const PIECES[] = {
        "fox",          " ",     "\n", "\n\n", ". ",     "quick",  "brown",
        "\u6771\u4eac", "\xff",  "x",  "-",    "\u201d", "\u00a0", "\xe6\x9d",
        "FOX!",         "\u3002"};
    QueryNode leaf = {.kind = QUERY_TERM, .term = span_text("fox")};
    Query query = {.root = &leaf};
    matched_terms_set(&terms, &query);
    Random random = {1};
    for (int round = 0; round < 3000; round++) {
        Buf text = {0};
        for (size_t i = random_below(&random, 256); i > 0; i--) {
            size_t count = sizeof PIECES / sizeof *PIECES;
            buf_put_text(&text, PIECES[random_below(&random, count)]);
        }
        Snippet snippet;
        ck_assert_int_eq(snippet_make(maker, &terms, buf_span(&text),
                                      random_below(&random, 256), &snippet,
                                      &error),
                         OK);
        size_t end = 0, source_end = 0;
        for (size_t i = 0; i < snippet.mark_count; i++) {
            ck_assert_uint_le(end, snippet.marks[i].start);
            ck_assert_uint_lt(snippet.marks[i].start, snippet.marks[i].end);
            ck_assert_uint_le(source_end, snippet.sources[i].start);
            end = snippet.marks[i].end;
            source_end = snippet.sources[i].end;
        }
        ck_assert_uint_le(end, snippet.text.size);
        ck_assert_uint_le(source_end, text.size);
        buf_release(&text);
    }
}
END_TEST

START_TEST(expansions_are_marked)
{
    QueryNode leaf = {.kind = QUERY_EXPANSION, .term = span_text("fo")};
    Query query = {.root = &leaf};
    matched_terms_set(&terms, &query);
    matched_terms_expand(&terms, span_text("fox"));
    matched_terms_expand(&terms, span_text("food"));
    ck_assert_uint_ne(matched_terms_find(&terms, span_text("fox")), NO_WORD);
    ck_assert_uint_ne(matched_terms_find(&terms, span_text("food")), NO_WORD);
    ck_assert_uint_eq(matched_terms_find(&terms, span_text("fo")), NO_WORD);
}
END_TEST

START_TEST(excluded_words_are_not_marked)
{
    QueryNode yes = {.kind = QUERY_TERM, .term = span_text("yes")};
    QueryNode no = {.kind = QUERY_TERM, .term = span_text("no")};
    QueryClause clauses[] = {{OCCUR_MUST, &yes}, {OCCUR_NOT, &no}};
    QueryNode root = {
        .kind = QUERY_BOOLEAN, .clauses = clauses, .clause_count = 2};
    Query query = {.root = &root};
    matched_terms_set(&terms, &query);
    ck_assert_uint_ne(matched_terms_find(&terms, span_text("yes")), NO_WORD);
    ck_assert_uint_eq(matched_terms_find(&terms, span_text("no")), NO_WORD);
}
END_TEST

START_TEST(thousands_of_terms_are_kept_apart)
{
    QueryNode nothing = {.kind = QUERY_NOTHING};
    Query query = {.root = &nothing};
    matched_terms_set(&terms, &query);
    char term[16];
    for (int i = 0; i < 5000; i++) {
        sprintf(term, "t%d", i);
        matched_terms_expand(&terms, span_text(term));
    }
    ck_assert_uint_ne(matched_terms_find(&terms, span_text("t4999")), NO_WORD);
    ck_assert_uint_eq(matched_terms_find(&terms, span_text("t5000")), NO_WORD);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("snippet");
    TCase *tests = tcase_create("snippet");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_short_text_is_shown_whole);
    tcase_add_test(tests, more_distinct_words_win);
    tcase_add_test(tests, words_side_by_side_win_over_words_apart);
    tcase_add_test(tests, headings_and_menus_are_left_behind);
    tcase_add_test(tests, no_break_spaces_and_controls_do_not_show);
    tcase_add_test(tests, text_without_spaces_is_cut_between_characters);
    tcase_add_test(tests, any_bytes_and_any_size_are_fine);
    tcase_add_test(tests, marks_lie_in_order_inside_whatever_the_text);
    tcase_add_test(tests, expansions_are_marked);
    tcase_add_test(tests, excluded_words_are_not_marked);
    tcase_add_test(tests, thousands_of_terms_are_kept_apart);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
