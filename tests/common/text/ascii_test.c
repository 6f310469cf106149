/* ascii_test.c - tests common/text/ascii.h. */
#include "common/text/ascii.h"

#include "tests/support/check_main.h"

#include <ctype.h>
#include <stdbool.h>

static bool is_word_byte(uint8_t byte)
{
    return byte < 0x80 && isalnum(byte);
}

START_TEST(every_byte_is_judged_in_every_place)
{
    uint8_t text[40];
    for (int byte = 0; byte < 256; byte++)
        for (size_t size = 1; size <= sizeof text; size++) {
            memset(text, 'x', sizeof text);
            text[size - 1] = (uint8_t)byte;
            size_t expected = is_word_byte((uint8_t)byte) ? size : size - 1;
            const uint8_t *end = ascii_word_end(text, text + size);
            ck_assert_uint_eq((size_t)(end - text), expected);
        }
}
END_TEST

START_TEST(only_letters_are_lowered)
{
    uint8_t text[256], out[256 + ASCII_SPOILED_BYTES];
    for (size_t i = 0; i < 256; i++) text[i] = (uint8_t)i;
    for (size_t size = 0; size <= 256; size++) {
        ascii_lower_copy(out, text, size, text + size);
        for (size_t i = 0; i < size; i++) {
            uint8_t expected = i < 0x80 ? (uint8_t)tolower((int)i) : text[i];
            ck_assert_uint_eq(out[i], expected);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ascii");
    TCase *tests = tcase_create("ascii");
    tcase_add_test(tests, every_byte_is_judged_in_every_place);
    tcase_add_test(tests, only_letters_are_lowered);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
