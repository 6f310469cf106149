/* query_compounds_test.c - words that the default analyzer makes of several
 * parts. */
#include "tests/searcher/query/query_fixture.h"
#include "tests/support/check_main.h"

#include "searcher/query/query_limits.h"

static QueryFixture f;

static void open_default(void)
{
    fixture_open(&f, "default");
}

static void close_default(void)
{
    fixture_close(&f);
}

#define ck_parses_to(text, line) ck_assert_str_eq(fixture_parse(&f, text), line)

/* I'm found documents about m. */
START_TEST(plain_queries_do_not_ask_for_the_letters_of_short_forms)
{
    ParseOptions plain = {.plain = true};
    const char *line = fixture_parse_span(
        &f, span_text("I'm it\xe2\x80\x99s l'acqua 'tis rock'n'roll m"),
        &plain);
    ck_assert_str_eq(line, "it acqua tis rock roll m");
    ck_assert_str_eq(fixture_parse_span(&f, span_text("I'm"), &plain), "i m");
}
END_TEST

/* Nothing is dropped in silence where there are no stop words. */
START_TEST(plain_queries_of_runs_without_spaces_lose_no_word)
{
    ParseOptions plain = {.plain = true};
    fixture_parse_span(&f, span_text("\xE6\x9D\xB1\xE4\xBA\xAC\xE9\x83\xBD"),
                       &plain);
    ck_assert_ptr_null(f.query.notes);
}
END_TEST

START_TEST(a_joined_form_is_asked_for_alone)
{
    ck_parses_to("wi-fi", "wifi");
    ck_assert_int_eq(f.query.root->kind, QUERY_TERM);
    ck_parses_to("\"wi-fi\"", "\"wi fi\"");
    ck_parses_to("-wi-fi +o'neill", "-wifi +oneill");
    ck_parses_to("wi-fi-a-b-c", "\"wi fi a b c\"");
    ck_parses_to("my.wi-fi (wi-fi)", "\"my wi fi\" wifi");
}
END_TEST

START_TEST(the_first_part_of_a_joined_form_may_be_a_stop_word)
{
    QueryFixture g;
    fixture_open_options(&g, &(AnalyzerOptions){.stop_words = span_text("on a"),
                                                .has_stop_words = true});
    ck_assert_str_eq(fixture_parse(&g, "on-line"), "online");
    ck_assert_str_eq(fixture_parse(&g, "\"on-line\" on.line"), "line^2");
    ck_assert_str_eq(fixture_parse(&g, "on-a"), "ona");
    ck_assert_str_eq(fixture_parse(&g, "on.li* line.a* on-li*"),
                     "li* \"line a*\" onli*");
    ck_assert_str_eq(fixture_parse(&g, "on.lien~1"), "lien~1");
    fixture_close(&g);
}
END_TEST

START_TEST(a_pattern_at_the_end_of_a_compound_acts_on_its_last_part)
{
    ck_parses_to("self.cli* self.clietn~2", "\"self cli*\" \"self clietn~2\"");
    const QueryNode *fuzzy = f.query.root->clauses[1].node;
    ck_assert(fuzzy->words[1].is_pattern);
    ck_assert_int_eq(fuzzy->words[1].pattern, PATTERN_FUZZY);
    ck_assert_uint_eq(fuzzy->words[1].edits, 2);
    ck_parses_to("wi-f* wi\xe2\x80\x90"
                 "fi~1",
                 "wif* wifi~1");
    ck_parses_to("+self.cli* +self.cli*", "\"self cli*\"^2");
    ck_parses_to("+self.cli~1 +self.cli*", "+\"self cli~1\" +\"self cli*\"");
}
END_TEST

START_TEST(a_compound_of_thousands_of_parts_is_a_limited_phrase)
{
    Buf text = {0};
    for (int i = 0; i < 70000; i++) buf_put_text(&text, "a.");
    fixture_parse_span(&f, buf_span(&text), &(ParseOptions){0});
    ck_assert_uint_eq(f.query.root->word_count, QUERY_MAX_PHRASE);
    ck_assert(fixture_has_note(
        &f, "query has more than 65536 words: the rest is ignored"));
    ck_assert(fixture_has_note(
        &f, "phrase has more than 1024 words: the rest is ignored"));
    buf_put_text(&text, "b~1");
    fixture_parse_span(&f, buf_span(&text), &(ParseOptions){0});
    ck_assert_uint_eq(f.query.root->word_count, QUERY_MAX_PHRASE);
    buf_release(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("query_compounds");
    TCase *tests = tcase_create("query_compounds");
    tcase_add_checked_fixture(tests, open_default, close_default);
    tcase_add_test(tests,
                   plain_queries_do_not_ask_for_the_letters_of_short_forms);
    tcase_add_test(tests, plain_queries_of_runs_without_spaces_lose_no_word);
    tcase_add_test(tests, a_joined_form_is_asked_for_alone);
    tcase_add_test(tests, the_first_part_of_a_joined_form_may_be_a_stop_word);
    tcase_add_test(tests,
                   a_pattern_at_the_end_of_a_compound_acts_on_its_last_part);
    tcase_add_test(tests, a_compound_of_thousands_of_parts_is_a_limited_phrase);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
