/* encoding_test.c - tests common/input/encoding.c and decoder.c. */
#include "common/input/encoding.h"

#include "common/input/decoder.h"

#include "tests/support/check_main.h"

static Error error;

static const char *name_of(const char *label)
{
    const Encoding *encoding = encoding_find(span_text(label));
    return encoding ? encoding->name : "unknown";
}

START_TEST(labels_of_the_web_are_known_in_any_case)
{
    ck_assert_str_eq(name_of("latin1"), "windows-1252");
    ck_assert_str_eq(name_of("ISO-8859-1"), "windows-1252");
    ck_assert_str_eq(name_of(" US-ASCII\n"), "windows-1252");
    ck_assert_str_eq(name_of("iso-8859-9"), "windows-1254");
    ck_assert_str_eq(name_of("gb2312"), "GBK");
    ck_assert_str_eq(name_of("SJIS"), "Shift_JIS");
    ck_assert_str_eq(name_of("utf8"), "UTF-8");
    ck_assert_str_eq(name_of("utf-16"), "UTF-16LE");
    ck_assert_str_eq(name_of("cp850"), "IBM850");
    ck_assert_str_eq(name_of("latin"), "unknown");
    ck_assert_str_eq(name_of(""), "unknown");
}
END_TEST

START_TEST(a_misspelt_label_is_suggested)
{
    char room[ENCODING_LABEL_BYTES];
    ck_assert_str_eq(encoding_suggest("lattin1", room), "latin1");
    ck_assert_str_eq(encoding_suggest("Windows-1522", room), "windows-1252");
    ck_assert_str_eq(encoding_suggest("utf-9", room), "utf-8");
    ck_assert_ptr_null(encoding_suggest("klingon", room));
}
END_TEST

static Buf text;
static bool is_broken;

static const char *decode(const char *label, const char *bytes)
{
    buf_clear(&text);
    const Encoding *encoding = encoding_find(span_text(label));
    ck_assert_int_eq(encoding_put_text(&text, encoding, span_text(bytes),
                                       &is_broken, &error),
                     OK);
    return buf_text(&text);
}

START_TEST(each_encoding_is_one_of_libc)
{
    static const char *const labels[] = {
        "windows-1252",   "iso-8859-2",   "iso-8859-3",   "iso-8859-4",
        "iso-8859-5",     "iso-8859-6",   "iso-8859-7",   "iso-8859-8",
        "iso-8859-10",    "iso-8859-13",  "iso-8859-14",  "iso-8859-15",
        "iso-8859-16",    "koi8-r",       "koi8-u",       "macintosh",
        "x-mac-cyrillic", "windows-874",  "windows-1250", "windows-1251",
        "windows-1253",   "windows-1254", "windows-1255", "windows-1256",
        "windows-1257",   "windows-1258", "gbk",          "gb18030",
        "big5",           "euc-jp",       "iso-2022-jp",  "shift_jis",
        "euc-kr",         "iso-2022-kr",  "iso-2022-cn",  "euc-tw",
        "johab",          "utf-7",        "ibm437",       "ibm737",
        "ibm775",         "ibm850",       "ibm852",       "ibm855",
        "ibm857",         "ibm858",       "ibm862",       "ibm866",
        "viscii",         "tcvn",         "armscii-8",    "georgian-academy",
        "georgian-ps"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        ck_assert_str_eq(decode(labels[i], "abc"), "abc");
        ck_assert(!is_broken);
    }
}
END_TEST

START_TEST(text_is_converted)
{
    ck_assert_str_eq(decode("latin1", "Stra\xdf"
                                      "e \x80 \x93x\x94"),
                     "Stra\xc3\x9f"
                     "e \xe2\x82\xac \xe2\x80\x9cx\xe2\x80\x9d");
    ck_assert_str_eq(decode("koi8-r", "\xf0\xd2"), "\xd0\x9f\xd1\x80");
    ck_assert_str_eq(decode("sjis", "\x93\xfa\x96\x7b"),
                     "\xe6\x97\xa5\xe6\x9c\xac");
    ck_assert_str_eq(decode("big5", "\xa4\xa4\xa4\xe5"),
                     "\xe4\xb8\xad\xe6\x96\x87");
    ck_assert_str_eq(decode("iso-2022-jp", "\x1b$B2q5D\x1b(B"),
                     "\xe4\xbc\x9a\xe8\xad\xb0");
    ck_assert_str_eq(decode("cp850", "a\xa4o"), "a\xc3\xb1o");
}
END_TEST

