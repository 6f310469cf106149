/* encoding_detect_test.c - tests common/input/encoding_detect.c. */
#include "common/input/encoding_detect.h"

#include "common/base/buf.h"

#include "tests/support/check_main.h"

static const char *name_of(const Encoding *encoding)
{
    return encoding ? encoding->name : "none";
}

/* The code units in one order or the other. */
static Buf wide(const uint16_t *units, size_t count, bool big_endian)
{
    Buf out = {0};
    for (size_t i = 0; i < count; i++) {
        unsigned unit = units[i];
        if (big_endian) unit = (unit & 0xff) << 8 | unit >> 8;
        buf_put_u16le(&out, (uint16_t)unit);
    }
    return out;
}

static void expect_wide(const uint16_t *units, size_t count, const char *little,
                        const char *big)
{
    for (int order = 0; order < 2; order++) {
        Buf bytes = wide(units, count, order);
        ck_assert_str_eq(name_of(encoding_of_zeros(buf_span(&bytes), true)),
                         order ? big : little);
        buf_release(&bytes);
    }
}

START_TEST(utf16_of_latin_letters_is_known_by_its_zeros)
{
    static const uint16_t text[] = {'c',    'a', 'f',  0xe9, ' ',
                                    0x20ac, '1', '\r', '\n'};
    expect_wide(text, sizeof text / sizeof *text, "UTF-16LE", "UTF-16BE");
}
END_TEST

START_TEST(utf16_of_other_scripts_is_known_by_its_line_ends)
{
    uint16_t text[200];
    for (size_t i = 0; i < 200; i++)
        text[i] = (uint16_t)(i % 20 == 19 ? '\n' : 0x4e00 + i * 97 % 0x5000);
    expect_wide(text, 200, "UTF-16LE", "UTF-16BE");
}
END_TEST

static const char *of_bytes(const char *bytes, size_t size)
{
    return name_of(encoding_of_zeros(span_of(bytes, size), true));
}

START_TEST(other_bytes_with_zeros_are_not_utf16)
{
    ck_assert_str_eq(of_bytes("", 0), "none");
    ck_assert_str_eq(of_bytes("plain text", 10), "none");
    ck_assert_str_eq(of_bytes("ab\0c", 4), "none");
    ck_assert_str_eq(of_bytes("a\0b\0c\0d", 7), "none"); /* half a unit */
    ck_assert_str_eq(of_bytes("\1\0\2\0\3\0\4\0\5\0", 10), "none");
    ck_assert_str_eq(of_bytes("a\0\0\0b\0\0\0c\0\0\0", 12), "none");
    ck_assert_str_eq(of_bytes("a\0b\0c\0d\0\0\0", 10), "none");
    ck_assert_str_eq(of_bytes("file1\0file2\0file3\0\0\0\0", 22), "none");
}
END_TEST

static const char *declared(const char *text)
{
    return name_of(encoding_declared(span_text(text), true));
}

START_TEST(the_declarations_of_html_are_found)
{
    ck_assert_str_eq(declared("<html><META CharSet='KOI8-R'>"), "KOI8-R");
    ck_assert_str_eq(declared("<meta content=\"text/html; charset=gb2312\" "
                              "http-equiv=Content-Type>"),
                     "GBK");
    ck_assert_str_eq(declared("<meta http-equiv='content-type' content="
                              "'text/html;charset=\"big5\"'/>"),
                     "Big5");
    ck_assert_str_eq(declared("<meta charset=nonsense><meta charset=utf-8>"),
                     "UTF-8");
    ck_assert_str_eq(declared("<meta charset=utf-16>"), "UTF-8");
    ck_assert_str_eq(declared("<!-- <meta charset=big5> --><p>"), "none");
    ck_assert_str_eq(declared("<meta name=a content='charset=big5'>"), "none");
    ck_assert_str_eq(declared("<body><meta charset=big5>"), "none");
    ck_assert_str_eq(declared("charset=big5"), "none");
    ck_assert_str_eq(declared("<meta charset="), "none");
}
END_TEST

START_TEST(the_declaration_of_xml_is_found)
{
    const char *xml = " <?xml version='1.0' encoding = \"latin2\" ?><a/>";
    ck_assert_str_eq(declared(xml), "ISO-8859-2");
    ck_assert_str_eq(name_of(encoding_declared(span_text(xml), false)),
                     "ISO-8859-2");
    ck_assert_str_eq(declared("<?xml version='1.0'?><a encoding='latin2'/>"),
                     "none");
    ck_assert_str_eq(declared("<?xml encoding='latin2'"), "none");
}
END_TEST

static bool is_utf8(const char *text, bool is_whole)
{
    return encoding_is_utf8(span_text(text), is_whole);
}

START_TEST(utf8_with_some_damage_is_still_utf8)
{
    ck_assert(is_utf8("plain", true));
    ck_assert(is_utf8("caf\xc3\xa9 na\xefve", true));
    ck_assert(!is_utf8("caf\xe9", true));
    ck_assert(!is_utf8("caf\xe9 na\xefve stra\xc3\x9f"
                       "e",
                       true));
    ck_assert(is_utf8("\xef\xbf\xbd \xff", true)); /* U+FFFD itself is valid */
    ck_assert(is_utf8("cut off: \xe2\x82", false));
    ck_assert(!is_utf8("cut off: \xe2\x82", true));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("encoding_detect");
    TCase *tests = tcase_create("encoding_detect");
    tcase_add_test(tests, utf16_of_latin_letters_is_known_by_its_zeros);
    tcase_add_test(tests, utf16_of_other_scripts_is_known_by_its_line_ends);
    tcase_add_test(tests, other_bytes_with_zeros_are_not_utf16);
    tcase_add_test(tests, the_declarations_of_html_are_found);
    tcase_add_test(tests, the_declaration_of_xml_is_found);
    tcase_add_test(tests, utf8_with_some_damage_is_still_utf8);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
