/* positions_writer_test.c - tests common/segment/positions/positions_writer.c
 * by reading what it wrote as FORMAT.md describes it. */
#include "common/segment/positions/positions_writer.h"

#include "common/base/bytes.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"
#include "tests/support/random.h"

#include <stdlib.h>

enum { MOST_POSTINGS = 400, MOST_VALUES = 40000, SLACK = 64 };

typedef struct Values {
    uint32_t df;
    uint32_t tfs[MOST_POSTINGS];
    uint32_t values[MOST_VALUES];
    size_t count;
} Values;

/* Most values are small; every twentieth is not. */
static void make_values(Values *out, uint32_t df, uint32_t most_tf)
{
    Random random = {df + most_tf};
    *out = (Values){.df = df};
    for (uint32_t i = 0; i < df; i++) {
        out->tfs[i] = (uint32_t)random_between(&random, 1, most_tf);
        for (uint32_t j = 0; j < out->tfs[i]; j++)
            out->values[out->count++] = (uint32_t)random_below(
                &random, random_below(&random, 20) ? 1000 : 1u << 20);
    }
}

static void add_all(PositionsWriter *writer, const Values *values)
{
    PostingBatch batch = {0};
    size_t at = 0;
    for (uint32_t first = 0; first < values->df; first += BLOCK_POSTINGS) {
        batch.count = values->df - first;
        if (batch.count > BLOCK_POSTINGS) batch.count = BLOCK_POSTINGS;
        memcpy(batch.tfs, values->tfs + first, batch.count * sizeof *batch.tfs);
        batch.position_count = 0;
        for (uint32_t i = 0; i < batch.count; i++)
            batch.position_count += batch.tfs[i];
        while (batch.position_capacity < batch.position_count)
            ck_assert(posting_batch_grow(&batch));
        memcpy(batch.positions, values->values + at,
               batch.position_count * sizeof *batch.positions);
        at += batch.position_count;
        positions_writer_add(writer, &batch);
    }
    posting_batch_release(&batch);
}

/* The bytes of the section behind `offset`, with slack. */
static uint8_t *written(const PositionsWriter *writer, uint64_t offset)
{
    Error error;
    size_t size = (size_t)(spool_size(&writer->positions) - offset);
    uint8_t *bytes = calloc(1, size + SLACK);
    ck_assert_int_eq(positions_writer_check(writer, &error), OK);
    ck_assert_int_eq(
        spool_read(&writer->positions, offset, bytes, size, &error), OK);
    return bytes;
}

/* Value i of a stream. */
static uint64_t value_of(const uint8_t *stream, uint32_t width, size_t i)
{
    uint64_t value = 0;
    for (size_t bit = 0; bit < width; bit++) {
        size_t at = i * width + bit;
        value |= (uint64_t)(stream[at / 8] >> at % 8 & 1) << bit;
    }
    return value;
}

static size_t stream_bytes(size_t count, uint32_t width)
{
    return (count * width + 7) / 8;
}

static uint32_t bits_of(uint64_t value)
{
    uint32_t bits = 0;
    for (; value; value >>= 1) bits++;
    return bits;
}

/* Compares a run with its values; returns its bytes. */
static size_t check_run(const uint8_t *run, uint32_t header,
                        const uint32_t *values, size_t count)
{
    uint32_t low_bits = header & 31, high_bits = header >> 5 & 31;
    uint32_t exceptions = header >> 10, exception = 0;
    uint32_t index_bits = count > 1 ? bits_of(count - 1) : 0;
    if (low_bits == 26) low_bits = 32;
    const uint8_t *indexes = run + stream_bytes(count, low_bits);
    const uint8_t *highs = indexes + stream_bytes(exceptions, index_bits);
    for (size_t i = 0; i < count; i++) {
        uint64_t value = value_of(run, low_bits, i);
        if (exception < exceptions &&
            value_of(indexes, index_bits, exception) == i) {
            uint64_t high = value_of(highs, high_bits, exception++);
            ck_assert_uint_gt(high, 0);
            value |= high << low_bits;
        }
        ck_assert_uint_eq(value, values[i]);
    }
    ck_assert_uint_eq(exception, exceptions);
    return (size_t)(highs - run) + stream_bytes(exceptions, high_bits);
}