START_TEST(invalid_bytes_are_replaced_and_the_rest_is_kept)
{
    ck_assert_str_eq(decode("shift_jis", "a\x81"), "a\xef\xbf\xbd");
    ck_assert(is_broken);
    ck_assert_str_eq(decode("euc-kr", "a\xff\xff"
                                      "b"),
                     "a\xef\xbf\xbd\xef\xbf\xbd"
                     "b");
    ck_assert_str_eq(decode("latin1", "a\x81"
                                      "b"),
                     "a\xef\xbf\xbd"
                     "b");
    ck_assert_str_eq(decode("latin1", "a"), "a");
    ck_assert(!is_broken);
}
END_TEST

START_TEST(bytes_after_an_invalid_shift_of_iso_2022_cn_are_kept)
{
    ck_assert_str_eq(decode("iso-2022-cn", "a\x0e\nb"), "a\xef\xbf\xbd\nb");
    ck_assert_str_eq(decode("iso-2022-cn", "a\x0e\xff\nb"),
                     "a\xef\xbf\xbd\xef\xbf\xbd\nb");
    ck_assert_str_eq(decode("iso-2022-cn", "\x1b$)A\x0e\x56\x50\x0f\n"),
                     "\xe4\xb8\xad\n");
}
END_TEST

/* Converts `bytes` in pieces of `step`, with little room. */
static Buf convert_slowly(const Encoding *encoding, Span bytes, size_t step)
{
    Buf out = {0};
    Decoder *decoder;
    uint8_t room[DECODER_MIN_ROOM];
    ck_assert_int_eq(decoder_open(encoding, &decoder, &error), OK);
    Span left = span_of(bytes.data, 0);
    const uint8_t *end = bytes.data + bytes.size;
    for (size_t size = 1; size || left.data + left.size < end;) {
        size_t more = (size_t)(end - left.data) - left.size;
        left.size += more < step ? more : step;
        size = decoder_put(decoder, &left, left.data + left.size == end, room,
                           sizeof room);
        buf_put(&out, room, size);
    }
    ck_assert_uint_eq(left.size, 0);
    decoder_close(decoder);
    return out;
}

START_TEST(pieces_of_any_size_give_the_same_text)
{
    static const char *const labels[] = {
        "utf-16le", "utf-16be", "shift_jis", "gb18030", "big5",  "iso-2022-jp",
        "latin1",   "utf-32le", "utf-7",     "tcvn",    "euc-jp"};
    Buf bytes = {0};
    uint32_t state = 1;
    for (int i = 0; i < 3000; i++) {
        state = state * 1103515245u + 12345u;
        buf_put_byte(&bytes, (uint8_t)(state >> 16));
    }
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        const Encoding *encoding = encoding_find(span_text(labels[i]));
        Buf whole = {0};
        ck_assert_int_eq(encoding_put_text(&whole, encoding, buf_span(&bytes),
                                           &is_broken, &error),
                         OK);
        for (size_t step = 1; step < 100; step += 7) {
            Buf slow = convert_slowly(encoding, buf_span(&bytes), step);
            ck_assert_msg(span_equal(buf_span(&slow), buf_span(&whole)),
                          "%s in pieces of %zu", labels[i], step);
            buf_release(&slow);
        }
        buf_release(&whole);
    }
    buf_release(&bytes);
}
END_TEST

static void tear_down(void)
{
    buf_release(&text);
}

int main(void)
{
    Suite *suite = suite_create("encoding");
    TCase *tests = tcase_create("encoding");
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, labels_of_the_web_are_known_in_any_case);
    tcase_add_test(tests, a_misspelt_label_is_suggested);
    tcase_add_test(tests, each_encoding_is_one_of_libc);
    tcase_add_test(tests, text_is_converted);
    tcase_add_test(tests, invalid_bytes_are_replaced_and_the_rest_is_kept);
    tcase_add_test(tests, bytes_after_an_invalid_shift_of_iso_2022_cn_are_kept);
    tcase_add_test(tests, pieces_of_any_size_give_the_same_text);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
