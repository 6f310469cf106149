/* api_stored_test.c - tests common/api/api_stored.c, api_snippet.c and
 * api_explain.c. */
#include "tests/common/api/api_books.h"
#include "tests/support/check_main.h"

static Scratch scratch;
static ApiFixture at;

static void set_up(void)
{
    scratch = scratch_new();
    at = books_open(&scratch, (BookOptions){.segments = 2});
}

static void tear_down(void)
{
    api_fixture_close(&at);
    scratch_remove(&scratch);
}

static void reopen(BookOptions options)
{
    api_fixture_close(&at);
    at = books_open(&scratch, options);
}

/* --- stored documents --- */

START_TEST(a_document_has_title_text_and_fields)
{
    const quern_stored *stored;
    ck_ok(quern_stored_read(at.context, 0, &stored, &error));
    ck_string_eq(stored->title, "Moby Dick");
    ck_string_eq(stored->text,
                 "Call me Ishmael. Some years ago, the white whale.");
    ck_assert_uint_eq(stored->field_count, 1);
    ck_string_eq(stored->fields[0].name, "year");
    ck_string_eq(stored->fields[0].value, "1851");
    ck_ok(quern_stored_read(at.context, 1, &stored, &error));
    ck_assert_uint_eq(stored->field_count, 2);
    ck_ok(quern_stored_read(at.context, 3, &stored, &error));
    ck_assert_uint_eq(stored->title.size, 0);
    ck_assert_uint_eq(stored->text.size, 0);
    ck_assert_uint_eq(stored->field_count, 0);
    ck_invalid(quern_stored_read(at.context, 5, &stored, &error),
               "no document 5");
    ck_assert_ptr_null(stored);
    ck_invalid(quern_stored_read(at.context, 0, NULL, &error), "NULL");
    ck_invalid(quern_stored_read(NULL, 0, &stored, &error), "NULL");
}
END_TEST

START_TEST(a_document_above_the_limit_is_refused_and_the_next_one_read)
{
    const quern_stored *stored;
    ck_invalid(quern_stored_set_limit(at.context, 0, &error), "0 bytes");
    ck_ok(quern_stored_set_limit(at.context, 20, &error));
    ck_assert_int_eq(quern_stored_read(at.context, 2, &stored, &error),
                     QUERN_LIMIT);
    ck_ok(quern_stored_read(at.context, 4, &stored, &error));
    ck_ok(quern_stored_set_limit(at.context, UINT64_MAX, &error));
    ck_ok(quern_stored_read(at.context, 2, &stored, &error));
}
END_TEST

START_TEST(an_index_without_stored_text_says_so)
{
    const quern_stored *stored;
    const quern_snippet *snippet;
    reopen((BookOptions){.segments = 1, .no_stored = true});
    ck_assert(!quern_index_get_info(at.index)->has_stored);
    ck_assert_int_eq(quern_stored_read(at.context, 0, &stored, &error),
                     QUERN_UNSUPPORTED);
    ck_assert_int_eq(
        quern_snippet_document(at.context, 0, NULL, &snippet, &error),
        QUERN_UNSUPPORTED);
    ck_assert_ptr_null(snippet);
}
END_TEST

START_TEST(an_index_without_positions_has_a_note_on_phrases)
{
    reopen((BookOptions){.segments = 1, .no_positions = true});
    const quern_search_result *result = api_fixture_search(
        &at, "\"white whale\"", NULL);
    ck_assert_uint_eq(result->hit_count, 2);
    ck_assert_uint_eq(result->note_count, 1);
}
END_TEST

/* --- ids of hits --- */

START_TEST(hits_have_the_ids_of_their_documents)
{
    size_t count;
    const quern_string *ids;
    quern_string id;
    const quern_search_result *result = api_fixture_search(&at, "whale white",
                                                           NULL);
    ck_ok(quern_hit_ids(at.context, &ids, &count, &error));
    ck_assert_uint_eq(count, 3);
    ck_string_eq(ids[0], "b/whales.md");
    for (size_t i = 0; i < count; i++) {
        ck_ok(quern_document_id(at.context, result->hits[i].document, &id,
                                &error));
        ck_assert_uint_eq(id.size, ids[i].size);
        ck_assert(!memcmp(id.data, ids[i].data, id.size));
    }
    ck_invalid(quern_hit_ids(NULL, &ids, &count, &error), "NULL");
    ck_invalid(quern_hit_ids(at.context, NULL, &count, &error), "NULL");
}
END_TEST

/* --- snippets --- */

