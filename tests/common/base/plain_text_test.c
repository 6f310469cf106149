/* plain_text_test.c - tests common/base/plain_text.c. */
#include "common/base/plain_text.h"

#include "common/base/escaped_text.h"

#include "tests/support/check_main.h"

static void check_plain(const char *text, const char *wanted)
{
    Buf out = {0};
    put_plain_text(&out, span_text(text));
    ck_assert_str_eq(buf_text(&out), wanted);
    buf_release(&out);
}

START_TEST(white_space_of_any_kind_becomes_one_space)
{
    check_plain("  a\n\n b\t\r\nc  ", "a b c");
    check_plain("a\u00a0b\u202fc\u3000d\u2009e\u2028f", "a b c d e f");
    check_plain(" \n ", "");
}
END_TEST

START_TEST(escape_sequences_cannot_reach_a_terminal)
{
    check_plain("a\033[31mb\x07\xc2\x9b"
                "c\x7f",
                "a [31mb c");
}
END_TEST

START_TEST(invisible_characters_are_dropped)
{
    check_plain("so\u00adft \ufeffa\u200bb \u202eright\u202c", "soft ab right");
    check_plain("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937");
}
END_TEST

START_TEST(an_id_stays_what_it_is)
{
    Buf out = {0};
    put_plain_id(&out, span_text(" a  b\\\t\n\x1b\u00e9\u00a0\u202e"));
    ck_assert_str_eq(buf_text(&out),
                     " a  b\\\\\\t\\n\\x1b\u00e9\\xc2\\xa0\\xe2\\x80\\xae");
    buf_release(&out);
}
END_TEST

START_TEST(a_byte_of_an_id_that_is_not_utf8_never_reaches_a_terminal)
{
    Buf out = {0}, back = {0};
    Span id = span_text("\xe9 x\x9b\xc3\x1b[2J\xe2\x80");
    put_plain_id(&out, id);
    ck_assert_str_eq(buf_text(&out), "\\xe9 x\\x9b\\xc3\\x1b[2J\\xe2\\x80");
    ck_assert(put_unescaped(&back, buf_span(&out)));
    ck_assert(span_equal(buf_span(&back), id));
    buf_release(&out);
    buf_release(&back);
}
END_TEST

START_TEST(invalid_bytes_cannot_hide_an_escape_sequence)
{
    check_plain("a\xe2\033[31mb\x9b"
                "2J",
                "a\uFFFD [31mb\uFFFD2J");
    Buf out = {0};
    put_plain_id(&out, span_text("\xe2\033\x9b\xc0\xae\\"));
    put_visible(&out, span_text("\xe2\033\x9b\u202e\u00e9\\\n"));
    ck_assert_str_eq(buf_text(&out), "\\xe2\\x1b\\x9b\\xc0\\xae\\\\"
                                     "\\xe2\\x1b\\x9b\\xe2\\x80\\xae\u00e9\\"
                                     "\\x0a");
    buf_release(&out);
}
END_TEST

START_TEST(a_text_of_lines_keeps_its_lines_and_no_controls)
{
    Buf out = {0};
    put_terminal_text(&out, span_text("a\tb\n\033[2J\xe2\033c\xc2\x9b"
                                      "d\u202e\u05d0"));
    ck_assert_str_eq(buf_text(&out), "a\tb\n?[2J\uFFFD?c?d\u05d0");
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plain_text");
    TCase *tests = tcase_create("plain_text");
    tcase_add_test(tests, white_space_of_any_kind_becomes_one_space);
    tcase_add_test(tests, escape_sequences_cannot_reach_a_terminal);
    tcase_add_test(tests, invisible_characters_are_dropped);
    tcase_add_test(tests, invalid_bytes_cannot_hide_an_escape_sequence);
    tcase_add_test(tests, a_text_of_lines_keeps_its_lines_and_no_controls);
    tcase_add_test(tests, an_id_stays_what_it_is);
    tcase_add_test(tests,
                   a_byte_of_an_id_that_is_not_utf8_never_reaches_a_terminal);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
