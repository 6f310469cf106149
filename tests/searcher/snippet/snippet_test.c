/* snippet_test.c - tests searcher/snippet: snippet.c, passage.c,
 * text_matches.c and matched_terms.c. */
#include "searcher/snippet/snippet.h"

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

static void add_term(const char *text, uint32_t word, float idf)
{
    SearchTerm term = {
        .text = span_text(text), .word = word, .idf = idf, .slot_count = 1};
    matched_terms_add(&terms, &term);
    ck_assert_int_eq(terms.status, OK);
}

/* A query of equally rare words. */
static void ask_words(const char *words)
{
    char copy[256];
    snprintf(copy, sizeof copy, "%s", words);
    matched_terms_clear(&terms);
    char *rest = NULL;
    uint32_t number = 0;
    for (char *word = strtok_r(copy, " ", &rest); word;
         word = strtok_r(NULL, " ", &rest)) {
        add_term(word, number++, 1);
    }
}

/* A phrase as word `number` of the query. */
static void add_phrase(const char *words, uint32_t number, uint32_t slop)
{
    char copy[256];
    char *rest = NULL;
    snprintf(copy, sizeof copy, "%s", words);
    SearchTerm term = {.word = number, .idf = 1, .slot_count = 1, .slop = slop};
    for (const char *at = copy; *at; at++) term.slot_count += *at == ' ';
    for (char *word = strtok_r(copy, " ", &rest); word;
         word = strtok_r(NULL, " ", &rest), term.slot++, term.offset++) {
        term.text = span_text(word);
        matched_terms_add(&terms, &term);
    }
}

static void put_bytes(char *out, size_t *used, Span text, size_t start,
                      size_t end)
{
    *used += (size_t)sprintf(out + *used, "%.*s", (int)(end - start),
                             (const char *)text.data + start);
}

/* The snippet with [ ] around matches and ... where text was cut. */
static const char *show(const Snippet *snippet)
{
    static char shown[4096];
    size_t used = (size_t)sprintf(shown, "%s",
                                  snippet->cut_before ? "..." : "");
    size_t at = 0;
    for (size_t i = 0; i < snippet->mark_count; i++) {
        SnippetMark mark = snippet->marks[i];
        put_bytes(shown, &used, snippet->text, at, mark.start);
        used += (size_t)sprintf(shown + used, "[");
        put_bytes(shown, &used, snippet->text, mark.start, mark.end);
        used += (size_t)sprintf(shown + used, "]");
        ck_assert_uint_lt(snippet->sources[i].start, snippet->sources[i].end);
        at = mark.end;
    }
    put_bytes(shown, &used, snippet->text, at, snippet->text.size);
    sprintf(shown + used, "%s", snippet->cut_after ? "..." : "");
    return shown;
}

/* The snippet of a text for the current query. */
static const char *passages_of(const char *text, size_t size, size_t passages)
{
    Snippet snippet;
    SnippetShape shape = {FIELD_TEXT, size, passages};
    ck_assert_int_eq(
        snippet_make(maker, &terms, &shape, span_text(text), &snippet, &error),
        OK);
    return show(&snippet);
}

