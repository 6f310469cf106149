/* bitpack_test.c - tests common/codec/bitpack*.c at every level of the CPU. */
#include "common/codec/bitpack.h"

#include "tests/support/check_main.h"
#include "tests/support/cpu_levels.h"

#include <stdlib.h>

enum { MOST = 300, SLACK = 64 };

static const uint32_t widths[] = {0,  1,  2,  3,  4,  5,  6,  7,  8,
                                  9,  10, 11, 12, 13, 14, 15, 16, 17,
                                  18, 19, 20, 21, 22, 23, 24, 25, 32};

static uint32_t random_below(uint32_t width)
{
    uint32_t value = (uint32_t)rand() ^ (uint32_t)rand() << 16;
    return width == 32 ? value : value & ((1u << width) - 1);
}

/* Runs `check` at every level that this machine supports. */
static void at_every_level(void (*check)(uint32_t width, size_t count))
{
    CpuLevel best = cpu_level();
    for (int level = CPU_SCALAR; take_cpu_level(&level, best); level++) {
        for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
            for (size_t count = 1; count <= MOST; count += 1 + count / 7) {
                check(widths[w], count);
            }
        }
    }
}

static void check_values(uint32_t width, size_t count)
{
    uint32_t values[MOST] = {0}, got[MOST + 16];
    uint8_t stream[MOST * 4 + SLACK] = {0};
    for (size_t i = 0; i < count; i++) values[i] = random_below(width);
    bitpack_put(stream, values, count, width);
    bitpack_unpack(stream, width, count, 7, got);
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_eq(got[i], values[i] + 7);
        ck_assert_uint_eq(bitpack_get(stream, width, i), values[i]);
    }
}

static void check_deltas(uint32_t width, size_t count)
{
    uint32_t values[MOST] = {0}, got[MOST + 16];
    uint8_t stream[MOST * 4 + SLACK] = {0};
    for (size_t i = 0; i < count; i++) values[i] = random_below(width);
    bitpack_put(stream, values, count, width);
    bitpack_unpack_deltas(stream, width, count, UINT32_MAX, got);
    uint32_t docid = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        docid += values[i] + 1;
        ck_assert_uint_eq(got[i], docid);
    }
}

static void check_sums(uint32_t width, size_t count)
{
    enum { AFTER = 64 };
    uint32_t values[MOST + AFTER] = {0}, got[BITPACK_SUMS];
    uint8_t stream[(MOST + AFTER) * 4 + SLACK] = {0};
    for (size_t i = 0; i < MOST + AFTER; i++) values[i] = random_below(width);
    bitpack_put(stream, values, MOST + AFTER, width);
    bitpack_unpack_sums(stream, width, count, got);
    uint32_t sum = UINT32_MAX;
    for (size_t i = 0; i < BITPACK_SUMS; i++) {
        sum += values[count + i] + 1;
        ck_assert_uint_eq(got[i], sum);
    }
}

static void check_count_below(uint32_t width, size_t count)
{
    uint32_t values[MOST] = {0}, below = 0;
    uint8_t stream[MOST * 4 + SLACK] = {0};
    for (size_t i = 0; i < count; i++) values[i] = random_below(width);
    uint32_t limit = random_below(width) & INT32_MAX;
    bitpack_put(stream, values, count, width);
    memset(stream + bitpack_bytes(count, width), 0, SLACK);
    for (size_t i = 0; i < count; i++) below += values[i] < limit;
    ck_assert_uint_eq(bitpack_count_below(stream, width, count, limit), below);
}

START_TEST(sums_start_at_any_value_at_every_width_and_level)
{
    at_every_level(check_sums);
}
END_TEST

START_TEST(values_below_a_limit_are_counted_at_every_width_count_and_level)
{
    at_every_level(check_count_below);
}
END_TEST

START_TEST(values_survive_a_round_trip_at_every_width_count_and_level)
{
    at_every_level(check_values);
}
END_TEST

START_TEST(deltas_become_docids_at_every_width_count_and_level)
{
    at_every_level(check_deltas);
}
END_TEST

START_TEST(a_stream_takes_only_the_bytes_of_its_bits)
{
    uint32_t values[] = {5, 2, 7};
    uint8_t stream[4] = {0xee, 0xee, 0xee, 0xee};
    bitpack_put(stream, values, 3, 3);
    ck_assert_uint_eq(bitpack_bytes(3, 3), 2);
    ck_assert_mem_eq(stream, "\xd5\x01\xee\xee", 4);
}
END_TEST

START_TEST(a_width_is_the_smallest_legal_one)
{
    ck_assert_uint_eq(bit_width(0), 0);
    ck_assert_uint_eq(bit_width(1), 1);
    ck_assert_uint_eq(bit_width((1u << 25) - 1), 25);
    ck_assert_uint_eq(bit_width(1u << 25), 32);
    ck_assert_uint_eq(bit_width(UINT32_MAX), 32);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bitpack");
    TCase *tests = tcase_create("bitpack");
    tcase_add_test(tests,
                   values_survive_a_round_trip_at_every_width_count_and_level);
    tcase_add_test(tests, deltas_become_docids_at_every_width_count_and_level);
    tcase_add_test(tests, sums_start_at_any_value_at_every_width_and_level);
    tcase_add_test(
        tests, values_below_a_limit_are_counted_at_every_width_count_and_level);
    tcase_add_test(tests, a_stream_takes_only_the_bytes_of_its_bits);
    tcase_add_test(tests, a_width_is_the_smallest_legal_one);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
