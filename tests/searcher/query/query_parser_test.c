/* query_parser_test.c - any bytes are a query, in linear time.
 *
 * What the language means is tested by the examples of its document, see
 * language_md_test.c; here are notes, options, limits and bad company. */
#include "tests/searcher/query/query_fixture.h"
#include "tests/searcher/query/query_tree.h"
#include "tests/support/check_main.h"

#include "searcher/query/query_limits.h"

#include <time.h>

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

START_TEST(an_empty_query_matches_nothing_with_a_note)
{
    ck_parses_to("", "()");
    ck_assert_int_eq(f.query.root->kind, QUERY_NOTHING);
    ck_assert(fixture_has_note(&f, "query has no words: no hits"));
    ck_parses_to(" ( ) () \"\" ", "()");
}
END_TEST

START_TEST(only_excluded_words_match_nothing_with_a_note)
{
    const char *note = "query has only excluded words: no hits";
    ck_parses_to("-solar -lunar", "()");
    ck_assert(fixture_has_note(&f, note));
    ck_parses_to("NOT (solar lunar)", "()");
    ck_assert(fixture_has_note(&f, note));
}
END_TEST

START_TEST(a_term_required_and_excluded_matches_nothing_with_a_note)
{
    ck_parses_to("+solar moon -solar", "()");
    ck_assert(
        fixture_has_note(&f, "a term is both required and excluded: no hits"));
    ck_parses_to("+\"a b\" -\"a b\"", "()");
    ck_parses_to("c (+a -a)", "c");
    ck_parses_to("c +(+a -a)", "()");
    ck_parses_to("c -(+a -a)", "c");
}
END_TEST

START_TEST(a_required_group_that_only_excludes_passes_its_exclusions_up)
{
    ck_parses_to("moon AND (NOT solar)", "+moon -solar");
    ck_parses_to("+moon +(-solar -lunar)^2", "+moon -solar -lunar");
    ck_parses_to("moon (-solar)", "moon");
    ck_assert(fixture_has_note(&f, "group with only excluded words, dropped"));
}
END_TEST

START_TEST(stop_words_keep_their_position_in_phrases)
{
    QueryFixture english;
    fixture_open(&english, "english");
    ck_assert_str_eq(fixture_parse(&english, "\"end of the world\""),
                     "\"end _ _ world\"");
    ck_assert_uint_eq(english.query.root->words[1].position, 3);
    ck_assert_str_eq(fixture_parse(&english, "\"the world\""), "world");
    ck_assert_str_eq(fixture_parse(&english, "+the +world"), "world");
    ck_assert(fixture_has_note(&english, "the: stop word, dropped"));
    ck_assert_str_eq(fixture_parse(&english, "to be or not to be"), "()");
    ck_assert(fixture_has_note(&english, "query has only stop words: no hits"));
    fixture_close(&english);
}
END_TEST

START_TEST(patterns_match_stems_with_a_note)
{
    QueryFixture english;
    fixture_open(&english, "english");
    ck_assert_str_eq(fixture_parse(&english, "Running* running"),
                     "running* run");
    ck_assert(fixture_has_note(
        &english,
        "Running*: patterns match stems, since this index stores no whole "
        "words; try a shorter pattern, or an index without stemming"));
    ck_assert_str_eq(fixture_parse(&english, "running"), "run");
    ck_assert(!english.query.notes);
    fixture_close(&english);
}
END_TEST

START_TEST(a_misspelt_field_is_text_with_a_suggestion)
{
    ck_parses_to("titel:moon", "\"titel moon\"");
    ck_assert(fixture_has_note(
        &f, "unknown field \"titel\" (did you mean title:?), treated as text; "
            "fields are title and text"));
    ck_parses_to("tex:moon", "\"tex moon\"");
    ck_assert(fixture_has_note(
        &f, "unknown field \"tex\" (did you mean text:?), treated as text; "
            "fields are title and text"));
    ck_parses_to("re:moon", "\"re moon\"");
    ck_assert(fixture_has_note(
        &f, "unknown field \"re\", treated as text; fields are title and "
            "text"));
}
END_TEST

START_TEST(an_unknown_field_is_text_with_a_note)
{
    ck_parses_to("author:\"a b\"", "author \"a b\"");
    ck_assert(fixture_has_note(
        &f, "unknown field \"author\", treated as text; fields are title and "
            "text"));
    ck_parses_to("10:30 http://x", "\"10 30\" \"http x\"");
    ck_assert(!f.query.notes);
}
END_TEST

