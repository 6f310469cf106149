/* api_query_test.c - tests common/api/api_query.c and api_node.c. */
#include "tests/common/api/api_fixture.h"
#include "tests/support/check_main.h"

static ApiFixture at;

static void set_up(void)
{
    at = api_fixture_open(GOLDEN_INDEX);
}

static void tear_down(void)
{
    api_fixture_close(&at);
}

static void ck_query(const char *expected)
{
    quern_string line;
    ck_ok(quern_query_format(at.query, &line, &error));
    ck_string_eq(line, expected);
}

static void ck_note(const char *text)
{
    size_t count;
    const quern_note *notes = quern_query_notes(at.query, &count);
    for (size_t i = 0; i < count; i++) {
        if (notes[i].text.size == strlen(text) &&
            !memcmp(notes[i].text.data, text, strlen(text)))
            return;
    }
    ck_abort_msg("no note '%s'", text);
}

static quern_node *term(const char *text)
{
    return quern_node_term(at.query, QUERN_FIELD_ANY, quern_text(text));
}

START_TEST(a_text_is_parsed_with_options)
{
    quern_parse_options options = QUERN_PARSE_OPTIONS_INIT;
    ck_query("()");
    api_fixture_parse(&at, "Baba +giba -\"lazy dog\"~2 title:sa*^2");
    ck_query("baba +giba -\"lazy dog\"~2 title:sa*^2");
    options.plain = true;
    ck_ok(quern_query_parse(at.query, at.context, quern_text("+a -b"), &options,
                            &error));
    ck_query("a b");
    options.require_all = true;
    ck_ok(quern_query_parse(at.query, at.context, quern_text("a b"), &options,
                            &error));
    ck_query("+a +b");
    options = (quern_parse_options)QUERN_PARSE_OPTIONS_INIT;
    options.min_match = 2;
    ck_ok(quern_query_parse(at.query, at.context, quern_text("a b c"), &options,
                            &error));
    ck_query("a b c");
    ck_assert_uint_eq(quern_query_min_match(at.query), 2);
    ck_ok(quern_query_parse(at.query, at.context, (quern_string){NULL, 0}, NULL,
                            &error));
    ck_query("()");
    ck_note("query has no words: no hits");
}
END_TEST

START_TEST(notes_say_what_was_dropped)
{
    size_t count = 9;
    api_fixture_parse(&at, "baba \xff giba");
    const quern_note *notes = quern_query_notes(at.query, &count);
    ck_assert_uint_ge(count, 1);
    ck_string_eq(notes[0].text, "invalid UTF-8 separates words");
    ck_assert(notes[0].is_warning);
    ck_assert_int_eq(notes[0].advice, QUERN_ADVICE_NONE);
    api_fixture_parse(&at, "baba");
    ck_assert_ptr_null(quern_query_notes(at.query, &count));
    ck_assert_uint_eq(count, 0);
    ck_assert_ptr_null(quern_query_notes(NULL, &count));
    ck_assert_ptr_null(quern_query_notes(at.query, NULL));
}
END_TEST

START_TEST(a_query_is_constructed)
{
    static const uint32_t positions[] = {4, 6};
    quern_string words[] = {quern_text("baba"), quern_text("giba")};
    quern_node *root = quern_node_group(at.query);
    quern_node_add(root, QUERN_MUST, term("sagi"));
    quern_node_add(
        root, QUERN_NOT,
        quern_node_term(at.query, QUERN_FIELD_TITLE, quern_text("baba")));
    quern_node *phrase = quern_node_phrase(at.query, QUERN_FIELD_TEXT, words,
                                           positions, 2, 1);
    quern_node_boost(phrase, 2.5F);
    quern_node_add(root, QUERN_SHOULD, phrase);
    quern_node_add(
        root, QUERN_SHOULD,
        quern_node_phrase(at.query, QUERN_FIELD_ANY, words, NULL, 2, 0));
    quern_node_add(root, QUERN_SHOULD,
                   quern_node_pattern(at.query, QUERN_FIELD_ANY, QUERN_FUZZY,
                                      quern_text("oftem"), 1));
    quern_node_add(root, QUERN_SHOULD,
                   quern_node_pattern(at.query, QUERN_FIELD_ANY, QUERN_WILDCARD,
                                      quern_text("b*a"), 0));
    quern_node_add(root, QUERN_SHOULD,
                   quern_node_pattern(at.query, QUERN_FIELD_ANY, QUERN_PREFIX,
                                      quern_text("gi"), 0));
    ck_ok(quern_query_build(at.query, root, 2, &error));
    ck_query("+sagi -title:baba text:\"baba _ giba\"~1^2.5 \"baba giba\" "
             "oftem~1 b*a gi*");
    ck_assert_uint_eq(quern_query_min_match(at.query), 2);
}
END_TEST

START_TEST(a_users_text_is_a_part_of_a_constructed_query)
{
    quern_node *root = quern_node_group(at.query);
    quern_node_add(root, QUERN_MUST,
                   quern_node_parse(at.query, at.context,
                                    quern_text("Baba OR -Sagi"), NULL));
    quern_node_add(root, QUERN_MUST,
                   quern_node_text(at.query, at.context, QUERN_FIELD_TITLE,
                                   quern_text("Giba"), 0));
    quern_node_add(root, QUERN_MUST,
                   quern_node_text(at.query, at.context, QUERN_FIELD_ANY,
                                   quern_text("--"), 0));
    ck_ok(quern_query_build(at.query, root, 0, &error));
    ck_query("+(baba -sagi) +title:giba");
    ck_note("--: contains no word, dropped");
}
END_TEST