/* Every mark and passage is the same in the snippet as in its source. */
static void ck_marks(const quern_snippet *snippet, const char *source,
                     size_t count)
{
    ck_assert_uint_eq(snippet->mark_count, count);
    for (size_t i = 0; i < count; i++) {
        quern_range mark = snippet->marks[i], from = snippet->source_marks[i];
        ck_assert_uint_eq(mark.end - mark.start, from.end - from.start);
        ck_assert(!memcmp(snippet->text.data + mark.start, source + from.start,
                          mark.end - mark.start));
    }
    for (size_t i = 0; i < snippet->passage_count; i++) {
        quern_range passage = snippet->passages[i];
        quern_range from = snippet->source_passages[i];
        ck_assert_uint_le(passage.end, snippet->text.size);
        ck_assert_uint_le(from.end, strlen(source));
        ck_assert_int_eq(snippet->text.data[passage.start], source[from.start]);
    }
}

START_TEST(a_snippet_marks_the_words_of_the_last_search)
{
    const quern_snippet *snippet, *title;
    quern_snippet_options options = QUERN_SNIPPET_OPTIONS_INIT;
    api_fixture_search(&at, "\"white whale\" moby -emma", NULL);
    ck_ok(quern_snippet_document(at.context, 0, NULL, &snippet, &error));
    ck_string_eq(snippet->text,
                 "Call me Ishmael. Some years ago, the white whale.");
    ck_marks(snippet, "Call me Ishmael. Some years ago, the white whale.", 2);
    ck_assert_uint_eq(snippet->passage_count, 1);
    ck_assert(!snippet->cut_before && !snippet->cut_after);
    options.field = QUERN_FIELD_TITLE;
    ck_ok(quern_snippet_document(at.context, 0, &options, &title, &error));
    ck_string_eq(title->text, "Moby Dick");
    ck_marks(title, "Moby Dick", 1);
    ck_marks(snippet, "Call me Ishmael. Some years ago, the white whale.", 2);
    ck_ok(quern_snippet_text(at.context, quern_text("A  moby\n emma"), NULL,
                             &snippet, &error));
    ck_string_eq(snippet->text, "A moby emma");
    ck_marks(snippet, "A  moby\n emma", 1);
}
END_TEST

/* The words are the context's. */
START_TEST(a_snippet_does_not_need_the_query_any_more)
{
    const quern_snippet *snippet;
    api_fixture_search(&at, "\"white whale\" moby wha*", NULL);
    api_fixture_parse(&at, "xxxxxxxxxxxx yyyyyyyyyyyyyyyyy zzzzzzz");
    quern_query_free(at.query);
    at.query = NULL;
    ck_ok(quern_snippet_document(at.context, 0, NULL, &snippet, &error));
    ck_marks(snippet, "Call me Ishmael. Some years ago, the white whale.", 2);
}
END_TEST

START_TEST(passages_are_apart_and_have_their_bytes_in_the_source)
{
    char source[3000];
    quern_snippet_options options = QUERN_SNIPPET_OPTIONS_INIT;
    const quern_snippet *snippet;
    memset(source, ' ', sizeof source);
    for (size_t i = 0; i + 4 < sizeof source; i += 4)
        memcpy(source + i, "abc ", 4);
    memcpy(source + 800, "whale abc", 8);
    memcpy(source + 2000, "white abc", 8);
    source[sizeof source - 1] = 0;
    api_fixture_search(&at, "white whale", NULL);
    options.size = 60;
    options.passages = 2;
    ck_ok(quern_snippet_text(at.context, quern_text(source), &options, &snippet,
                             &error));
    ck_assert_uint_eq(snippet->passage_count, 2);
    ck_marks(snippet, source, 2);
    ck_assert_uint_le(snippet->source_passages[0].end,
                      snippet->source_passages[1].start);
    ck_assert(snippet->cut_before && snippet->cut_after);
    options.size = SIZE_MAX;
    ck_ok(quern_snippet_text(at.context, quern_text(source), &options, &snippet,
                             &error));
    ck_assert_uint_eq(snippet->passage_count, 1);
    ck_marks(snippet, source, 2);
}
END_TEST

static void ck_no_marks(void)
{
    const quern_snippet *snippet;
    ck_ok(quern_snippet_document(at.context, 2, NULL, &snippet, &error));
    ck_assert_uint_eq(snippet->mark_count, 0);
    ck_assert_uint_gt(snippet->text.size, 0);
}

/* Its plan is not there any more: the words of the search before would be read
 * from memory that is used again. */