START_TEST(a_lone_cjk_character_is_a_prefix)
{
    ck_parses_to("\xE6\x9D\xB1", "\xE6\x9D\xB1*");
    ck_assert_int_eq(f.query.root->kind, QUERY_EXPANSION);
    ck_assert_int_eq(f.query.root->pattern, PATTERN_PREFIX);
    ck_parses_to("\"tokyo \xE6\x9D\xB1\"", "\"tokyo \xE6\x9D\xB1*\"");
    ck_assert(f.query.root->words[1].is_pattern);
}
END_TEST

START_TEST(plain_queries_have_no_operators)
{
    ParseOptions plain = {.plain = true};
    const char *line = fixture_parse_span(
        &f, span_text("+wi-fi \"fi NOT\" title:x^2 wi*"), &plain);
    ck_assert_str_eq(line, "wi^2 fi^2 not title x 2");
}
END_TEST

START_TEST(all_makes_words_without_a_sign_required)
{
    ParseOptions all = {.require_all = true};
    ck_assert_str_eq(fixture_parse_span(&f, span_text("a b OR c -d"), &all),
                     "+a +(b c) -d");
    ck_assert_str_eq(fixture_parse_span(&f, span_text("a OR b"), &all), "a b");
}
END_TEST

static const struct {
    const char *query;
    uint32_t min_match;
    const char *line;
} min_match_cases[] = {
    {"a b c", 2, "a b c --min-match 2"},
    {"a b c", 1, "a b c"},
    {"a b c", 3, "+a +b +c"},
    {"a b c", 9, "+a +b +c"},
    {"a b a", 2, "+a^2 +b"},
    {"a OR b OR c", 2, "a b c --min-match 2"},
    {"(a b) c d", 2, "(a b) c d --min-match 2"},
    {"+a b c", 1, "+a b c --min-match 1"},
    {"+a b", 1, "+a +b"},
    {"+a -b", 2, "+a -b"},
    {"a -(b c d)", 2, "+a -b -c -d"},
};

START_TEST(min_match_counts_alternatives)
{
    ParseOptions options = {.min_match = min_match_cases[_i].min_match};
    Span query = span_text(min_match_cases[_i].query);
    const char *line = fixture_parse_span(&f, query, &options);
    ck_assert_str_eq(line, min_match_cases[_i].line);
}
END_TEST

START_TEST(notes_are_valid_utf8_and_limited_in_number)
{
    Buf query = {0};
    for (int i = 0; i < 1000; i++) buf_put_text(&query, "\xFF, ");
    fixture_parse_span(&f, buf_span(&query), &(ParseOptions){0});
    size_t count = 0;
    const QueryNote *last = NULL;
    for (const QueryNote *n = f.query.notes; n; n = n->next, count++) {
        ck_assert_ptr_null(strchr(n->text, '\xFF'));
        last = n;
    }
    ck_assert_uint_lt(count, 50);
    ck_assert_str_eq(last->text, "further notes are not shown");
    buf_release(&query);
}
END_TEST

START_TEST(invalid_suffixes_are_text_with_a_note)
{
    ck_parses_to("word~3", "\"word 3\"");
    ck_assert(fixture_has_note(
        &f, "word~3: unsupported edit distance, treated as text; use ~1 or "
            "~2"));
    ck_parses_to("word~", "word");
    ck_assert(fixture_has_note(
        &f, "word~: ~ without a number, treated as text; use ~1 or ~2"));
    ck_parses_to("\"a b\"~1234567", "\"a b\" 1234567");
    ck_assert(fixture_has_note(
        &f, "~1234567: invalid suffix, treated as text; ~ takes up to 6 digits "
            "after a phrase, ^ a number above 0 and up to 1000000"));
    ck_parses_to("(a b)^0", "a b 0");
    ck_assert(fixture_has_note(
        &f, "^0: invalid suffix, treated as text; ~ takes up to 6 digits after "
            "a phrase, ^ a number above 0 and up to 1000000"));
    ck_parses_to("a^1000001", "\"a 1000001\"");
    ck_assert(fixture_has_note(
        &f, "a^1000001: boost out of range, treated as text; use a number "
            "above 0 and up to 1000000"));
}
END_TEST

/* Whether the last query has this note, and it is a warning. */
static bool has_warning(const QueryFixture *fixture, const char *text)
{
    for (const QueryNote *n = fixture->query.notes; n; n = n->next) {
        if (n->is_warning && !strcmp(n->text, text)) return true;
    }
    return false;
}

static void repeat(Buf *query, const char *piece, size_t count)
{
    for (size_t i = 0; i < count; i++) buf_put_text(query, piece);
}