START_TEST(empty_texts_need_no_address)
{
    quern_string empty = {NULL, 0};
    ck_assert_ptr_null(
        quern_node_text(at.query, at.context, QUERN_FIELD_ANY, empty, 0));
    ck_assert_ptr_null(quern_node_parse(at.query, at.context, empty, NULL));
    ck_ok(quern_query_build(at.query, term("baba"), 0, &error));
    ck_query("baba");
}
END_TEST

START_TEST(a_query_that_only_excludes_matches_nothing)
{
    quern_node *root = quern_node_group(at.query);
    quern_node_add(root, QUERN_NOT, term("baba"));
    ck_ok(quern_query_build(at.query, root, 0, &error));
    ck_query("()");
    ck_note("query has only excluded words: no hits");
    quern_query_clear(at.query);
    ck_ok(quern_query_build(at.query, NULL, 0, &error));
    ck_query("()");
}
END_TEST

/* Building fails with the first failure, and the query matches nothing until it
 * is cleared. */
static void ck_build_fails(quern_node *root, const char *words)
{
    ck_invalid(quern_query_build(at.query, root, 0, &error), words);
    ck_query("()");
    ck_assert_ptr_null(term("baba"));
    quern_query_clear(at.query);
    ck_ok(quern_query_build(at.query, term("baba"), 0, &error));
    ck_query("baba");
    quern_query_clear(at.query);
}

START_TEST(invalid_nodes_are_reported_when_the_query_is_built)
{
    quern_string none = {NULL, 3}, word = quern_text("baba");
    quern_parse_options minimum = QUERN_PARSE_OPTIONS_INIT;
    minimum.min_match = 1;
    term("");
    ck_build_fails(NULL, "the term is empty");
    quern_node_term(at.query, (quern_field)3, word);
    ck_build_fails(NULL, "unknown field 3");
    quern_node_term(at.query, (quern_field)-1, word);
    ck_build_fails(NULL, "unknown field -1");
    quern_node_term(at.query, QUERN_FIELD_ANY, none);
    ck_build_fails(NULL, "NULL");
    quern_node_phrase(at.query, QUERN_FIELD_ANY, NULL, NULL, 2, 0);
    ck_build_fails(NULL, "NULL");
    quern_node_phrase(at.query, QUERN_FIELD_ANY, &none, NULL, 1, 0);
    ck_build_fails(NULL, "NULL");
    quern_node_pattern(at.query, QUERN_FIELD_ANY, (quern_pattern)9, word, 0);
    ck_build_fails(NULL, "unknown pattern 9");
    quern_node_text(at.query, NULL, QUERN_FIELD_ANY, word, 0);
    ck_build_fails(NULL, "context is NULL");
    quern_node_parse(at.query, at.context, word, &minimum);
    ck_build_fails(NULL, "no minimum match");
    quern_node *group = quern_node_group(at.query);
    quern_node_add(group, (quern_occur)3, term("baba"));
    ck_build_fails(group, "unknown kind of clause 3");
    quern_node_boost(term("baba"), -1.0F);
    ck_build_fails(NULL, "boost -1");
}
END_TEST

START_TEST(a_complete_query_is_cleared_before_the_next_construction)
{
    api_fixture_parse(&at, "giba");
    ck_build_fails(term("baba"), "clear it");
    ck_ok(quern_query_build(at.query, term("baba"), 0, &error));
    ck_build_fails(NULL, "clear it");
}
END_TEST

START_TEST(wrong_arguments_of_queries_are_refused)
{
    quern_string text, none = {NULL, 3};
    quern_parse_options options = QUERN_PARSE_OPTIONS_INIT;
    ck_invalid(quern_query_new(NULL, &error), "NULL");
    ck_invalid(quern_query_parse(NULL, at.context, text = quern_text("a"), NULL,
                                 &error),
               "NULL");
    ck_invalid(quern_query_parse(at.query, NULL, text, NULL, &error), "NULL");
    ck_invalid(quern_query_parse(at.query, at.context, none, NULL, &error),
               "NULL");
    options.min_match = 65537;
    ck_invalid(quern_query_parse(at.query, at.context, text, &options, &error),
               "minimum match of 65537");
    options = (quern_parse_options)QUERN_PARSE_OPTIONS_INIT;
    options.struct_size = 1;
    ck_invalid(quern_query_parse(at.query, at.context, text, &options, &error),
               "struct_size");
    ck_invalid(quern_query_build(at.query, NULL, 65537, &error),
               "minimum match of 65537");
    ck_invalid(quern_query_build(NULL, NULL, 0, &error), "NULL");
    ck_invalid(quern_query_format(NULL, &text, &error), "NULL");
    ck_assert_uint_eq(quern_query_min_match(NULL), 0);
    ck_assert_ptr_null(quern_node_group(NULL));
    ck_assert_ptr_null(quern_node_term(NULL, QUERN_FIELD_ANY, text));
    quern_node_add(NULL, QUERN_MUST, NULL);
    quern_node_boost(NULL, 1);
    quern_query_clear(NULL);
    quern_query_free(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_query");
    TCase *tests = tcase_create("api_query");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_text_is_parsed_with_options);
    tcase_add_test(tests, notes_say_what_was_dropped);
    tcase_add_test(tests, a_query_is_constructed);
    tcase_add_test(tests, a_users_text_is_a_part_of_a_constructed_query);
    tcase_add_test(tests, empty_texts_need_no_address);
    tcase_add_test(tests, a_query_that_only_excludes_matches_nothing);
    tcase_add_test(tests, invalid_nodes_are_reported_when_the_query_is_built);
    tcase_add_test(tests,
                   a_complete_query_is_cleared_before_the_next_construction);
    tcase_add_test(tests, wrong_arguments_of_queries_are_refused);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
