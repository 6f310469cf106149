/* merge_policy_test.c - which segments are merged, and what that costs over
 * many additions. */
#include "indexer/merge/merge_policy.h"

#include "tests/support/check_main.h"
#include "tests/support/random.h"

#include <math.h>
#include <string.h>

enum { MAX_SEGMENTS = 64 };

/* An index that only has sizes. */
typedef struct Model {
    SegmentSize sizes[MAX_SEGMENTS];
    size_t count, most;
    double added, rewritten; /* bytes */
} Model;

static void merge_once(Model *model, size_t first, size_t merged)
{
    SegmentSize sum = {0};
    for (size_t i = first; i < first + merged; i++) {
        const SegmentSize *size = &model->sizes[i];
        double live = 1 - (double)size->removed / (double)size->documents;
        sum.bytes += (uint64_t)((double)size->bytes * live);
        sum.documents += size->documents - size->removed;
    }
    model->rewritten += (double)sum.bytes;
    model->sizes[first] = sum;
    memmove(model->sizes + first + 1, model->sizes + first + merged,
            (model->count - first - merged) * sizeof *model->sizes);
    model->count -= merged - 1;
}

static void settle(Model *model)
{
    size_t first, merged, steps = 0;
    while (merge_policy_choose(model->sizes, model->count, &first, &merged)) {
        ck_assert_uint_gt(merged, 0);
        ck_assert_uint_le(first + merged, model->count);
        merge_once(model, first, merged);
        ck_assert_uint_le(++steps, MAX_SEGMENTS);
    }
    size_t most = merge_policy_max_segments(model->sizes, model->count);
    ck_assert_uint_le(model->count, most);
    if (model->count > model->most) model->most = model->count;
}

static void add(Model *model, uint64_t bytes)
{
    ck_assert_uint_lt(model->count, MAX_SEGMENTS);
    model->sizes[model->count++] = (SegmentSize){bytes, 1000, 0};
    model->added += (double)bytes;
    settle(model);
}

static double amplification(const Model *model)
{
    return model->rewritten / model->added;
}

START_TEST(equal_additions_rewrite_each_byte_a_few_times)
{
    Model model = {0};
    for (int i = 0; i < 1237; i++) add(&model, 360000);
    ck_assert_uint_le(model.most, 8);
    ck_assert_double_lt(amplification(&model), 4.5);
}
END_TEST

START_TEST(a_hundred_thousand_small_additions_cost_n_log_n)
{
    Model model = {0};
    for (int i = 0; i < 100000; i++) add(&model, 6000);
    ck_assert_uint_le(model.most, 8);
    ck_assert_double_lt(amplification(&model), log2(100000));
}
END_TEST

START_TEST(large_and_small_additions_in_turns_cost_no_more)
{
    Model model = {0};
    for (int i = 0; i < 600; i++) add(&model, i % 2 ? 6000 : 50000000);
    ck_assert_double_lt(amplification(&model), log2(600));
}
END_TEST

START_TEST(a_large_segment_is_left_alone_by_small_additions)
{
    Model model = {0};
    add(&model, 450000000);
    double before = model.rewritten;
    for (int i = 0; i < 20000; i++) add(&model, 6000);
    ck_assert_double_lt(model.rewritten - before, 20000.0 * 6000 * 14);
    ck_assert_uint_ge(model.sizes[0].bytes, 450000000);
}
END_TEST

START_TEST(random_additions_keep_the_bounds)
{
    Random random = {(uint64_t)_i + 1};
    Model model = {0};
    for (int i = 0; i < 2000; i++)
        add(&model,
            5000 + (uint64_t)pow(10, 8.0 * (double)random_below(&random, 1000) /
                                         1000));
    ck_assert_double_lt(amplification(&model), 11);
}
END_TEST

START_TEST(nothing_is_merged_while_there_are_few_segments)
{
    SegmentSize sizes[4] = {{100, 10, 1}, {100, 10, 0}, {1, 1, 0}, {1, 1, 0}};
    size_t first, merged;
    ck_assert(!merge_policy_choose(sizes, 4, &first, &merged));
    ck_assert_uint_eq(merged, 0);
    ck_assert(!merge_policy_choose(NULL, 0, &first, &merged));
}
END_TEST

START_TEST(a_segment_with_more_than_a_tenth_removed_is_rewritten)
{
    SegmentSize sizes[4] = {
        {100, 10, 1}, {1000, 100, 11}, {1000, 100, 100}, {1, 1, 0}};
    size_t first, merged;
    ck_assert(merge_policy_choose(sizes, 4, &first, &merged));
    ck_assert_uint_eq(first, 1);
    ck_assert_uint_eq(merged, 2);
}
END_TEST

START_TEST(a_given_number_of_segments_is_reached_with_the_fewest_bytes)
{
    SegmentSize sizes[5] = {
        {900, 9, 0}, {50, 5, 0}, {60, 6, 0}, {70, 7, 0}, {800, 8, 0}};
    size_t first, merged;
    ck_assert(merge_policy_reduce(sizes, 5, 3, &first, &merged));
    ck_assert_uint_eq(first, 1);
    ck_assert_uint_eq(merged, 3);
    ck_assert(merge_policy_reduce(sizes, 5, 1, &first, &merged));
    ck_assert_uint_eq(first, 0);
    ck_assert_uint_eq(merged, 5);
    ck_assert(!merge_policy_reduce(sizes, 5, 5, &first, &merged));
}
END_TEST

static Suite *merge_policy_suite(void)
{
    Suite *suite = suite_create("merge_policy");
    TCase *tests = tcase_create("merge_policy");
    tcase_add_test(tests, equal_additions_rewrite_each_byte_a_few_times);
    tcase_add_test(tests, a_hundred_thousand_small_additions_cost_n_log_n);
    tcase_add_test(tests, large_and_small_additions_in_turns_cost_no_more);
    tcase_add_test(tests, a_large_segment_is_left_alone_by_small_additions);
    tcase_add_loop_test(tests, random_additions_keep_the_bounds, 0, 10);
    tcase_add_test(tests, nothing_is_merged_while_there_are_few_segments);
    tcase_add_test(tests,
                   a_segment_with_more_than_a_tenth_removed_is_rewritten);
    tcase_add_test(tests,
                   a_given_number_of_segments_is_reached_with_the_fewest_bytes);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return check_main(merge_policy_suite());
}