START_TEST(a_star_without_letters_before_it_is_text_with_a_warning)
{
    ck_parses_to("*ation", "ation");
    ck_assert(has_warning(
        &f, "*ation: * without letters before it, treated as text"));
    ck_parses_to("title:.*ation", "title:ation");
    ck_assert(has_warning(
        &f, ".*ation: * without letters before it, treated as text"));
    ck_parses_to("*ation~1", "ation~1");
    ck_assert(has_warning(
        &f, "*ation: * without letters before it, treated as text"));
    ck_parses_to("a * b ** \"*ation\"", "a b ation");
    for (const QueryNote *n = f.query.notes; n; n = n->next)
        ck_assert(!n->is_warning);
}
END_TEST

START_TEST(a_star_after_the_end_of_a_word_is_text_with_a_note)
{
    ck_parses_to("2024-03-*", "\"2024 03\"");
    ck_assert(fixture_has_note(
        &f, "2024-03-*: * not directly after a letter or digit, treated as "
            "text"));
    ck_parses_to("foo_bar-*", "\"foo bar\"");
    ck_assert(fixture_has_note(
        &f, "foo_bar-*: * not directly after a letter or digit, treated as "
            "text"));
    ck_parses_to("10.0.3.*", "\"10 0 3\"");
    ck_parses_to("2024-03*", "\"2024 03*\"");
}
END_TEST

START_TEST(operators_of_other_languages_are_text_with_a_note)
{
    ck_parses_to("git AND !sparse", "+git +sparse");
    ck_assert(fixture_has_note(
        &f, "!sparse: ! is not an operator; use - to exclude a word"));
    ck_parses_to("git && sparse", "git sparse");
    ck_assert(fixture_has_note(
        &f, "&& is not an operator; use AND, OR or NOT in capitals"));
    ck_parses_to("wom?n", "\"wom n\"");
    ck_assert(fixture_has_note(
        &f, "wom?n: ? is not a wildcard; use * for any letters"));
    ck_parses_to("why? x.org/a?b=c oh!", "why \"x org a b c\" oh");
    ck_assert_ptr_null(f.query.notes);
}
END_TEST

