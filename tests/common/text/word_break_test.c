/* word_break_test.c - tests common/text/word_break.c and its table. */
#include "common/text/word_break.h"

#include "common/base/buf.h"
#include "common/base/utf8.h"
#include "tests/support/check_main.h"

#include <stdio.h>
#include <stdlib.h>

/* The longest match of the automaton from `start` within 255 units, written
 * down as plainly as can be: its end, or start. */
static size_t longest_match(const WordRules *rules, Span text, size_t start)
{
    const uint8_t *end = text.data + text.size;
    size_t longest = start, units = 0, size;
    uint8_t state = WORD_STATE_START;
    for (size_t at = start; at < text.size; at += size) {
        uint32_t code_point = utf8_decode(text.data + at, end, &size);
        units += utf16_units(code_point);
        if (units > 255) break;
        uint8_t class = word_break_class(code_point);
        state = rules->steps[state << WORD_BREAK_CLASS_BITS | class];
        if (rules->kinds[state] != WORD_KIND_NONE) longest = at + size;
    }
    return longest;
}

static void check_against_rules(const WordRules *rules, Span text)
{
    WordBreak words = {text, 0, rules};
    Word word;
    size_t at = 0, size;
    while (word_break_next(&words, &word)) {
        size_t end;
        while ((end = longest_match(rules, text, at)) == at) {
            utf8_decode(text.data + at, text.data + text.size, &size);
            at += size;
        }
        ck_assert_uint_eq(word.start, at);
        ck_assert_uint_eq(word.end, end);
        at = end;
    }
    while (at < text.size) {
        ck_assert_uint_eq(longest_match(rules, text, at), at);
        utf8_decode(text.data + at, text.data + text.size, &size);
        at += size;
    }
}

START_TEST(the_fast_path_agrees_with_the_rules)
{
    static const char *const PIECES[] = {"a",
                                         "Word",
                                         "abcdefghijklmnopq",
                                         "7",
                                         "1999",
                                         " ",
                                         "  ",
                                         "\n",
                                         ".",
                                         ",",
                                         ":",
                                         ";",
                                         "'",
                                         "\"",
                                         "_",
                                         "#",
                                         "*",
                                         "-",
                                         "+",
                                         "\xc3\xa9",
                                         "\xcc\x81",
                                         "\xe2\x80\x99",
                                         "\xe2\x83\xa3",
                                         "\xff",
                                         "\xd7\x90",
                                         "\xe3\x82\xab",
                                         "\xe6\x9d\xb1",
                                         "\xe2\x80\xaf",
                                         "\xf0\x9f\x91\x8d"};
    srand((unsigned)_i);
    Buf text = {0};
    for (int round = 0; round < 2000; round++) {
        buf_clear(&text);
        int pieces = rand() % 40;
        for (int i = 0; i < pieces; i++) {
            size_t which = (size_t)rand() % (sizeof PIECES / sizeof *PIECES);
            int times = rand() % 50 == 0 ? rand() % 300 : 1;
            while (times-- > 0) buf_put_text(&text, PIECES[which]);
        }
        check_against_rules(&WORD_RULES_LUCENE, buf_span(&text));
    }
    buf_release(&text);
}
END_TEST

START_TEST(long_words_are_split_at_255_units)
{
    Buf text = {0};
    for (int i = 0; i < 254; i++) buf_put_text(&text, "x");
    buf_put_text(&text, "\xf0\x90\x90\x80y"); /* two units: no room for both */
    WordBreak words = {buf_span(&text), 0, &WORD_RULES_LUCENE};
    Word word;
    ck_assert(word_break_next(&words, &word));
    ck_assert_uint_eq(word.end, 254);
    ck_assert(word_break_next(&words, &word));
    ck_assert_uint_eq(word.start, 254);
    ck_assert_uint_eq(word.end, 259);
    ck_assert(!word_break_next(&words, &word));
    buf_release(&text);
}
END_TEST

/* --- Unicode's WordBreakTest.txt ------------------------------------------ */

enum { MAX_BREAKS = 64 };

typedef struct Line {
    uint8_t text[256];
    size_t size;
    bool breaks[256]; /* whether there is a boundary before the byte */
} Line;

/* "÷ 0061 × 0301 ÷ # comment"; false if there is nothing before the comment */
static bool parse_line(const char *at, Line *line)
{
    *line = (Line){0};
    for (; *at && *at != '#' && *at != '\n'; at++) {
        if (!strncmp(at, "\xc3\xb7", 2)) line->breaks[line->size] = true;
        char *end;
        unsigned long code_point = strtoul(at, &end, 16);
        if (end == at) continue;
        line->size += utf8_encode((uint32_t)code_point,
                                  line->text + line->size);
        at = end - 1;
    }
    return line->size > 0;
}

/* Where the grammar of Lucene departs from UAX #29: a ZWJ before an emoji
 * belongs to the emoji. */
static bool departs(const Line *line)
{
    static const char ZWJ[] = "\xe2\x80\x8d";
    for (size_t i = 0; i + 4 < line->size; i++)
        if (!memcmp(line->text + i, ZWJ, 3) && line->text[i + 3] >= 0xe2)
            return true;
    return false;
}

/* Every word begins and ends at a boundary and holds none. */
static bool agrees(const Line *line)
{
    WordBreak words = {span_of(line->text, line->size), 0, &WORD_RULES_LUCENE};
    Word word;
    while (word_break_next(&words, &word)) {
        if (!line->breaks[word.start] || !line->breaks[word.end]) return false;
        for (size_t i = word.start + 1; i < word.end; i++)
            if (line->breaks[i]) return false;
    }
    return true;
}

START_TEST(boundaries_agree_with_unicodes_test_file)
{
    const char *path = "/usr/share/unicode/auxiliary/WordBreakTest.txt";
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "skipped: there is no %s\n", path);
        return;
    }
    char text[4096];
    size_t tried = 0;
    Line line;
    while (fgets(text, sizeof text, file)) {
        if (!parse_line(text, &line)) continue;
        tried++;
        ck_assert_msg(agrees(&line) || departs(&line), "%s", text);
    }
    fclose(file);
    ck_assert_uint_gt(tried, 1000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("word_break");
    TCase *tests = tcase_create("word_break");
    tcase_add_loop_test(tests, the_fast_path_agrees_with_the_rules, 1, 6);
    tcase_add_test(tests, long_words_are_split_at_255_units);
    tcase_add_test(tests, boundaries_agree_with_unicodes_test_file);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
