/* bounds_writer_test.c - tests common/segment/postings/bounds_writer.c against
 * plain sorting and against scores. */
#include "common/segment/postings/bounds_writer.h"

#include "tests/support/check_main.h"
#include "tests/support/files.h"
#include "tests/support/random.h"

enum { MOST = 6000 };

static int compare_descending(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x < y) - (x > y);
}

static uint16_t kth_by_sorting(const float *products, uint32_t count,
                               uint32_t k)
{
    static float sorted[MOST];
    memcpy(sorted, products, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_descending);
    return kth_word(bm25_fraction(1, sorted[k - 1]));
}

/* How many postings, and how many different products among them. */
static const uint32_t shapes[][2] = {
    {1, 1},     {9, 9},     {10, 1},      {11, 5},      {99, 2},
    {100, 100}, {500, 3},   {999, 999},   {1000, 1},    {1001, 1000},
    {2047, 20}, {2048, 20}, {2049, 2049}, {6000, 6000}, {6000, 2}};

START_TEST(kth_best_values_are_those_of_sorting)
{
    static float products[MOST];
    uint32_t count = shapes[_i][0], different = shapes[_i][1];
    for (uint64_t seed = 0; seed < 20; seed++) {
        Random random = {seed};
        for (uint32_t i = 0; i < count; i++) {
            products[i] = (float)(1 + random_below(&random, different)) /
                          (float)different;
        }
        TermFacts facts = {0};
        find_strongest(products, count, &facts);
        ck_assert_uint_eq(
            facts.kth_count,
            (uint32_t)((count >= 10) + (count >= 100) + (count >= 1000)));
        for (uint32_t level = 0; level < facts.kth_count; level++) {
            ck_assert_uint_eq(
                facts.kth[level],
                kth_by_sorting(products, count, kth_levels[level]));
        }
        float most = greatest_product(products, count);
        ck_assert_uint_eq(facts.max, bound_word(bm25_fraction(1, most)));
    }
}
END_TEST

START_TEST(descending_and_ascending_lists_are_treated_alike)
{
    static float up[MOST], down[MOST];
    for (uint32_t i = 0; i < MOST; i++) {
        up[i] = (float)(i + 1);
        down[MOST - 1 - i] = (float)(i + 1);
    }
    TermFacts a = {0}, b = {0};
    find_strongest(up, MOST, &a);
    find_strongest(down, MOST, &b);
    ck_assert_mem_eq(a.kth, b.kth, sizeof a.kth);
    ck_assert_uint_eq(a.max, b.max);
}
END_TEST

/* 5,000 documents: 79 ranges, 2 windows; the first posting in each range. */
START_TEST(no_range_is_below_a_posting_in_it)
{
    enum { COUNT = 5000 };
    static uint8_t codes[COUNT];
    static uint32_t docids[COUNT], tfs[COUNT];
    static float products[COUNT];
    static uint8_t bytes[256];
    Random random = {3};
    DocumentNorms norms = {.codes = codes, .count = COUNT};
    bm25_init(&norms.bm25, 0.9f, 0.4f, COUNT * 30, COUNT);
    uint32_t df = 0;
    for (uint32_t d = 0; d < COUNT; d++) {
        codes[d] = norm_encode((uint32_t)random_between(&random, 1, 400));
        if (d / 64 % 10 == 3 || !random_chance(&random, 0.2)) continue;
        docids[df] = d;
        tfs[df++] = (uint32_t)random_between(&random, 1, 40);
    }
    TermPostings list = {docids, tfs, df};
    posting_products(&list, &norms, products);
    BoundsWriter writer;
    TermFacts facts = {0};
    Error error;
    ListLimits limits = default_limits;
    bounds_writer_init(&writer, ".", 1 << 20);
    spool_put(&writer.bounds, "another term", 12);
    spool_align(&writer.bounds, 64);
    bounds_writer_put(&writer, &list, products, COUNT, &limits, &facts);
    ck_assert_int_eq(bounds_writer_check(&writer, &error), OK);
    ck_assert(facts.has_bounds);
    ck_assert_uint_eq(facts.bounds_offset, 64);
    ck_assert_uint_eq(spool_size(&writer.bounds), 64 + 128 + 64);
    ck_assert_int_eq(
        spool_read(&writer.bounds, facts.bounds_offset, bytes, 192, &error),
        OK);
    uint8_t expected[192] = {0};
    for (uint32_t i = 0; i < df; i++) {
        float inverse = norms.bm25.inverse[codes[docids[i]]];
        uint8_t bound = bound_byte(bm25_fraction(tfs[i], inverse));
        uint8_t *range = &expected[docids[i] / 64];
        uint8_t *window = &expected[128 + docids[i] / 4096];
        if (bound > *range) *range = bound;
        if (bound > *window) *window = bound;
    }
    ck_assert_mem_eq(bytes, expected, 192);
    bounds_writer_release(&writer);
}
END_TEST

START_TEST(rare_terms_have_no_bounds)
{
    uint32_t docids[] = {1, 2}, tfs[] = {1, 1};
    float products[] = {1, 1};
    TermPostings list = {docids, tfs, 2};
    BoundsWriter writer;
    TermFacts facts = {0};
    ListLimits limits = {16, 64, 1, 4, 0};
    bounds_writer_init(&writer, ".", 1 << 20);
    bounds_writer_put(&writer, &list, products, 129, &limits, &facts);
    ck_assert(!facts.has_bounds);
    bounds_writer_put(&writer, &list, products, 128, &limits, &facts);
    ck_assert(facts.has_bounds);
    limits.short_limit = 2;
    bounds_writer_put(&writer, &list, products, 128, &limits, &facts);
    ck_assert(!facts.has_bounds);
    bounds_writer_release(&writer);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bounds_writer");
    TCase *tests = tcase_create("bounds_writer");
    tcase_add_loop_test(tests, kth_best_values_are_those_of_sorting, 0,
                        sizeof shapes / sizeof *shapes);
    tcase_add_test(tests, descending_and_ascending_lists_are_treated_alike);
    tcase_add_test(tests, no_range_is_below_a_posting_in_it);
    tcase_add_test(tests, rare_terms_have_no_bounds);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
