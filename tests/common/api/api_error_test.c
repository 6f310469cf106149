/* api_error_test.c - tests common/api/api_error.c and api_version.c. */
#include "common/api/api_error.h"

#include "tests/common/api/api_fixture.h"
#include "tests/support/check_main.h"

START_TEST(the_version_is_that_of_the_headers)
{
    char expected[32];
    snprintf(expected, sizeof expected, "%d.%d.%d", QUERN_VERSION_MAJOR,
             QUERN_VERSION_MINOR, QUERN_VERSION_PATCH);
    ck_assert_str_eq(quern_version(), expected);
    ck_assert_str_eq(quern_version(), QUERN_VERSION);
}
END_TEST

START_TEST(every_status_has_a_name_of_its_own)
{
    for (int i = QUERN_OK; i <= QUERN_CANCELLED; i++) {
        const char *name = quern_status_name((quern_status)i);
        ck_assert_str_ne(name, "unknown status");
        for (int j = QUERN_OK; j < i; j++)
            ck_assert_str_ne(name, quern_status_name((quern_status)j));
    }
    ck_assert_str_eq(quern_status_name((quern_status)99), "unknown status");
    ck_assert_str_eq(quern_status_name((quern_status)-1), "unknown status");
}
END_TEST

START_TEST(an_error_keeps_its_status_message_and_advice)
{
    Error own;
    Status status = fail_advising(&own, ERR_CONFLICT, ADVICE_REPLACE_INDEX,
                                  "there is an index");
    ck_assert_int_eq(api_return(status, &own, &error), QUERN_CONFLICT);
    ck_assert_int_eq(error.status, QUERN_CONFLICT);
    ck_assert_int_eq(error.advice, QUERN_ADVICE_REPLACE_INDEX);
    ck_assert_str_eq(error.message, "there is an index");
    ck_assert_int_eq(api_return(status, &own, NULL), QUERN_CONFLICT);
    ck_assert_int_eq(api_no_memory(&error, "trying"), QUERN_NO_MEMORY);
    ck_assert_str_eq(error.message, "out of memory while trying");
}
END_TEST

START_TEST(every_advice_has_a_number_of_its_own)
{
    for (int i = 0; i < ADVICE_COUNT; i++) {
        for (int j = 0; j < i; j++)
            ck_assert_int_ne(api_advice((Advice)i), api_advice((Advice)j));
    }
    ck_assert_int_eq(api_advice(ADVICE_NONE), QUERN_ADVICE_NONE);
}
END_TEST

/* Options as a later version may have them. */
typedef struct LargerOptions {
    quern_parse_options known;
    uint64_t later;
} LargerOptions;

static quern_status take(const void *given)
{
    quern_parse_options own = QUERN_PARSE_OPTIONS_INIT;
    return api_take_options(&own, sizeof own, sizeof own, given, "options",
                            &error);
}

START_TEST(options_of_a_wrong_size_are_refused)
{
    quern_parse_options options = QUERN_PARSE_OPTIONS_INIT;
    ck_ok(take(NULL));
    ck_ok(take(&options));
    options.struct_size--;
    ck_invalid(take(&options), "struct_size");
    options.struct_size = 0;
    ck_invalid(take(&options), "struct_size");
    options.struct_size = SIZE_MAX;
    ck_invalid(take(&options), "struct_size");
}
END_TEST

START_TEST(options_of_a_later_version_are_taken_unless_they_use_it)
{
    LargerOptions options = {.known = QUERN_PARSE_OPTIONS_INIT};
    options.known.struct_size = sizeof options;
    ck_ok(take(&options));
    options.later = 1;
    ck_assert_int_eq(take(&options), QUERN_UNSUPPORTED);
    ck_assert_ptr_nonnull(strstr(error.message, "newer library"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_error");
    TCase *tests = tcase_create("api_error");
    tcase_add_test(tests, the_version_is_that_of_the_headers);
    tcase_add_test(tests, every_status_has_a_name_of_its_own);
    tcase_add_test(tests, an_error_keeps_its_status_message_and_advice);
    tcase_add_test(tests, every_advice_has_a_number_of_its_own);
    tcase_add_test(tests, options_of_a_wrong_size_are_refused);
    tcase_add_test(tests,
                   options_of_a_later_version_are_taken_unless_they_use_it);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
