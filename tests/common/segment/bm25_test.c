/* bm25_test.c - tests common/segment/bm25.c. */
#include "common/segment/bm25.h"

#include "common/segment/score_bounds.h"
#include "tests/support/check_main.h"
#include "tests/support/random.h"

#include <string.h>

/* What Lucene 10.6.0 computes: BM25Similarity(k1, b).scorer(1, ...).score(tf,
 * norm). */
typedef struct Vector {
    uint64_t documents, df, tokens;
    uint32_t tf, length;
    float k1, b;
    uint8_t norm;
    uint32_t length_used;
    float idf, average_length;
    uint32_t score_bits;
} Vector;

/* clang-format off */
static const Vector VECTORS[] = {
    {1, 1, 1, 1, 1, 0.9f, 0.4f, 1, 1, 0.287682086f, 1.0f, 0x3e1b0ba6},
    {10, 1, 57, 1, 5, 0.9f, 0.4f, 5, 5, 1.99243021f, 5.69999981f, 0x3f896cb1},
    {3204, 150, 320968, 2, 39, 0.9f, 0.4f, 39, 39, 3.05850434f, 100.177277f, 0x401211cf},
    {3204, 150, 320968, 2, 40, 0.9f, 0.4f, 40, 40, 3.05850434f, 100.177277f, 0x4011dfbc},
    {3204, 150, 320968, 2, 41, 0.9f, 0.4f, 40, 40, 3.05850434f, 100.177277f, 0x4011dfbc},
    {612455, 30711, 61245533, 3, 100, 0.9f, 0.4f, 57, 96, 2.99283981f, 100.000053f, 0x4013e2c7},
    {612455, 600000, 61245533, 17, 100, 1.2f, 0.75f, 57, 96, 0.0205466151f, 100.000053f, 0x3c9d8817},
    {612455, 612455, 61245533, 1, 77, 1.2f, 0.75f, 53, 76, 8.16385523e-07f, 100.000053f, 0x34dcea08},
    {63217, 5, 97654321, 250, 15000, 0.9f, 0.4f, 118, 14360, 9.34959602f, 1544.74780f, 0x41134db3},
    {63217, 1234, 97654321, 7, 1000000, 1.2f, 1.0f, 167, 983064, 3.93592310f, 1544.74780f, 0x3d126e80},
    {8841823, 42, 500000000, 4, 123, 2.0f, 0.0f, 60, 120, 12.2454996f, 56.5494232f, 0x41029e60},
    {2000000000, 1999999, 300000000000, 5, 222, 0.0f, 0.4f, 68, 216, 6.90775537f, 150.0f, 0x40dd0c55},
};
/* clang-format on */

static uint32_t bits_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

START_TEST(scores_are_those_of_lucene_to_the_last_bit)
{
    const Vector *v = &VECTORS[_i];
    Bm25 bm25;
    bm25_init(&bm25, v->k1, v->b, v->tokens, v->documents);
    ck_assert_uint_eq(bits_of(bm25.average_length), bits_of(v->average_length));
    uint8_t norm = norm_encode(v->length);
    ck_assert_uint_eq(norm, v->norm);
    ck_assert_uint_eq(norm_decode(norm), v->length_used);
    float idf = bm25_idf(v->documents, v->df);
    ck_assert_uint_eq(bits_of(idf), bits_of(v->idf));
    float score = bm25_score(idf, v->tf, bm25.inverse[norm]);
    ck_assert_uint_eq(bits_of(score), v->score_bits);
}
END_TEST

START_TEST(length_codes_ascend_and_never_round_up)
{
    for (uint32_t code = 0; code < NORM_CODES; code++) {
        uint32_t length = norm_decode((uint8_t)code);
        if (length > INT32_MAX) break; /* codes that no length has */
        ck_assert_uint_eq(norm_encode(length), code);
        if (code > 0) {
            ck_assert_uint_lt(norm_decode((uint8_t)(code - 1)), length);
            ck_assert_uint_eq(norm_encode(length - 1), code - 1);
        }
    }
    ck_assert_uint_eq(norm_encode(UINT32_MAX), norm_encode(INT32_MAX));
}
END_TEST

/* The score as Lucene's floats make it, over the weight, against its bounds:
 * one that is below is a document lost. */
START_TEST(no_score_is_above_its_bound_or_below_its_kth_value)
{
    Random random = {11};
    Bm25 bm25 = {0};
    for (int i = 0; i < 200000; i++) {
        float k1 = 0.1f * (float)random_below(&random, 30);
        float b = 0.1f * (float)random_below(&random, 11);
        if (i % 1000 == 0) bm25_init(&bm25, k1, b, 100000, 1000);
        uint32_t tf = 1 + (uint32_t)random_below(&random, 1000);
        float inverse = bm25.inverse[random_below(&random, NORM_CODES)];
        double fraction = bm25_fraction(tf, inverse);
        float weight = 0.001f * (float)(1 + random_below(&random, 20000));
        double score = (double)bm25_score(weight, tf, inverse);
        double slack = 1 + 0x1p-23; /* what compared sums are inflated by */
        double w = (double)weight;
        ck_assert(score <= bound_byte_score(w, bound_byte(fraction)) * slack);
        ck_assert(score <= bound_word_score(w, bound_word(fraction)) * slack);
        ck_assert(score * slack >= bound_word_score(w, kth_word(fraction)));
    }
}
END_TEST

START_TEST(an_empty_index_has_an_average_length)
{
    Bm25 bm25;
    bm25_init(&bm25, 0.9f, 0.4f, 0, 0);
    ck_assert(bm25.average_length == 1.0f);
}
END_TEST

START_TEST(the_greatest_length_of_a_code_has_it)
{
    for (uint32_t code = 0; code < NORM_CODES; code++) {
        uint32_t length = norm_max_length((uint8_t)code);
        ck_assert_uint_eq(norm_encode(length), code);
        if (code < NORM_CODES - 1) {
            ck_assert_uint_eq(norm_encode(length + 1), code + 1);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bm25");
    TCase *tests = tcase_create("bm25");
    tcase_add_loop_test(tests, scores_are_those_of_lucene_to_the_last_bit, 0,
                        sizeof VECTORS / sizeof *VECTORS);
    tcase_add_test(tests, length_codes_ascend_and_never_round_up);
    tcase_add_test(tests, no_score_is_above_its_bound_or_below_its_kth_value);
    tcase_add_test(tests, an_empty_index_has_an_average_length);
    tcase_add_test(tests, the_greatest_length_of_a_code_has_it);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
