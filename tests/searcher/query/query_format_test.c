/* query_format_test.c - a formatted tree, parsed again, is the same tree. */
#include "tests/searcher/query/query_fixture.h"
#include "tests/searcher/query/query_tree.h"
#include "tests/support/check_main.h"

#include <stdlib.h>

/* What random queries are made of. */
static const char *const pieces[] = {
    "a",
    "b",
    "c",
    "the",
    "wi-fi",
    "C++",
    "x",
    "quick",
    "\xE6\x9D\xB1\xE4\xBA\xAC\xE9\x83\xBD",
    "\xE6\x9D\xB1",
    "it's",
    "\xC3\x9C",
    " ",
    " ",
    " ",
    " ",
    "  ",
    "\"",
    "\"",
    "(",
    "(",
    ")",
    ")",
    "+",
    "-",
    " +",
    " -",
    "*",
    "~1",
    "~2",
    "~9",
    "^2",
    "^0.3",
    "^7",
    "^",
    "^1",
    "^99999",
    " AND ",
    " OR ",
    " NOT ",
    "NOT(",
    " AND(",
    "title:",
    "text:",
    "foo:",
    ".",
    "\xFF",
    "\xE2\x80\x9C",
    "\xE2\x80\x9D",
    "\xE2",
    " a b ",
    ") ",
    ")^0.7 ",
    " (",
    " +(",
    " -(",
    "\t",
};

enum { PIECES = sizeof pieces / sizeof *pieces, MOST_PIECES = 24 };

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void put_random_query(Buf *out, uint64_t *state)
{
    buf_clear(out);
    for (uint64_t left = next_random(state) % MOST_PIECES; left > 0; left--)
        buf_put_text(out, pieces[next_random(state) % PIECES]);
}

/* See query_format.c: a prefix inside a phrase, a pattern like a part's name.
 */
static bool has_no_form(const QueryNode *node)
{
    if (node->kind == QUERY_EXPANSION &&
        (!strncmp((const char *)node->term.data, "title:", 6) ||
         !strncmp((const char *)node->term.data, "text:", 5)))
        return true;
    for (size_t i = 0; i < node->word_count; i++)
        if (node->words[i].is_pattern) return true;
    for (size_t i = 0; i < node->clause_count; i++)
        if (has_no_form(node->clauses[i].node)) return true;
    return false;
}

/* The line without the option at its end. */
static Span without_option(const char *line)
{
    const char *option = strstr(line, " --min-match ");
    return span_of(line, option ? (size_t)(option - line) : strlen(line));
}

static ParseOptions random_options(uint64_t *state)
{
    ParseOptions options = {0};
    uint64_t random = next_random(state);
    options.plain = random % 16 == 0;
    options.require_all = (random >> 8) % 4 == 0;
    options.min_match = (random >> 16) % 4 == 0 ? (random >> 24) % 4 : 0;
    return options;
}

static void check_round_trip(QueryFixture *first, QueryFixture *second,
                             Span query, const ParseOptions *options)
{
    const char *line = fixture_parse_span(first, query, options);
    check_simplified(first->query.root);
    if (has_no_form(first->query.root)) return;
    ParseOptions again = {.min_match = first->query.root->min_match};
    const char *line_again = fixture_parse_span(second, without_option(line),
                                                &again);
    ck_assert_msg(!strcmp(line, line_again) &&
                      tree_equal(first->query.root, second->query.root),
                  "%.*s: %s, again: %s", SPAN_ARGS(query), line, line_again);
}

START_TEST(any_tree_parses_again_to_itself)
{
    enum { QUERIES = 40000 };
    static const char *const names[] = {"default", "english", "whitespace"};
    uint64_t state = 0x9E3779B97F4A7C15U + (uint64_t)_i;
    QueryFixture first, second;
    Buf query = {0};
    fixture_open(&first, names[_i]);
    fixture_open_options(&second,
                         &(AnalyzerOptions){.name = "whitespace",
                                            .stop_words = span_text("_"),
                                            .has_stop_words = true});
    for (int i = 0; i < QUERIES; i++) {
        put_random_query(&query, &state);
        ParseOptions options = random_options(&state);
        if (_i < 2) {
            check_round_trip(&first, &second, buf_span(&query), &options);
        } else {
            fixture_parse_span(&first, buf_span(&query), &options);
            check_simplified(first.query.root);
        }
    }
    buf_release(&query);
    fixture_close(&second);
    fixture_close(&first);
}
END_TEST

START_TEST(terms_that_look_like_operators_are_quoted)
{
    QueryFixture f;
    fixture_open(&f, "whitespace");
    ck_assert_str_eq(fixture_parse(&f, "\"AND\""), "\"AND\"");
    ck_assert_str_eq(fixture_parse(&f, "\"a^2\" \"x*\""), "\"a^2\" \"x*\"");
    ck_assert_str_eq(fixture_parse(&f, "a\"b c"), "\xE2\x80\x9C"
                                                  "a\"b"
                                                  "\xE2\x80\x9D c");
    fixture_close(&f);
}
END_TEST

START_TEST(boosts_are_shown_with_the_digits_they_need)
{
    QueryFixture f;
    fixture_open(&f, "default");
    ck_assert_str_eq(fixture_parse(&f, "a^0.1"), "a^0.1");
    ck_assert_str_eq(fixture_parse(&f, "a^1000000"), "a^1000000");
    ck_assert_str_eq(fixture_parse(&f, "a^.5 b^3."), "a^0.5 b^3");
    ck_assert_str_eq(fixture_parse(&f, "(a^0.001)^0.00001"), "a^0.000001");
    fixture_close(&f);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("query_format");
    TCase *tests = tcase_create("query_format");
    tcase_add_loop_test(tests, any_tree_parses_again_to_itself, 0, 3);
    tcase_add_test(tests, terms_that_look_like_operators_are_quoted);
    tcase_add_test(tests, boosts_are_shown_with_the_digits_they_need);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