START_TEST(after_a_search_that_failed_a_snippet_marks_nothing)
{
    quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    const quern_search_result *result;
    ck_no_marks();
    api_fixture_search(&at, "whale", NULL);
    options.k1 = -5;
    ck_invalid(quern_search(at.context, at.query, &options, &result, &error),
               "k1");
    ck_no_marks();
    quern_string text;
    api_fixture_search(&at, "whale", NULL);
    ck_ok(quern_describe_plan(at.context, at.query, NULL, &text, &error));
    ck_no_marks();
}
END_TEST

START_TEST(wrong_snippet_options_are_refused)
{
    const quern_snippet_options defaults = QUERN_SNIPPET_OPTIONS_INIT;
    quern_snippet_options options = defaults;
    const quern_snippet *snippet;
    quern_string text = quern_text("whale");
    options.field = QUERN_FIELD_ANY;
    ck_invalid(quern_snippet_text(at.context, text, &options, &snippet, &error),
               "field");
    options = defaults;
    options.size = 0;
    ck_invalid(quern_snippet_text(at.context, text, &options, &snippet, &error),
               "0 bytes");
    options = defaults;
    options.passages = 0;
    ck_invalid(quern_snippet_text(at.context, text, &options, &snippet, &error),
               "0 passages");
    options.passages = 101;
    ck_invalid(
        quern_snippet_document(at.context, 0, &options, &snippet, &error),
        "101 passages");
    options = defaults;
    options.struct_size = 3;
    ck_invalid(quern_snippet_text(at.context, text, &options, &snippet, &error),
               "struct_size");
    ck_invalid(quern_snippet_text(at.context, (quern_string){NULL, 1}, NULL,
                                  &snippet, &error),
               "NULL");
    ck_invalid(quern_snippet_text(NULL, text, NULL, &snippet, &error), "NULL");
    ck_invalid(quern_snippet_document(at.context, 99, NULL, &snippet, &error),
               "no document 99");
    ck_assert_ptr_null(snippet);
    ck_ok(quern_snippet_text(at.context, (quern_string){NULL, 0}, NULL,
                             &snippet, &error));
    ck_assert_uint_eq(snippet->text.size, 0);
}
END_TEST

/* --- explanations --- */

START_TEST(a_score_is_explained)
{
    quern_string text;
    bool matched;
    const quern_search_result *result = api_fixture_search(&at, "whale", NULL);
    char score[32];
    uint64_t best = result->hits[0].document;
    snprintf(score, sizeof score, "%.9g", (double)result->hits[0].score);
    ck_ok(quern_explain(at.context, at.query, NULL, best, &text, &matched,
                        &error));
    ck_assert(matched);
    ck_assert(text.size > strlen(score) &&
              !memcmp(text.data, score, strlen(score)));
    ck_ok(
        quern_explain(at.context, at.query, NULL, 1, &text, &matched, &error));
    ck_assert(!matched);
    ck_string_eq(text, "it does not contain 'whale'");
    quern_query_clear(at.query);
    ck_ok(
        quern_explain(at.context, at.query, NULL, 1, &text, &matched, &error));
    ck_string_eq(text, "no document can match");
    ck_invalid(
        quern_explain(at.context, at.query, NULL, 5, &text, &matched, &error),
        "no document 5");
    ck_invalid(
        quern_explain(at.context, NULL, NULL, 0, &text, &matched, &error),
        "query");
    ck_invalid(
        quern_explain(at.context, at.query, NULL, 0, &text, NULL, &error),
        "matched");
}
END_TEST

START_TEST(a_plan_is_described)
{
    quern_string text;
    api_fixture_parse(&at, "+whale white");
    ck_ok(quern_describe_plan(at.context, at.query, NULL, &text, &error));
    ck_assert(!memcmp(text.data, "group of 1 must, 1 should, 0 not", 32));
    ck_invalid(quern_describe_plan(NULL, at.query, NULL, &text, &error),
               "context");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_stored");
    TCase *tests = tcase_create("api_stored");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_document_has_title_text_and_fields);
    tcase_add_test(tests,
                   a_document_above_the_limit_is_refused_and_the_next_one_read);
    tcase_add_test(tests, an_index_without_stored_text_says_so);
    tcase_add_test(tests, an_index_without_positions_has_a_note_on_phrases);
    tcase_add_test(tests, hits_have_the_ids_of_their_documents);
    tcase_add_test(tests, a_snippet_marks_the_words_of_the_last_search);
    tcase_add_test(tests, a_snippet_does_not_need_the_query_any_more);
    tcase_add_test(tests,
                   passages_are_apart_and_have_their_bytes_in_the_source);
    tcase_add_test(tests, after_a_search_that_failed_a_snippet_marks_nothing);
    tcase_add_test(tests, wrong_snippet_options_are_refused);
    tcase_add_test(tests, a_score_is_explained);
    tcase_add_test(tests, a_plan_is_described);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