/* Compares a group of `df` postings with its values; returns its bytes. */
static size_t check_group(const uint8_t *group, const uint32_t *tfs,
                          uint32_t df, const uint32_t *values)
{
    uint32_t runs = (df + 31) / 32;
    const uint8_t *starts = group + 2 * (size_t)runs;
    const uint8_t *first = starts + 2 * (size_t)(runs - 1), *at = first;
    for (uint32_t run = 0; run < runs; run++) {
        size_t start = (size_t)(at - first) < 65535 ? (size_t)(at - first)
                                                    : 65535;
        if (run)
            ck_assert_uint_eq(get_u16le(starts + 2 * (size_t)(run - 1)), start);
        size_t count = 0;
        for (uint32_t i = 32 * run; i < df && i < 32 * run + 32; i++)
            count += tfs[i];
        at += check_run(at, get_u16le(group + 2 * (size_t)run), values, count);
        values += count;
    }
    return (size_t)(at - group);
}

START_TEST(few_positions_of_one_posting_go_to_the_record)
{
    static Values values;
    PositionsWriter writer;
    positions_writer_init(&writer, ".", 1 << 20);
    TermFacts facts = {.kind = POSTINGS_INLINE};
    values = (Values){.df = 1, .tfs = {4}, .values = {9, 8, 7, 6}, .count = 4};
    add_all(&writer, &values);
    positions_writer_end_term(&writer, &facts);
    ck_assert(facts.has_positions);
    ck_assert_mem_eq(facts.positions, values.values, 4 * sizeof(uint32_t));
    ck_assert_uint_eq(spool_size(&writer.positions), 0);
    positions_writer_release(&writer);
}
END_TEST

START_TEST(short_lists_are_one_group)
{
    static Values values;
    PositionsWriter writer;
    positions_writer_init(&writer, ".", 1 << 20);
    spool_put(&writer.positions, "abc", 3);
    static const uint32_t dfs[] = {1, 2, 128};
    for (int i = 0; i < 3; i++) {
        TermFacts facts = {.kind = dfs[i] == 1 ? POSTINGS_INLINE
                                               : POSTINGS_SHORT};
        make_values(&values, dfs[i], 50);
        if (i == 0) values.count = values.tfs[0] = 5;
        uint64_t before = spool_size(&writer.positions);
        add_all(&writer, &values);
        positions_writer_end_term(&writer, &facts);
        ck_assert_uint_eq(facts.positions_offset, before);
        uint8_t *bytes = written(&writer, before);
        size_t size = check_group(bytes, values.tfs, values.df, values.values);
        ck_assert_uint_eq(spool_size(&writer.positions), before + size);
        free(bytes);
    }
    positions_writer_release(&writer);
}
END_TEST

/* A list may be of groups and yet have only one, if short_limit is small. */
static const uint32_t group_dfs[] = {2, 31, 32, 128, 129, 256, 400};

START_TEST(groups_have_offsets)
{
    static Values values;
    uint32_t df = group_dfs[_i];
    PositionsWriter writer;
    positions_writer_init(&writer, ".", 1 << 20);
    spool_put(&writer.positions, "abc", 3);
    TermFacts facts = {.kind = POSTINGS_BLOCKS};
    make_values(&values, df, 90);
    add_all(&writer, &values);
    positions_writer_end_term(&writer, &facts);
    ck_assert_uint_eq(facts.positions_offset, 4);
    uint8_t *bytes = written(&writer, 4);
    size_t at = 0; /* in the values */
    for (uint32_t first = 0; first < df; first += 128) {
        const uint8_t *group = bytes +
                               4 * (size_t)get_u32le(bytes + first / 128 * 4);
        uint32_t postings = df - first < 128 ? df - first : 128;
        check_group(group, values.tfs + first, postings, values.values + at);
        size_t count = 0;
        for (uint32_t i = 0; i < postings; i++) count += values.tfs[first + i];
        at += count;
    }
    ck_assert_uint_eq(at, values.count);
    ck_assert_uint_eq(spool_size(&writer.positions) % 4, 0);
    free(bytes);
    positions_writer_release(&writer);
}
END_TEST

