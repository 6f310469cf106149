/* c_locale_test.c - tests that numbers have a decimal point in any locale. */
#include "common/base/c_locale.h"

#include "common/base/buf.h"
#include "common/base/span.h"
#include "common/base/status.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"

#include <errno.h>

static Scratch scratch;

static void make_scratch(void)
{
    scratch = scratch_new();
}

static void remove_scratch(void)
{
    setlocale(LC_ALL, "C");
    scratch_remove(&scratch);
}

/* Sets a locale as a desktop program would; false where it cannot be made
 * (Debian: package locales). */
static bool set_locale(const char *name)
{
    char command[256];
    snprintf(command, sizeof command,
             "localedef -i %s -f UTF-8 %s/%s >/dev/null 2>&1", name,
             scratch.path, name);
    if (system(command) != 0) return false;
    setenv("LOCPATH", scratch.path, 1);
    return setlocale(LC_ALL, name) != NULL;
}

/* Sets one with a decimal comma. */
static bool set_comma(void)
{
    return set_locale("de_DE") && *localeconv()->decimal_point == ',';
}

START_TEST(numbers_have_a_point_where_the_locale_has_a_comma)
{
    Buf out = {0};
    if (!set_comma()) return;
    buf_printf(&out, "%.9g", 0.25);
    ck_assert_str_eq(buf_text(&out), "0.25");
    ck_assert(c_locale_float("0.25", NULL) == 0.25f);
    buf_release(&out);
}
END_TEST

START_TEST(the_locale_of_the_program_stays)
{
    char text[8];
    if (!set_comma()) return;
    locale_t before = c_locale_enter();
    snprintf(text, sizeof text, "%.1f", 1.5);
    ck_assert_str_eq(text, "1.5");
    c_locale_leave(before);
    snprintf(text, sizeof text, "%.1f", 1.5);
    ck_assert_str_eq(text, "1,5");
}
END_TEST

START_TEST(messages_of_the_system_are_english)
{
    Error error;
    if (!set_comma()) return;
    errno = ENOENT;
    fail_errno(&error, "cannot open");
    ck_assert_str_eq(error.message, "cannot open: No such file or directory");
}
END_TEST

/* <TITLE> was no title in a Turkish program: i is not the small letter of I. */
START_TEST(letters_have_two_cases_in_a_turkish_locale)
{
    if (!set_locale("tr_TR")) return;
    ck_assert(span_equal_caseless(span_text("TITLE"), span_text("title")));
    ck_assert(!span_equal_caseless(span_text("TITLE"), span_text("titles")));
    ck_assert(!span_equal_caseless(span_text("[a@"), span_text("{a@")));
    ck_assert(!span_equal_caseless(span_text("[a@"), span_text("[a`")));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("c_locale");
    TCase *tests = tcase_create("c_locale");
    tcase_add_checked_fixture(tests, make_scratch, remove_scratch);
    tcase_add_test(tests, numbers_have_a_point_where_the_locale_has_a_comma);
    tcase_add_test(tests, the_locale_of_the_program_stays);
    tcase_add_test(tests, messages_of_the_system_are_english);
    tcase_add_test(tests, letters_have_two_cases_in_a_turkish_locale);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
