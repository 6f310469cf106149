/* part_break_test.c - tests common/text/part_break.c and part_number.c: words
 * between bars, numbers with #, raised digits and pairs after /. */
#include "common/text/part_break.h"

#include "common/base/buf.h"
#include "tests/support/check_main.h"

#include <stdlib.h>

typedef struct Case {
    const char *text, *words;
} Case;

/* clang-format off */
static const Case CASES[] = {
    {"", ""},
    {"a.b_c:d", "a|b|c|d"},
    {"3.14", "3.14#"},
    {"3.14.", "3.14#"},
    {"3.14.15", "3/3.14|14/14.15|15"},
    {"a.3.14", "a|3/3.14|14"},
    {"1.5GB", "1/1.5|5GB"},
    {"1,000", "1,000#"},
    {"1,000.5", "1,000.5#"},
    {"1,000.5.6", "1|000/000.5|5/5.6|6"},
    {"1,00", "1|00"},
    {"0,123", "0|123"},
    {"1234,567", "1234|567"},
    {"1,000,00", "1|000|00"},
    {"12:30:45,678", "12|30|45|678"},
    {"12:30:45.678", "12|30|45/45.678|678"},
    {"x,1,000", "x|1,000#"},
    {"1.5,2.5", "1.5#|2.5#"},
    {"2026-11-05T10:00:00Z", "2026|11|05|10|00|00"},
    {"2026-11-05T10:00:00.123Z", "2026|11|05|10|00|00/00.123|123"},
    {"20261105T1000Z", "20261105|1000"},
    {"2026-W45-4T10", "2026|W45|4|10"},
    {"x-05T10 5T10 05T1 10Z", "x|05T10|5T10|05T1|10Z"},
    {"m\u00b2 10\u2076 \u00b2 x\u00b2y", "m/m\u00b2|10|\u2076|\u00b2|x/x\u00b2|y"},
    {"H\u2082O", "H\u2082O"},
    {"\u0663\u066b\u0661 \u0661\u066c\u0660\u0660\u0660",
     "\u0663\u066b\u0661#|\u0661\u066c\u0660\u0660\u0660#"},
    {"\u05e6\u05d4\"\u05dc \u05d2\u05f3", "\u05e6\u05d4\"\u05dc|\u05d2"},

    /* terminal escape sequences */
    {"\x1b[1;31mERROR\x1b[0m", "ERROR"},
    {"\x1b]0;title\aa\x1b]8;;https://x\x1b\\b\x1b(Bc", "a|b|c"},
    {"\x1b]0;no end", "0|no|end"},
    {"\xc2\x9b" "1ma", "a"},
    {"\x1b[1;\xc3\xa9", "1|\xc3\xa9"},
    {"a\x1b", "a"},
    {"a\x1b[", "a"},
};
/* clang-format on */

static void put_words(Span text, Buf *out)
{
    WordBreak words = {text, 0, &WORD_RULES_PARTS};
    Word word;
    size_t at = 0;
    while (part_break_next(&words, &word)) {
        ck_assert_uint_ge(word.start, at);
        ck_assert_uint_gt(word.end, word.start);
        ck_assert_uint_ge(words.at, word.end);
        ck_assert_uint_le(words.at, text.size);
        at = word.end;
        if (out->size) buf_put_byte(out, '|');
        buf_put(out, text.data + word.start, word.end - word.start);
        if (word.is_number) buf_put_byte(out, '#');
        if (word.more == MORE_NONE) continue;
        buf_put_byte(out, '/');
        buf_put(out, text.data + word.start, word.more_end - word.start);
    }
}

START_TEST(words_are_the_parts_of_compounds)
{
    Buf out = {0};
    put_words(span_text(CASES[_i].text), &out);
    buf_put_byte(&out, 0);
    ck_assert_str_eq((const char *)out.data, CASES[_i].words);
    buf_release(&out);
}
END_TEST

/* Takes the words of `piece` repeated to `size` bytes; how many. */
static size_t count_words(const char *piece, size_t size)
{
    Buf text = {0};
    while (text.size < size) buf_put_text(&text, piece);
    WordBreak words = {buf_span(&text), 0, &WORD_RULES_PARTS};
    Word word;
    size_t count = 0;
    while (part_break_next(&words, &word)) count++;
    buf_release(&text);
    return count;
}

START_TEST(long_compounds_take_linear_time)
{
    static const char *const PIECES[] = {"1.",    ",000",   "1,000.",
                                         "1:00.", "9Z.",    "\x1b]",
                                         "\x1b[", "\u00b2", "a\u00b2"};
    for (size_t i = 0; i < sizeof PIECES / sizeof PIECES[0]; i++)
        count_words(PIECES[i], 2 << 20); /* within the test's time */
}
END_TEST

START_TEST(long_words_are_split_at_255_units)
{
    ck_assert_uint_eq(count_words("x", 255), 1);
    ck_assert_uint_eq(count_words("x", 256), 2);
    ck_assert_uint_eq(count_words("7", 256), 2);
    ck_assert_uint_eq(count_words("\u00e9", 1020), 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("part_break");
    TCase *tests = tcase_create("part_break");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, words_are_the_parts_of_compounds, 0,
                        sizeof CASES / sizeof CASES[0]);
    tcase_add_test(tests, long_compounds_take_linear_time);
    tcase_add_test(tests, long_words_are_split_at_255_units);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