static const char *snippet_of(const char *words, const char *text, size_t size)
{
    ask_words(words);
    return passages_of(text, size, 1);
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

/* As for a document above --max-record. */
START_TEST(a_missing_text_has_an_empty_snippet)
{
    Snippet snippet;
    SnippetShape shape = {FIELD_TEXT, 200, 1};
    ask_words("fox");
    ck_assert_int_eq(
        snippet_make(maker, &terms, &shape, (Span){0}, &snippet, &error), OK);
    ck_assert_uint_eq(snippet.text.size, 0);
    ck_assert(!snippet.cut_before && !snippet.cut_after);
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

START_TEST(headings_and_menus_are_skipped)
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

START_TEST(no_break_spaces_and_controls_are_dropped)
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

START_TEST(marks_are_ascending_and_inside_any_text)
{
    static const char *const PIECES[] = {"fox",
                                         " ",
                                         "\n",
                                         "\n\n",
                                         ". ",
                                         "quick",
                                         "brown",
                                         "\u6771\u4eac",
                                         "\xff",
                                         "x",
                                         "-",
                                         "\u201d",
                                         "\u00a0",
                                         "\xe6\x9d",
                                         "FOX!",
                                         "\u3002",
                                         "quickFox",
                                         "-fox-",
                                         "\u2019",
                                         "brown.",
                                         "fox-quickBrown"};
    ask_words("fox");
    add_phrase("quick brown", 1, 0);
    add_phrase("brown fox x", 2, 3);
    add_term("quickfox", 3, 1);
    add_term("foxfox", 4, 1);
    add_term("quick", 5, 1);
    add_term("foxquickbrown", 6, 1);
    Random random = {1};
    for (int round = 0; round < 3000; round++) {
        Buf text = {0};
        for (size_t i = random_below(&random, 256); i > 0; i--) {
            size_t count = sizeof PIECES / sizeof *PIECES;
            buf_put_text(&text, PIECES[random_below(&random, count)]);
        }
        Snippet snippet;
        SnippetShape shape = {FIELD_TEXT, random_below(&random, 256),
                              1 + random_below(&random, 4)};
        ck_assert_int_eq(snippet_make(maker, &terms, &shape, buf_span(&text),
                                      &snippet, &error),
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

START_TEST(parts_wholes_and_joined_forms_are_marked_as_they_match)
{
    const char *text = "call getUserById on wi-fi, O\u2019Neill";
    ck_assert_str_eq(snippet_of("user", text, 200),
                     "call get[User]ById on wi-fi, O\u2019Neill");
    ck_assert_str_eq(snippet_of("getuserbyid fi", text, 200),
                     "call [getUserById] on wi-[fi], O\u2019Neill");
    ck_assert_str_eq(snippet_of("wifi oneill", text, 200),
                     "call getUserById on [wi-fi], [O\u2019Neill]");
    ck_assert_str_eq(snippet_of("os", "import os.path", 200),
                     "import [os].path");
    matched_terms_clear(&terms);
    add_phrase("os path", 0, 0);
    ck_assert_str_eq(passages_of("path of os.path", 200, 1),
                     "path of [os].[path]");
}
END_TEST

/* A mark inside of another would print as broken brackets. */
START_TEST(a_match_inside_of_another_is_marked_with_it)
{
    const char *text = "see getUser-name now";
    ck_assert_str_eq(snippet_of("user getuser", text, 200),
                     "see [getUser]-name now");
    ck_assert_str_eq(snippet_of("user name getusername", text, 200),
                     "see [getUser-name] now");
    matched_terms_clear(&terms);
    add_phrase("getuser name", 0, 0);
    add_term("user", 1, 1);
    ck_assert_str_eq(passages_of(text, 200, 1), "see [getUser]-[name] now");
}
END_TEST

START_TEST(rare_words_win_over_more_of_the_frequent)
{
    matched_terms_clear(&terms);
    add_term("the", 0, 0.1F);
    add_term("of", 1, 0.1F);
    add_term("hedgehog", 2, 7);
    const char *text =
        "The end of the matter is that all of the words that everybody uses "
        "stand here, one beyond the other, for quite some time. Much later "
        "a hedgehog shows up, alone.";
    ck_assert_str_eq(passages_of(text, 60, 1),
                     "...Much later a [hedgehog] shows up, alone.");
}
END_TEST

START_TEST(words_of_a_phrase_are_marked_where_the_phrase_is)
{
    matched_terms_clear(&terms);
    add_phrase("solar wind", 0, 0);
    ck_assert_str_eq(
        passages_of("Solar power, wind power, the solar wind. Wind "
                    "solar.",
                    200, 1),
        "Solar power, wind power, the [solar] [wind]. Wind solar.");
    matched_terms_clear(&terms);
    add_phrase("to be or not to be", 0, 0);
    ck_assert_str_eq(
        passages_of("To be seen: to be or not to be, or not.", 200, 1),
        "To be seen: [to] [be] [or] [not] [to] [be], or not.");
}
END_TEST

/* A word repeated a thousand times in a phrase once filled all of its slots for
 * each token of a text: gigabytes of them. */
START_TEST(only_the_first_words_of_a_very_long_phrase_are_marked)
{
    enum { WORDS = 1000, MARKED = 64 };
    SearchTerm term = {.idf = 1, .slot_count = WORDS, .text = span_text("the")};
    matched_terms_clear(&terms);
    for (; term.slot < WORDS; term.slot++, term.offset++)
        matched_terms_add(&terms, &term);
    ck_assert_uint_eq(terms.uses.size / sizeof(TermUse), MARKED);
    Buf text = {0};
    for (size_t i = 0; i < MARKED; i++) buf_put_text(&text, "the ");
    const char *passage = passages_of(buf_text(&text), 1000, 1);
    ck_assert_ptr_nonnull(strstr(passage, "[the] [the]"));
    buf_release(&text);
}
END_TEST

START_TEST(a_sloppy_phrase_is_marked_where_its_words_are_near)
{
    matched_terms_clear(&terms);
    add_phrase("solar wind", 0, 2);
    ck_assert_str_eq(
        passages_of("solar and other wind, wind solar, solar not so very wind",
                    200, 1),
        "[solar] and other [wind], [wind] [solar], solar not so very wind");
}
END_TEST

/* Reading stops early only where every word was found, phrases too. */
START_TEST(a_phrase_late_in_a_long_text_is_found)
{
    Buf text = {0};
    buf_put_text(&text, "Solar power. ");
    for (int i = 0; i < 200000; i++) buf_put_text(&text, "filler wind ");
    buf_put_text(&text, "At last the solar wind.");
    matched_terms_clear(&terms);
    add_phrase("solar wind", 0, 0);
    add_term("power", 1, 1);
    const char *shown = passages_of(buf_text(&text), 60, 2);
    ck_assert_ptr_nonnull(strstr(shown, "Solar [power]"));
    ck_assert_ptr_nonnull(strstr(shown, "the [solar] [wind]."));
    buf_release(&text);
}
END_TEST

START_TEST(a_word_next_to_a_phrase_is_marked_everywhere)
{
    matched_terms_clear(&terms);
    add_phrase("solar wind", 0, 0);
    add_term("wind", 1, 1);
    ck_assert_str_eq(passages_of("wind, solar wind, solar", 200, 1),
                     "[wind], [solar] [wind], solar");
}
END_TEST

START_TEST(a_word_of_the_title_is_marked_in_titles_only)
{
    matched_terms_clear(&terms);
    SearchTerm term = {.text = span_text("dune"),
                       .idf = 1,
                       .field = FIELD_TITLE,
                       .slot_count = 1};
    matched_terms_add(&terms, &term);
    ck_assert_str_eq(passages_of("Dune", 200, 1), "Dune");
    Snippet snippet;
    SnippetShape shape = {FIELD_TITLE, 200, 1};
    ck_assert_int_eq(snippet_make(maker, &terms, &shape, span_text("Dune"),
                                  &snippet, &error),
                     OK);
    ck_assert_str_eq(show(&snippet), "[Dune]");
}
END_TEST

START_TEST(several_passages_come_in_the_order_of_the_text)
{
    const char *text =
        "Pears come first, and nothing else is of interest in the beginning "
        "of this text. It goes on for a while without a word of note. Apples "
        "and apples again occur in the middle of it. Once more it goes on, "
        "for the sake of the example. Plums are what it ends with.";
    ask_words("apples pears plums");
    ck_assert_str_eq(passages_of(text, 50, 3),
                     "[Pears] come first, and nothing else is of interest "
                     "\u2026 "
                     "[Apples] and [apples] again occur in the middle of it. "
                     "\u2026 [Plums] are what it ends with.");
    ck_assert_str_eq(passages_of("Apples and pears.", 50, 3),
                     "[Apples] and [pears].");
}
END_TEST

START_TEST(all_terms_of_a_pattern_are_one_word)
{
    matched_terms_clear(&terms);
    add_term("fox", 0, 1);
    add_term("food", 0, 1);
    add_term("bread", 1, 1);
    ck_assert_uint_eq(matched_word_count(&terms), 2);
    const char *text =
        "Fox food, fox food, fox food and foxes, here and there and so on and "
        "on. Then there was bread for the fox.";
    ck_assert_str_eq(passages_of(text, 50, 1),
                     "...Then there was [bread] for the [fox].");
}
END_TEST

START_TEST(thousands_of_terms_are_distinguished)
{
    char term[16];
    matched_terms_clear(&terms);
    for (int i = 0; i < 5000; i++) {
        sprintf(term, "t%d", i);
        add_term(term, 0, 1);
    }
    ck_assert_uint_ne(matched_terms_find(&terms, span_text("t4999")), NO_USE);
    ck_assert_uint_eq(matched_terms_find(&terms, span_text("t5000")), NO_USE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("snippet");
    TCase *tests = tcase_create("snippet");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_short_text_is_shown_whole);
    tcase_add_test(tests, a_missing_text_has_an_empty_snippet);
    tcase_add_test(tests, more_distinct_words_win);
    tcase_add_test(tests, words_side_by_side_win_over_words_apart);
    tcase_add_test(tests, headings_and_menus_are_skipped);
    tcase_add_test(tests, no_break_spaces_and_controls_are_dropped);
    tcase_add_test(tests, text_without_spaces_is_cut_between_characters);
    tcase_add_test(tests, marks_are_ascending_and_inside_any_text);
    tcase_add_test(tests,
                   parts_wholes_and_joined_forms_are_marked_as_they_match);
    tcase_add_test(tests, a_match_inside_of_another_is_marked_with_it);
    tcase_add_test(tests, rare_words_win_over_more_of_the_frequent);
    tcase_add_test(tests, words_of_a_phrase_are_marked_where_the_phrase_is);
    tcase_add_test(tests,
                   only_the_first_words_of_a_very_long_phrase_are_marked);
    tcase_add_test(tests, a_sloppy_phrase_is_marked_where_its_words_are_near);
    tcase_add_test(tests, a_phrase_late_in_a_long_text_is_found);
    tcase_add_test(tests, a_word_next_to_a_phrase_is_marked_everywhere);
    tcase_add_test(tests, a_word_of_the_title_is_marked_in_titles_only);
    tcase_add_test(tests, several_passages_come_in_the_order_of_the_text);
    tcase_add_test(tests, all_terms_of_a_pattern_are_one_word);
    tcase_add_test(tests, thousands_of_terms_are_distinguished);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
