/* json_text_test.c - tests common/base/json_text.c. */
#include "common/base/json_text.h"

#include "tests/support/check_main.h"

static void check_string(const char *text, const char *wanted)
{
    Buf out = {0};
    put_json_string(&out, span_text(text));
    ck_assert_str_eq(buf_text(&out), wanted);
    buf_release(&out);
}

START_TEST(characters_that_json_forbids_are_escaped)
{
    check_string("", "\"\"");
    check_string("plain caf\u00e9", "\"plain caf\u00e9\"");
    check_string("a\"b\\c", "\"a\\\"b\\\\c\"");
    check_string("a\nb\tc\r\b\f", "\"a\\nb\\tc\\r\\b\\f\"");
    check_string("\x01\x1b\x7f", "\"\\u0001\\u001b\\u007f\"");
}
END_TEST

START_TEST(invalid_utf8_becomes_replacement_characters)
{
    check_string("a\xff\"b", "\"a\uFFFD\\\"b\"");
}
END_TEST

START_TEST(an_id_shows_its_bytes_that_are_not_utf8)
{
    Buf out = {0};
    put_json_id(&out, span_text("caf\u00e9\\"));
    ck_assert_str_eq(buf_text(&out), "\"caf\u00e9\\\\\"");
    buf_clear(&out);
    put_json_id(&out, span_text("caf\xe9\xc3.txt"));
    ck_assert_str_eq(buf_text(&out), "\"caf\\\\xe9\\\\xc3.txt\"");
    buf_release(&out);
}
END_TEST

START_TEST(what_a_terminal_obeys_is_escaped)
{
    check_string("\xc2\x9b"
                 "2J\u202eright\u061c\u05d0\u00a0",
                 "\"\\u009b2J\\u202eright\\u061c\u05d0\u00a0\"");
    check_string("\xe2\033", "\"\uFFFD\\u001b\"");
}
END_TEST

START_TEST(a_member_follows_another)
{
    Buf out = {0};
    put_json_member(&out, "name", span_text("\"x\""));
    ck_assert_str_eq(buf_text(&out), ",\"name\":\"\\\"x\\\"\"");
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json_text");
    TCase *tests = tcase_create("json_text");
    tcase_add_test(tests, characters_that_json_forbids_are_escaped);
    tcase_add_test(tests, invalid_utf8_becomes_replacement_characters);
    tcase_add_test(tests, an_id_shows_its_bytes_that_are_not_utf8);
    tcase_add_test(tests, what_a_terminal_obeys_is_escaped);
    tcase_add_test(tests, a_member_follows_another);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
