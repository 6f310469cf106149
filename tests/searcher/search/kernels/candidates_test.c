/* candidates_test.c - tests searcher/search/kernels/candidates*.c: every level
 * of the CPU takes, drops and completes the candidates of the reference.
 */
#include "searcher/search/kernels/candidates.h"

#include "searcher/search/kernels/range_kernels.h"
#include "tests/support/check_main.h"
#include "tests/support/cpu_levels.h"
#include "tests/support/random.h"

#include <string.h>

enum { TRIALS = 200, BITMAP_WORDS = 2 * WINDOW_RANGES, SLACK = 64 };

static const RangeKernels *const scalar = &range_kernels_scalar;

/* Candidates with room of their own. */
typedef struct Room {
    uint32_t docids[CANDIDATE_ROOM];
    double sums[CANDIDATE_ROOM];
} Room;

static Candidates candidates_in(Room *room)
{
    return (Candidates){.docids = room->docids, .sums = room->sums};
}

static double any_sum(Random *random)
{
    return random_chance(random, 0.6) ? 0.0
                                      : (double)random_below(random, 1000) / 64;
}

static void fill_rests(Random *random, float *rests)
{
    for (int i = 0; i < WINDOW_RANGES; i++) {
        rests[i] = (float)random_below(random, 300) / 32.0f;
    }
}

static void fill_candidates(Random *random, Candidates *candidates)
{
    double share = (double)random_below(random, 100) / 99.0;
    candidates->count = 0;
    for (uint32_t at = 0; at < WINDOW_DOCUMENTS; at++) {
        if (!random_chance(random, share * share)) continue;
        candidates->docids[candidates->count] = WINDOW_DOCUMENTS + at;
        candidates->sums[candidates->count++] = any_sum(random);
    }
}

static void copy_candidates(Candidates *to, const Candidates *from)
{
    to->count = from->count;
    memcpy(to->docids, from->docids, from->count * sizeof *to->docids);
    memcpy(to->sums, from->sums, from->count * sizeof *to->sums);
}

static void compare(const Candidates *got, const Candidates *expected)
{
    ck_assert_uint_eq(got->count, expected->count);
    ck_assert_mem_eq(got->docids, expected->docids,
                     expected->count * sizeof *got->docids);
    ck_assert_mem_eq(got->sums, expected->sums,
                     expected->count * sizeof *got->sums);
}

typedef void Trial(Random *random, const RangeKernels *kernels);

static void at_every_level(Trial *trial)
{
    CpuLevel best = cpu_level();
    for (int level = CPU_SCALAR; take_cpu_level(&level, best); level++) {
        Random random = {(uint64_t)level};
        for (int i = 0; i < TRIALS; i++) trial(&random, range_kernels());
    }
}

static void try_taking(Random *random, const RangeKernels *kernels)
{
    static double sums[WINDOW_DOCUMENTS], copy[WINDOW_DOCUMENTS];
    static Room rooms[2];
    float rests[WINDOW_RANGES];
    fill_rests(random, rests);
    uint64_t touched = random_next(random) | random_next(random);
    for (uint32_t i = 0; i < WINDOW_DOCUMENTS; i++) {
        bool is_touched = touched >> (i / RANGE_DOCUMENTS) & 1;
        copy[i] = sums[i] = is_touched ? any_sum(random) : 0.0;
    }
    Candidates expected = candidates_in(&rooms[0]);
    Candidates got = candidates_in(&rooms[1]);
    WindowSums window = {sums, rests, touched, 3 * WINDOW_DOCUMENTS};
    double needed = (double)random_below(random, 20) + 0.5;
    scalar->take(&expected, &window, needed);
    window.sums = copy;
    kernels->take(&got, &window, needed);
    compare(&got, &expected);
    for (uint32_t i = 0; i < WINDOW_DOCUMENTS; i++) {
        ck_assert(copy[i] == 0.0);
    }
}

static void try_dropping(Random *random, const RangeKernels *kernels)
{
    static Room rooms[2];
    float rests[WINDOW_RANGES];
    fill_rests(random, rests);
    Candidates expected = candidates_in(&rooms[0]);
    Candidates got = candidates_in(&rooms[1]);
    fill_candidates(random, &expected);
    copy_candidates(&got, &expected);
    double needed = (double)random_below(random, 25);
    scalar->drop(&expected, rests, needed);
    kernels->drop(&got, rests, needed);
    compare(&got, &expected);
}

/* A bitmap list over two windows; about every fourth tf is an exception. */
typedef struct Bitmap {
    uint64_t bits[BITMAP_WORDS];
    uint32_t ranks[BITMAP_WORDS / 8];
    uint8_t tfs[BITMAP_WORDS * 64 + SLACK], norms[BITMAP_WORDS * 64 + SLACK];
    float inverse[NORM_CODES];
} Bitmap;

static void fill_bitmap(Random *random, Bitmap *bitmap)
{
    uint32_t rank = 0;
    for (int i = 0; i < BITMAP_WORDS; i++) {
        if (i % 8 == 0) bitmap->ranks[i / 8] = rank;
        bitmap->bits[i] = random_next(random);
        if (random_chance(random, 0.5)) bitmap->bits[i] &= random_next(random);
        rank += (uint32_t)__builtin_popcountll(bitmap->bits[i]);
    }
    for (size_t i = 0; i < sizeof bitmap->tfs; i++) {
        uint32_t tf = (uint32_t)random_below(random, 256);
        bitmap->tfs[i] = (uint8_t)(random_chance(random, 0.25) ? 0xff : tf);
        bitmap->norms[i] = (uint8_t)random_next(random);
    }
    for (int i = 0; i < NORM_CODES; i++) {
        bitmap->inverse[i] = 1.0f / (float)(i + 1);
    }
}

static void try_looking_up(Random *random, const RangeKernels *kernels)
{
    static Bitmap bitmap;
    static Room rooms[2];
    static uint32_t exceptions[2][CANDIDATE_ROOM];
    fill_bitmap(random, &bitmap);
    Postings list = {.kind = POSTINGS_BITMAP,
                     .bits = bitmap.bits,
                     .ranks = bitmap.ranks,
                     .tf_stream = bitmap.tfs,
                     .tf_bits = random_chance(random, 0.5) ? 4 : 8};
    BitmapList looked_up = {&list, bitmap.norms, bitmap.inverse, 2.75f};
    Candidates expected = candidates_in(&rooms[0]);
    Candidates got = candidates_in(&rooms[1]);
    fill_candidates(random, &expected);
    copy_candidates(&got, &expected);
    size_t count = scalar->look_up(&expected, &looked_up, exceptions[0]);
    ck_assert_uint_eq(kernels->look_up(&got, &looked_up, exceptions[1]), count);
    ck_assert_mem_eq(exceptions[1], exceptions[0], count * sizeof(uint32_t));
    compare(&got, &expected);
}

START_TEST(candidates_are_taken_alike_and_sums_cleared)
{
    at_every_level(try_taking);
}
END_TEST

START_TEST(candidates_are_dropped_alike)
{
    at_every_level(try_dropping);
}
END_TEST

START_TEST(candidates_are_looked_up_alike)
{
    at_every_level(try_looking_up);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("candidates");
    TCase *tests = tcase_create("candidates");
    tcase_add_test(tests, candidates_are_taken_alike_and_sums_cleared);
    tcase_add_test(tests, candidates_are_dropped_alike);
    tcase_add_test(tests, candidates_are_looked_up_alike);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
