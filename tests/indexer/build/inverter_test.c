/* inverter_test.c - tests indexer/inverter.c. */
#include "indexer/build/inverter.h"

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "tests/support/check_main.h"

#include <stdlib.h>
#include <time.h>

enum { WORDS = 100000, WORD_BYTES = 16 };

static uint64_t next_random(uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15;
    uint64_t x = *state;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

/* Words of which a ^ b * C is the same, a and b their halves: a hash that
 * multiplies without a seed sees them as one. */
static void make_flood(uint8_t *words)
{
    uint64_t state = 1;
    for (int i = 0; i < WORDS; i++) {
        uint64_t b = next_random(&state);
        put_u64le(words + i * WORD_BYTES,
                  (0x1234567 ^ b * 0x9e3779b97f4a7c15) - WORD_BYTES);
        put_u64le(words + i * WORD_BYTES + 8, b);
    }
}

static void make_random(uint8_t *words)
{
    uint64_t state = 2;
    for (int i = 0; i < 2 * WORDS; i++)
        put_u64le(words + i * 8, next_random(&state));
}

static double seconds_to_add(void (*make)(uint8_t *))
{
    uint8_t *words = malloc((size_t)WORDS * WORD_BYTES);
    Inverter *inverter;
    Error error;
    struct timespec start, end;
    ck_assert_ptr_nonnull(words);
    make(words);
    ck_assert_int_eq(inverter_new(true, &inverter, &error), OK);
    timespec_get(&start, TIME_UTC);
    for (uint32_t i = 0; i < WORDS; i++) {
        Token token = {
            .term = span_of(words + (size_t)i * WORD_BYTES, WORD_BYTES),
            .position = i};
        inverter_add(inverter, 0, &token, 1, 0);
    }
    timespec_get(&end, TIME_UTC);
    ck_assert_int_eq(inverter_check(inverter, &error), OK);
    ck_assert_uint_eq(inverter_term_count(inverter), WORDS);
    inverter_free(inverter);
    free(words);
    return (double)(end.tv_sec - start.tv_sec) +
           (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

START_TEST(words_made_for_one_slot_take_no_longer_than_others)
{
    double others = seconds_to_add(make_random);
    double flood = seconds_to_add(make_flood);
    ck_assert_msg(flood <= 3 * others + 0.2, "%g s, others %g s", flood,
                  others);
}
END_TEST

/* Sizes at which the hash takes other ways, and words that differ in a byte. */
START_TEST(words_of_every_size_stay_apart)
{
    enum { MOST = 40 };
    Inverter *inverter;
    Error error;
    uint8_t bytes[MOST];
    size_t count = 0;
    ck_assert_int_eq(inverter_new(false, &inverter, &error), OK);
    for (int round = 0; round < 2; round++) {
        count = 0;
        for (size_t size = 1; size <= MOST; size++) {
            for (size_t at = 0; at <= size; at++, count++) {
                memset(bytes, 'a', sizeof bytes);
                if (at < size) bytes[at] = 'b';
                Token token = {.term = span_of(bytes, size)};
                inverter_add(inverter, (uint32_t)round, &token, 1, 0);
            }
        }
    }
    ck_assert_int_eq(inverter_check(inverter, &error), OK);
    ck_assert_uint_eq(inverter_term_count(inverter), count);
    inverter_free(inverter);
}
END_TEST

/* Bytes of a run with foo at position 7 and again at another. */
static size_t run_size(bool has_positions, uint32_t second)
{
    Inverter *inverter;
    InverterSource *source;
    Error error;
    uint8_t bytes[64];
    size_t size;
    Token tokens[] = {{.term = span_text("foo"), .position = 7},
                      {.term = span_text("foobar"), .position = 7},
                      {.term = span_text("foo"), .position = second}};
    ck_assert_int_eq(inverter_new(has_positions, &inverter, &error), OK);
    inverter_add(inverter, 3, tokens, 3, 5);
    ck_assert_int_eq(inverter_check(inverter, &error), OK);
    ck_assert_int_eq(inverter_source_new(inverter, &source, &error), OK);
    ck_assert_int_eq(
        inverter_source_fill(source, bytes, sizeof bytes, &size, &error), OK);
    ck_assert_uint_lt(size, sizeof bytes);
    inverter_source_free(source);
    inverter_free(inverter);
    return size;
}

START_TEST(a_term_counts_once_at_a_position)
{
    ck_assert_uint_eq(run_size(true, 7) + 1, run_size(true, 8));
    ck_assert_uint_eq(run_size(false, 7) + 1, run_size(false, 8));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("inverter");
    TCase *tests = tcase_create("inverter");
    tcase_add_test(tests, words_made_for_one_slot_take_no_longer_than_others);
    tcase_add_test(tests, words_of_every_size_stay_apart);
    tcase_add_test(tests, a_term_counts_once_at_a_position);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
