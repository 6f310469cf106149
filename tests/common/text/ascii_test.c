/* ascii_test.c - tests common/text/ascii.h. */
#include "common/text/ascii.h"

#include "tests/support/check_main.h"

#include <ctype.h>
#include <stdbool.h>

static bool is_word_byte(uint8_t byte)
{
    return byte < 0x80 && isalnum(byte);
}

START_TEST(every_byte_is_classified_in_every_lane)
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

START_TEST(letters_are_lowered_and_digits_kept)
{
    static const char TEXT[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz";
    const uint8_t *text = (const uint8_t *)TEXT;
    uint8_t out[sizeof TEXT + ASCII_SPOILED_BYTES];
    for (size_t size = 0; size < sizeof TEXT; size++) {
        ascii_lower_copy(out, text, size, text + size);
        for (size_t i = 0; i < size; i++)
            ck_assert_uint_eq(out[i], (uint8_t)tolower(text[i]));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ascii");
    TCase *tests = tcase_create("ascii");
    tcase_add_test(tests, every_byte_is_classified_in_every_lane);
    tcase_add_test(tests, letters_are_lowered_and_digits_kept);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
