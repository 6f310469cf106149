/* api_analyzer_test.c - tests common/api/api_analyzer.c. */
#include "tests/common/api/api_fixture.h"
#include "tests/support/check_main.h"

static quern_analyzer *made(const quern_analyzer_options *options)
{
    quern_analyzer *analyzer;
    ck_ok(quern_analyzer_new(options, &analyzer, &error));
    return analyzer;
}

/* The terms of a text, separated by spaces, with their positions. */
static void ck_tokens(const quern_analyzer *analyzer, const char *text,
                      const char *expected)
{
    char line[4096] = "";
    size_t used = 0, count;
    quern_tokens *tokens;
    const quern_token *batch;
    ck_ok(quern_tokens_new(analyzer, &tokens, &error));
    ck_ok(quern_tokens_start(tokens, quern_text(text), QUERN_SIDE_DOCUMENT,
                             &error));
    while (quern_tokens_next(tokens, &batch, &count, &error) == QUERN_OK &&
           count) {
        for (size_t i = 0; i < count; i++)
            used += (size_t)snprintf(
                line + used, sizeof line - used, "%s%.*s@%u[%zu,%zu]",
                used ? " " : "", (int)batch[i].term.size, batch[i].term.data,
                batch[i].position, batch[i].start, batch[i].end);
    }
    ck_assert_str_eq(line, expected);
    ck_ok(quern_tokens_next(tokens, &batch, &count, &error));
    ck_assert_uint_eq(count, 0);
    quern_tokens_free(tokens);
}

START_TEST(a_text_has_tokens_with_positions_and_offsets)
{
    quern_analyzer *analyzer = made(NULL);
    ck_tokens(analyzer, "The Fox!", "the@0[0,3] fox@1[4,7]");
    ck_tokens(analyzer, "", "");
    quern_analyzer_free(analyzer);

    quern_analyzer_options english = QUERN_ANALYZER_OPTIONS_INIT;
    english.name = quern_text("english");
    analyzer = made(&english);
    ck_tokens(analyzer, "the running foxes", "run@1[4,11] fox@2[12,17]");
    quern_analyzer_free(analyzer);

    quern_analyzer_options german = QUERN_ANALYZER_OPTIONS_INIT;
    german.stem = quern_text("german");
    german.has_stop_words = true;
    german.stop_words = quern_text("das  und\nder");
    analyzer = made(&german);
    ck_tokens(analyzer, "das Haus und die", "haus@1[4,8] die@3[13,16]");
    quern_analyzer_free(analyzer);
}
END_TEST

/* Stop words count only with has_stop_words, as documented. */
START_TEST(stop_words_without_their_flag_are_ignored)
{
    quern_analyzer_options options = QUERN_ANALYZER_OPTIONS_INIT;
    options.stop_words = quern_text("fox");
    quern_analyzer *analyzer = made(&options);
    ck_tokens(analyzer, "fox", "fox@0[0,3]");
    quern_analyzer_free(analyzer);
}
END_TEST

START_TEST(unknown_analyzers_and_languages_are_refused)
{
    quern_analyzer *analyzer = (quern_analyzer *)(void *)&error;
    quern_analyzer_options options = QUERN_ANALYZER_OPTIONS_INIT;
    options.name = quern_text("klingon");
    ck_invalid(quern_analyzer_new(&options, &analyzer, &error),
               "use one of: default standard english whitespace");
    ck_assert_ptr_null(analyzer);
    options.name = (quern_string){"default\0x", 9};
    ck_invalid(quern_analyzer_new(&options, &analyzer, &error), "known");
    options.name = (quern_string){error.message, 1000};
    ck_invalid(quern_analyzer_new(&options, &analyzer, &error), "known");
    options.name = (quern_string){NULL, 3};
    ck_invalid(quern_analyzer_new(&options, &analyzer, &error), "NULL");
    options.name = quern_text("");
    options.stem = quern_text("klingon");
    ck_invalid(quern_analyzer_new(&options, &analyzer, &error), "klingon");
    options.name = quern_text("english");
    options.stem = quern_text("german");
    ck_invalid(quern_analyzer_new(&options, &analyzer, &error), "own stemmer");
    ck_invalid(quern_analyzer_new(&options, NULL, &error), "NULL");
}
END_TEST

START_TEST(wrong_arguments_of_tokens_are_refused)
{
    quern_tokens *tokens;
    const quern_token *batch;
    size_t count;
    quern_analyzer *analyzer = made(NULL);
    ck_invalid(quern_tokens_new(NULL, &tokens, &error), "analyzer");
    ck_assert_ptr_null(tokens);
    ck_ok(quern_tokens_new(analyzer, &tokens, &error));
    ck_ok(quern_tokens_next(tokens, &batch, &count, &error));
    ck_assert_uint_eq(count, 0);
    ck_invalid(
        quern_tokens_start(tokens, quern_text("a"), (quern_text_side)7, &error),
        "side");
    ck_invalid(quern_tokens_start(tokens, (quern_string){NULL, 1},
                                  QUERN_SIDE_QUERY, &error),
               "NULL");
    ck_invalid(quern_tokens_next(tokens, NULL, &count, &error), "NULL");
    ck_ok(quern_tokens_start(tokens, (quern_string){NULL, 0}, QUERN_SIDE_QUERY,
                             &error));
    ck_ok(quern_tokens_next(tokens, &batch, &count, &error));
    ck_assert_uint_eq(count, 0);
    quern_tokens_free(tokens);
    quern_tokens_free(NULL);
    quern_analyzer_free(analyzer);
    quern_analyzer_free(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_analyzer");
    TCase *tests = tcase_create("api_analyzer");
    tcase_add_test(tests, a_text_has_tokens_with_positions_and_offsets);
    tcase_add_test(tests, stop_words_without_their_flag_are_ignored);
    tcase_add_test(tests, unknown_analyzers_and_languages_are_refused);
    tcase_add_test(tests, wrong_arguments_of_tokens_are_refused);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