START_TEST(a_term_does_not_depend_on_the_one_before)
{
    static Values values;
    PositionsWriter writer;
    positions_writer_init(&writer, ".", 1 << 20);
    TermFacts many = {.kind = POSTINGS_BITMAP}, few = {.kind = POSTINGS_BLOCKS};
    make_values(&values, 300, 5);
    add_all(&writer, &values);
    positions_writer_end_term(&writer, &many);
    make_values(&values, 3, 5);
    add_all(&writer, &values);
    positions_writer_end_term(&writer, &few);
    uint8_t *bytes = written(&writer, few.positions_offset);
    ck_assert_uint_eq(get_u32le(bytes), 1);
    check_group(bytes + 4, values.tfs, values.df, values.values);
    free(bytes);
    positions_writer_release(&writer);
}
END_TEST

/* More than wait until their term is over. */
START_TEST(a_short_list_of_very_many_positions_is_one_group)
{
    enum { DF = 100, TF = 1000, COUNT = DF * TF };
    PositionsWriter writer;
    PostingBatch batch = {.count = DF, .position_count = COUNT};
    TermFacts facts = {.kind = POSTINGS_SHORT};
    positions_writer_init(&writer, ".", 1 << 20);
    spool_put(&writer.positions, "abc", 3);
    while (batch.position_capacity < COUNT)
        ck_assert(posting_batch_grow(&batch));
    for (size_t i = 0; i < DF; i++) batch.tfs[i] = TF;
    for (uint32_t i = 0; i < COUNT; i++) batch.positions[i] = i % 777;
    positions_writer_add(&writer, &batch);
    positions_writer_end_term(&writer, &facts);
    ck_assert_uint_eq(facts.positions_offset, 3);
    uint8_t *bytes = written(&writer, 3);
    size_t size = check_group(bytes, batch.tfs, DF, batch.positions);
    ck_assert_uint_eq(spool_size(&writer.positions), 3 + size);
    free(bytes);
    posting_batch_release(&batch);
    positions_writer_release(&writer);
}
END_TEST

/* Writes one posting of `count` values; returns its run's header. */
static uint32_t header_of(const uint32_t *values, size_t count)
{
    static Values one;
    PositionsWriter writer;
    TermFacts facts = {.kind = POSTINGS_SHORT};
    positions_writer_init(&writer, ".", 1 << 20);
    one = (Values){.df = 1, .tfs = {(uint32_t)count}, .count = count};
    memcpy(one.values, values, count * sizeof *values);
    add_all(&writer, &one);
    positions_writer_end_term(&writer, &facts);
    uint8_t *bytes = written(&writer, 0);
    check_group(bytes, one.tfs, 1, values);
    uint32_t header = get_u16le(bytes);
    free(bytes);
    positions_writer_release(&writer);
    return header;
}

START_TEST(a_few_large_values_are_exceptions)
{
    static uint32_t values[1000];
    for (size_t i = 0; i < 1000; i++) values[i] = (uint32_t)i % 8;
    ck_assert_uint_eq(header_of(values, 1000), 3);
    values[500] = 7 + (77 << 3);
    ck_assert_uint_eq(header_of(values, 1000), 3 | 7 << 5 | 1 << 10);
    for (size_t i = 0; i < 63; i++) values[10 * i] = 1 << 9;
    values[500] = 1 << 9;
    ck_assert_uint_eq(header_of(values, 1000), 3 | 7 << 5 | 63 << 10);
    values[999] = 1 << 9; /* the 64th */
    ck_assert_uint_eq(header_of(values, 1000), 10);
}
END_TEST

