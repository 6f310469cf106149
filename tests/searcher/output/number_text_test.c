/* number_text_test.c - tests searcher/output/number_text.c. */
#include "searcher/output/number_text.h"

#include "tests/support/check_main.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void check_score(float score)
{
    char wanted[40];
    Buf out = {0};
    snprintf(wanted, sizeof wanted, "%.9g", (double)score);
    put_score(&out, score);
    ck_assert_str_eq(buf_text(&out), wanted);
    float again = strtof(buf_text(&out), NULL);
    ck_assert_mem_eq(&again, &score, sizeof score);
    buf_release(&out);
}

START_TEST(scores_are_formatted_like_printf)
{
    static const float SCORES[] = {
        0,        1,          0.5f,     10,
        1e-4f,    9.9999e-5f, 1e9f,     999999999.0f,
        123.456f, 1e-30f,     1e30f,    0.1f,
        8388608,  16777216,   99999992, 0.000123456f};
    for (size_t i = 0; i < sizeof SCORES / sizeof *SCORES; i++) {
        check_score(SCORES[i]);
    }
}
END_TEST

START_TEST(random_scores_are_formatted_like_printf)
{
    uint32_t state = 12345;
    for (int i = 0; i < 200000; i++) {
        state = state * 1664525 + 1013904223;
        float unit = (float)(state >> 8) / 16777216.0f;
        check_score(unit * 40);
        uint32_t bits = 0x38D1B717u + state % 0x1600000u * 8;
        float any;
        memcpy(&any, &bits, sizeof any);
        check_score(any);
    }
}
END_TEST

START_TEST(numbers_of_every_length_are_formatted)
{
    char wanted[40];
    for (uint64_t number = 1; number < UINT64_MAX / 10; number *= 10) {
        for (uint64_t i = 0; i < 2; i++) {
            Buf out = {0};
            snprintf(wanted, sizeof wanted, "%llu",
                     (unsigned long long)(number - i));
            put_number(&out, number - i);
            ck_assert_str_eq(buf_text(&out), wanted);
            buf_release(&out);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("number_text");
    TCase *tests = tcase_create("number_text");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, scores_are_formatted_like_printf);
    tcase_add_test(tests, random_scores_are_formatted_like_printf);
    tcase_add_test(tests, numbers_of_every_length_are_formatted);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