START_TEST(every_limit_gives_a_warning_even_after_many_notes)
{
    static const struct {
        const char *piece;
        size_t count;
        const char *after, *note;
    } cases[] = {
        {"a ", 65537, "",
         "query has more than 65536 words: the rest is ignored"},
        {"\"\" ", 262145, "",
         "query has more than 262144 words and operators: the rest is ignored"},
        {"(a ", 101, ")",
         "groups nested more than 100 deep: deeper parentheses are ignored"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buf query = {0};
        repeat(&query, "x:y %% ", 100);
        repeat(&query, cases[i].piece, cases[i].count);
        repeat(&query, cases[i].after, cases[i].count);
        fixture_parse_span(&f, buf_span(&query), &(ParseOptions){0});
        ck_assert_msg(has_warning(&f, cases[i].note), "%s", cases[i].note);
        buf_release(&query);
    }
    Buf pattern = {0};
    repeat(&pattern, "a", 1024);
    buf_put_byte(&pattern, '*');
    fixture_parse_span(&f, buf_span(&pattern), &(ParseOptions){0});
    const char *note = f.query.notes ? f.query.notes->text : "";
    ck_assert_str_eq(note + strspn(note, "a"),
                     "...: pattern longer than 1024 bytes, treated as text");
    ck_assert(f.query.notes->is_warning);
    ck_parses_to("(a^1000000)^1000000 b", "a^1000000 b");
    ck_assert(has_warning(&f, "product of boosts out of range, limited to "
                              "0.000001 to 1000000"));
    buf_release(&pattern);
}
END_TEST

/* --- size --- */

static const char *const shapes[] = {
    "(",
    ")",
    "()",
    "(a ",
    "((a b)^2 c) ",
    "(a",
    "f(",
    "\"",
    "\"a",
    "\"a\"",
    "\"a b\" ",
    "\"\" ",
    "\"a\"~1",
    "+",
    "+a ",
    "-a ",
    "+-",
    "- ",
    "a ",
    "a b c -a ",
    "a",
    "a-",
    "a* ",
    "a*",
    "*",
    "a*b-",
    "a~1 ",
    "~1",
    "a^2 ",
    "^2",
    "^",
    "a^",
    "1.",
    "^1.1",
    "title:",
    "title:a ",
    "x:",
    "x:\"",
    "x:( ",
    "AND ",
    "a AND ",
    "a OR ",
    "NOT ",
    "NOT(",
    "NOT a AND ",
    "(+a -b) ",
    "+(a OR b) ",
    "-a +(a OR b) ",
    "\xE2",
    "\xE2\x80\x9C",
    "\342\200\234a",
    "\xFF",
    "\xE6\x9D\xB1",
    "\xE3\x80\x80",
    "\xE6\x9D\xB1 ",
    "a* -",
    "((((a)))) ",
    "+(a +(",
    "\0",
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const double limit_seconds = 20;
#elif !defined(NDEBUG)
static const double limit_seconds = 5;
#else
static const double limit_seconds = 1;
#endif

static double seconds_to_parse(Span query, const ParseOptions *options)
{
    Error error;
    arena_reset(&f.arena);
    clock_t start = clock();
    ck_assert_int_eq(
        query_parse(f.parser, query, options, &f.arena, &f.query, &error), OK);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static Buf repeated(const char *shape, size_t size)
{
    Buf query = {0};
    size_t shape_size = *shape ? strlen(shape) : 1;
    while (query.size < size) buf_put(&query, shape, shape_size);
    return query;
}

START_TEST(a_megabyte_of_any_text_is_parsed_in_less_than_a_second)
{
    Buf query = repeated(shapes[_i], 1 << 20);
    for (int mode = 0; mode < 3; mode++) {
        ParseOptions options = {.plain = mode == 1, .require_all = mode == 2};
        double seconds = seconds_to_parse(buf_span(&query), &options);
        ck_assert_msg(seconds < limit_seconds, "%g s of \"%s\"", seconds,
                      shapes[_i]);
        check_simplified(f.query.root);
        ck_assert_uint_lt(f.arena.total_bytes, 400U << 20);
    }
    buf_release(&query);
}
END_TEST

START_TEST(a_hundred_thousand_open_parentheses_are_text)
{
    Buf query = repeated("(", 100000);
    buf_put_text(&query, "needle hay");
    const char *line = fixture_parse_span(&f, buf_span(&query),
                                          &(ParseOptions){0});
    ck_assert_str_eq(line, "needle hay");
    for (int i = 0; i < 100000; i++) buf_put_byte(&query, ')');
    line = fixture_parse_span(&f, buf_span(&query), &(ParseOptions){0});
    ck_assert_str_eq(line, "needle hay");
    ck_assert(fixture_has_note(
        &f, "groups nested more than 100 deep: deeper parentheses are "
            "ignored"));
    buf_release(&query);
}
END_TEST

START_TEST(a_million_words_are_truncated_at_the_limit_with_a_note)
{
    enum { WORDS = 1000000 };
    Buf query = {0};
    for (int i = 0; i < WORDS; i++) buf_printf(&query, "w%d ", i);
    for (int plain = 0; plain < 2; plain++) {
        ParseOptions options = {.plain = plain != 0};
        double seconds = seconds_to_parse(buf_span(&query), &options);
        ck_assert_msg(seconds < limit_seconds, "%g s", seconds);
        ck_assert_uint_eq(f.query.root->clause_count, QUERY_MAX_WORDS);
        ck_assert(fixture_has_note(
            &f, "query has more than 65536 words: the rest is ignored"));
        ck_assert_uint_lt(f.arena.total_bytes, 64U << 20);
    }
    buf_release(&query);
}
END_TEST

START_TEST(a_million_equal_words_are_one)
{
    Buf query = repeated("same ", 5 * 65536);
    const char *line = fixture_parse_span(&f, buf_span(&query),
                                          &(ParseOptions){0});
    ck_assert_str_eq(line, "same^65536");
    buf_release(&query);
}
END_TEST

/* --- scores --- */

START_TEST(equal_words_are_summed_in_double_and_cast_once)
{
    fixture_parse(&f, "a^0.1 a^0.2 a^0.3");
    double sum = (double)0.1F + (double)0.2F + (double)0.3F;
    ck_assert(f.query.root->boost == (float)sum);
}
END_TEST

START_TEST(boosts_multiply_as_floats_from_the_root_down)
{
    fixture_parse(&f, "x ((a^0.1 b)^0.7 c)^1.3");
    const QueryNode *outer = f.query.root->clauses[1].node;
    const QueryNode *inner = outer->clauses[0].node;
    ck_assert(inner->clauses[0].node->boost == 0.1F * (0.7F * 1.3F));
    ck_assert(inner->boost == 1.0F && outer->boost == 1.0F);
}
END_TEST

/* Where Lucene 10.6 casts a sum to float, so do we. */
START_TEST(groups_stay_where_lucene_sums_them_separately)
{
    ck_parses_to("+d +(d -e)", "+d +(d -e)");
    ck_parses_to("d (d -e)", "d (d -e)");
    ck_parses_to("+(a b) +c", "+(a b) +c");
    ck_parses_to("(a (b c))^2 d", "(a b c)^2 d");
    ck_parses_to("(a (b c)^3)^2", "a^2 (b c)^6");
}
END_TEST

START_TEST(a_group_that_cannot_match_is_not_ignored)
{
    ck_parses_to("f +((+a -a))", "()");
    ck_parses_to("f +((+a -a) -g)", "()");
    ck_parses_to("f ((+a -a) -g)", "f");
    ck_parses_to("f +((+a -a) g)", "f +g");
}
END_TEST

START_TEST(boosts_stay_finite)
{
    Buf query = {0};
    for (int i = 0; i < 90; i++) buf_put_byte(&query, '(');
    buf_put_text(&query, "a b");
    for (int i = 0; i < 90; i++) buf_put_text(&query, " c)^1000000");
    const char *line = fixture_parse_span(&f, buf_span(&query),
                                          &(ParseOptions){0});
    check_simplified(f.query.root);
    ck_assert_ptr_nonnull(strstr(line, "1000000"));
    ck_assert(fixture_has_note(&f, "product of boosts out of range, limited to "
                                   "0.000001 to 1000000"));
    buf_release(&query);
}
END_TEST

START_TEST(a_parser_is_the_same_after_any_query)
{
    char first[64];
    snprintf(first, sizeof first, "%s", fixture_parse(&f, "a +b \"c d\""));
    Buf query = repeated("((a* \"b", 100000);
    fixture_parse_span(&f, buf_span(&query), &(ParseOptions){0});
    ck_parses_to("a +b \"c d\"", first);
    buf_release(&query);
}
END_TEST

static void add_small_tests(Suite *suite)
{
    TCase *tests = tcase_create("query_parser");
    tcase_add_checked_fixture(tests, open_default, close_default);
    tcase_add_test(tests, an_empty_query_matches_nothing_with_a_note);
    tcase_add_test(tests, only_excluded_words_match_nothing_with_a_note);
    tcase_add_test(tests,
                   a_term_required_and_excluded_matches_nothing_with_a_note);
    tcase_add_test(
        tests, a_required_group_that_only_excludes_passes_its_exclusions_up);
    tcase_add_test(tests, stop_words_keep_their_position_in_phrases);
    tcase_add_test(tests, patterns_match_stems_with_a_note);
    tcase_add_test(tests, an_unknown_field_is_text_with_a_note);
    tcase_add_test(tests, a_misspelt_field_is_text_with_a_suggestion);
    tcase_add_test(tests, invalid_suffixes_are_text_with_a_note);
    tcase_add_test(tests,
                   a_star_without_letters_before_it_is_text_with_a_warning);
    tcase_add_test(tests, a_star_after_the_end_of_a_word_is_text_with_a_note);
    tcase_add_test(tests, operators_of_other_languages_are_text_with_a_note);
    tcase_add_test(tests, every_limit_gives_a_warning_even_after_many_notes);
    tcase_add_test(tests, a_lone_cjk_character_is_a_prefix);
    tcase_add_test(tests, plain_queries_have_no_operators);
    tcase_add_test(tests, all_makes_words_without_a_sign_required);
    tcase_add_loop_test(tests, min_match_counts_alternatives, 0,
                        sizeof min_match_cases / sizeof *min_match_cases);
    tcase_add_test(tests, notes_are_valid_utf8_and_limited_in_number);
    tcase_add_test(tests, equal_words_are_summed_in_double_and_cast_once);
    tcase_add_test(tests, boosts_multiply_as_floats_from_the_root_down);
    tcase_add_test(tests, groups_stay_where_lucene_sums_them_separately);
    tcase_add_test(tests, a_group_that_cannot_match_is_not_ignored);
    tcase_add_test(tests, boosts_stay_finite);
    tcase_add_test(tests, a_parser_is_the_same_after_any_query);
    suite_add_tcase(suite, tests);
}

static void add_large_tests(Suite *suite)
{
    TCase *tests = tcase_create("large queries");
    tcase_add_checked_fixture(tests, open_default, close_default);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests,
                        a_megabyte_of_any_text_is_parsed_in_less_than_a_second,
                        0, sizeof shapes / sizeof *shapes);
    tcase_add_test(tests, a_hundred_thousand_open_parentheses_are_text);
    tcase_add_test(tests,
                   a_million_words_are_truncated_at_the_limit_with_a_note);
    tcase_add_test(tests, a_million_equal_words_are_one);
    suite_add_tcase(suite, tests);
}

int main(void)
{
    Suite *suite = suite_create("query_parser");
    add_small_tests(suite);
    add_large_tests(suite);
    return check_main(suite);
}