START_TEST(the_largest_positions_are_kept)
{
    uint32_t most = (1u << 31) - 2;
    uint32_t values[] = {most, 0, 1, most, 1u << 26, 3};
    ck_assert_uint_eq(header_of(values, 1), 26);
    header_of(values, 4);
    header_of(values, 6);
    static uint32_t many[300];
    many[7] = most;
    many[9] = 1u << 25;
    ck_assert_uint_eq(header_of(many, 300) >> 10, 2);
}
END_TEST

static size_t memory_of(const PositionsWriter *writer)
{
    return spool_memory(&writer->positions) + spool_memory(&writer->aside) +
           writer->groups.capacity;
}

/* 3,000 groups of 16 kB each: 48 MB, of which 4 MB may be in memory. */
START_TEST(all_positions_of_one_term_take_no_more_memory_than_allowed)
{
    enum { GROUPS = 3000, TF = 63, LIMIT = 4 << 20, WIDTH = 16 };
    Scratch scratch = scratch_new();
    PositionsWriter writer;
    PostingBatch batch = {.count = BLOCK_POSTINGS};
    TermFacts facts = {.kind = POSTINGS_BLOCKS};
    Error error;
    size_t most = 0, count = (size_t)BLOCK_POSTINGS * TF;
    positions_writer_init(&writer, scratch.path, LIMIT);
    batch.position_count = count;
    while (batch.position_capacity < count)
        ck_assert(posting_batch_grow(&batch));
    for (size_t i = 0; i < BLOCK_POSTINGS; i++) batch.tfs[i] = TF;
    for (uint32_t group = 0; group < GROUPS; group++) {
        for (size_t i = 0; i < count; i++)
            batch.positions[i] = 0x8000 | ((group + (uint32_t)i) & 0x7fff);
        positions_writer_add(&writer, &batch);
        if (memory_of(&writer) > most) most = memory_of(&writer);
    }
    positions_writer_end_term(&writer, &facts);
    ck_assert_int_eq(positions_writer_check(&writer, &error), OK);
    ck_assert_uint_gt(spool_size(&writer.positions), 10 * LIMIT);
    ck_assert_uint_lt(most, 2 * LIMIT);
    ck_assert_uint_lt(memory_of(&writer), 2 * LIMIT);
    uint8_t *bytes = written(&writer, facts.positions_offset);
    for (uint32_t group = 0; group < GROUPS; group += 499) {
        const uint8_t *at = bytes + 4 * (size_t)get_u32le(bytes + 4 * group);
        ck_assert_uint_eq(get_u16le(at), WIDTH);
        ck_assert_uint_eq(value_of(at + 14, WIDTH, 0),
                          0x8000 | (group & 0x7fff));
        ck_assert_uint_eq(value_of(at + 14, WIDTH, 1),
                          0x8000 | ((group + 1) & 0x7fff));
    }
    free(bytes);
    positions_writer_release(&writer);
    posting_batch_release(&batch);
    scratch_remove(&scratch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("positions_writer");
    TCase *tests = tcase_create("positions_writer");
    tcase_add_test(tests, few_positions_of_one_posting_go_to_the_record);
    tcase_add_test(tests, short_lists_are_one_group);
    tcase_add_test(tests, a_few_large_values_are_exceptions);
    tcase_add_test(tests, the_largest_positions_are_kept);
    tcase_add_loop_test(tests, groups_have_offsets, 0,
                        sizeof group_dfs / sizeof *group_dfs);
    tcase_add_test(tests, a_term_does_not_depend_on_the_one_before);
    tcase_add_test(tests, a_short_list_of_very_many_positions_is_one_group);
    tcase_add_test(tests,
                   all_positions_of_one_term_take_no_more_memory_than_allowed);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
