/* range_kernels_test.c - tests searcher/search/kernels/range_kernels*.c: every
 * level of the CPU gives the bits of the reference.
 *
 * Each trial fills arrays with random numbers, runs a kernel of the reference
 * and the one under test on copies, and compares the bytes. Arrays are exactly
 * as large as range_kernels.h promises and end where memory ends: a step
 * beyond ends the test.
 */
#include "searcher/search/kernels/range_kernels.h"

#include "tests/support/check_main.h"
#include "tests/support/cpu_levels.h"
#include "tests/support/random.h"

#include <string.h>
#include <sys/mman.h>

enum { RANGE = 64, MOST = 300, MANY = 20011, LIST_SLACK = 64, NORMS = 256 };

/* A pool of slots, each with memory that cannot be touched after it: GUARD
 * is a multiple of every page size. */
enum { SLOTS = 8, GUARD = 1 << 16, ROOM = 1 << 18, SLOT = ROOM + GUARD };

static const RangeKernels *const scalar = &range_kernels_scalar;

typedef struct Trial {
    Random random;
    const RangeKernels *kernels; /* under test */
    uint8_t *pool;
    size_t taken; /* slots */
} Trial;

static size_t round_up(size_t count, size_t step)
{
    return (count + step - 1) / step * step;
}

static uint8_t *make_pool(void)
{
    uint8_t *pool = mmap(NULL, SLOTS * SLOT, PROT_NONE,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ck_assert(pool != MAP_FAILED);
    for (int i = 0; i < SLOTS; i++) {
        ck_assert_int_eq(
            mprotect(pool + i * SLOT, ROOM, PROT_READ | PROT_WRITE), 0);
    }
    return pool;
}

/* Until the trial ends; aligned as `size` is. */
static void *take(Trial *trial, size_t size)
{
    ck_assert_uint_lt(trial->taken, SLOTS);
    ck_assert_uint_lt(size, ROOM);
    return trial->pool + trial->taken++ * SLOT + ROOM - size;
}

static void *take_copy(Trial *trial, const void *bytes, size_t size)
{
    return memcpy(take(trial, size), bytes, size);
}

/* Runs `check` with counts from 1 to MOST and with MANY at every level that
 * this machine has. */
static void at_every_level(void (*check)(Trial *trial, size_t count))
{
    CpuLevel best = cpu_level();
    for (int level = CPU_SCALAR; take_cpu_level(&level, best); level++) {
        Trial trial = {.random = {(uint64_t)level},
                       .kernels = range_kernels(),
                       .pool = make_pool()};
        for (size_t count = 1; count <= MOST; count++) {
            check(&trial, count);
            trial.taken = 0;
        }
        check(&trial, MANY);
        munmap(trial.pool, SLOTS * SLOT);
    }
}

/* Zero as often as not, otherwise mostly small, sometimes the maximum. */
static uint64_t any_number(Random *random, uint64_t max)
{
    switch (random_below(random, 8)) {
    case 0:
    case 1: return random_below(random, max) + 1;
    case 2: return max;
    case 3: return 1;
    default:
        return random_chance(random, 0.1) ? random_next(random) % (max / 16) + 1
                                          : 0;
    }
}

static uint16_t *take_sums(Trial *trial, size_t count)
{
    size_t room = round_up(count, RANGE);
    uint16_t *sums = take(trial, room * sizeof *sums);
    memset(sums, 0, room * sizeof *sums);
    for (size_t i = 0; i < count; i++) {
        sums[i] = (uint16_t)any_number(&trial->random, UINT16_MAX);
    }
    return sums;
}

static uint8_t *take_bytes(Trial *trial, size_t count)
{
    size_t room = round_up(count, RANGE);
    uint8_t *bytes = take(trial, room);
    memset(bytes, 0, room);
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)any_number(&trial->random, UINT8_MAX);
    }
    return bytes;
}

static uint64_t *take_words(Trial *trial, size_t count)
{
    uint64_t *words = take(trial, count * sizeof *words);
    for (size_t i = 0; i < count; i++) {
        uint64_t word = random_next(&trial->random);
        if (random_chance(&trial->random, 0.3)) word &= word << 9 & word << 21;
        words[i] = word;
    }
    return words;
}

static float any_weight(Random *random)
{
    return (float)(random_below(random, 1u << 24) + 1) * 0x1p-20f;
}

/* The inverse of each norm code: descending, as Bm25 has them. */
static float *take_inverse(Trial *trial)
{
    float *inverse = take(trial, NORMS * sizeof *inverse);
    for (int code = 0; code < NORMS; code++) {
        float length = (float)code + any_weight(&trial->random);
        inverse[code] = 1.0f / (0.3f + length * 0.017f);
    }
    return inverse;
}

typedef void AddBytes(uint16_t *sums, const uint8_t *bytes, size_t count,
                      uint16_t multiplier);

static void check_add(Trial *trial, size_t count, AddBytes *reference,
                      AddBytes *kernel)
{
    size_t size = round_up(count, RANGE) * sizeof(uint16_t);
    uint16_t *expected = take_sums(trial, count);
    uint16_t *sums = take_copy(trial, expected, size);
    const uint8_t *bytes = take_bytes(trial, count);
    uint16_t multiplier = (uint16_t)any_number(&trial->random, UINT16_MAX);
    reference(expected, bytes, count, multiplier);
    kernel(sums, bytes, count, multiplier);
    ck_assert_mem_eq(sums, expected, size);
}

static void check_add_bytes(Trial *trial, size_t count)
{
    check_add(trial, count, scalar->add_bytes, trial->kernels->add_bytes);
}

static void check_require_bytes(Trial *trial, size_t count)
{
    check_add(trial, count, scalar->require_bytes,
              trial->kernels->require_bytes);
}

static void check_prefer_bytes(Trial *trial, size_t count)
{
    check_add(trial, count, scalar->prefer_bytes, trial->kernels->prefer_bytes);
}

static void check_saturation(Trial *trial, size_t count)
{
    const struct {
        uint16_t sum;
        uint8_t byte;
        uint16_t expected;
    } rows[] = {{UINT16_MAX - 1, 255, UINT16_MAX},
                {UINT16_MAX, 1, UINT16_MAX},
                {255, 255, UINT16_MAX},
                {254, 255, UINT16_MAX - 1},
                {0, 255, 255 * UINT16_MAX / 256 + 1}};
    uint16_t *sums = take_sums(trial, RANGE);
    uint8_t *bytes = take_bytes(trial, RANGE);
    size_t at = count % RANGE;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sums[at] = rows[i].sum;
        bytes[at] = rows[i].byte;
        trial->kernels->add_bytes(sums, bytes, RANGE, UINT16_MAX);
        ck_assert_uint_eq(sums[at], rows[i].expected);
    }
}

static void check_select_ranges(Trial *trial, size_t count)
{
    const uint16_t *sums = take_sums(trial, count);
    size_t room = (count + 64) * sizeof(uint32_t);
    uint32_t *expected = take(trial, room), *out = take(trial, room);
    uint16_t min = (uint16_t)random_between(&trial->random, 1, UINT16_MAX);
    if (random_chance(&trial->random, 0.3)) min = sums[0] ? sums[0] : 1;
    size_t found = scalar->select_ranges(sums, count, min, expected);
    ck_assert_uint_eq(trial->kernels->select_ranges(sums, count, min, out),
                      found);
    ck_assert_mem_eq(out, expected, found * sizeof *out);
}

static void check_live_ranges(Trial *trial, size_t count)
{
    const uint16_t *sums = take_sums(trial, RANGE);
    uint16_t min = count % 2 ? sums[count % RANGE]
                             : (uint16_t)random_next(&trial->random);
    ck_assert_uint_eq(trial->kernels->live_ranges(sums, min),
                      scalar->live_ranges(sums, min));
}

static void check_live_bytes(Trial *trial, size_t count)
{
    if (count > MOST) return;
    const uint8_t *bytes = take_bytes(trial, RANGE);
    uint8_t min = (uint8_t)random_between(&trial->random, 1, UINT8_MAX);
    ck_assert_uint_eq(trial->kernels->live_bytes(bytes, min),
                      scalar->live_bytes(bytes, min));
}

static void check_max_byte(Trial *trial, size_t count)
{
    uint8_t *bytes = take_bytes(trial, RANGE);
    /* One alone, so that each slot decides once. */
    if (count % 3) memset(bytes, (int)(count % 200), RANGE);
    bytes[count % RANGE] = (uint8_t)random_next(&trial->random);
    ck_assert_uint_eq(trial->kernels->max_byte(bytes), scalar->max_byte(bytes));
}

static void check_add_weights(Trial *trial, size_t count)
{
    const uint8_t *bytes = take_bytes(trial, RANGE);
    size_t size = RANGE * sizeof(float);
    float *expected = take(trial, size);
    for (int i = 0; i < RANGE; i++) {
        expected[i] = count % 2 ? any_weight(&trial->random) : 0.0f;
    }
    float *sums = take_copy(trial, expected, size);
    float weight = any_weight(&trial->random);
    scalar->add_weights(expected, bytes, weight);
    trial->kernels->add_weights(sums, bytes, weight);
    ck_assert_mem_eq(sums, expected, size);
}

static void check_score(Trial *trial, size_t count)
{
    size_t room = round_up(count, 16);
    uint32_t bits = (uint32_t)random_below(&trial->random, 9);
    uint32_t *tfs = take(trial, room * sizeof *tfs);
    uint32_t *codes = take(trial, room * sizeof *codes);
    float *expected = take(trial, room * sizeof *expected);
    float *scores = take(trial, room * sizeof *scores);
    /* After the count there may be anything. */
    memset(codes, 0x7f, room * sizeof *codes);
    memset(tfs, 0xff, room * sizeof *tfs);
    for (size_t i = 0; i < count; i++) {
        codes[i] = (uint32_t)random_below(&trial->random, 1u << bits);
        tfs[i] = (uint32_t)random_next(&trial->random) >>
                 random_below(&trial->random, 32);
    }
    CodeTable table = {take_inverse(trial) + (bits < 7 ? NORMS - 64 : 0), bits};
    float weight = any_weight(&trial->random);
    scalar->score(tfs, codes, count, &table, weight, expected);
    trial->kernels->score(tfs, codes, count, &table, weight, scores);
    ck_assert_mem_eq(scores, expected, count * sizeof *scores);
}

/* None, all, or a share of the bits. */
static uint64_t some_bits(Random *random, uint64_t bits)
{
    uint64_t mask = random_next(random);
    switch (random_below(random, 6)) {
    case 0: return 0;
    case 1: return bits;
    case 2: return bits & mask;
    case 3: return bits & mask & mask << 7 & mask << 19;
    case 4: return bits & 1ull << mask % RANGE;
    default: return bits & (mask | mask << 7 | mask << 19);
    }
}

/* A stream that ends with the range, and the bytes that may be read after
 * it. Every fourth tf or so is an exception. */
static const uint8_t *take_stream(Trial *trial, uint32_t tf_bits,
                                  uint32_t values)
{
    size_t size = (values * tf_bits + 7) / 8 + LIST_SLACK;
    uint8_t *stream = take(trial, size);
    for (size_t i = 0; i < size; i++) {
        stream[i] = (uint8_t)random_next(&trial->random);
        if (random_chance(&trial->random, 0.25)) stream[i] |= 0xf0;
        if (random_chance(&trial->random, 0.25)) stream[i] |= 0x0f;
    }
    return stream;
}

static void check_bitmap(Trial *trial, size_t count)
{
    Random *random = &trial->random;
    uint64_t bits = some_bits(random, ~0ull);
    uint32_t ordinal = (uint32_t)random_below(random, 2 * count);
    uint32_t values = ordinal + (uint32_t)__builtin_popcountll(bits);
    uint32_t tf_bits = random_chance(random, 0.5) ? 4 : 8;
    uint8_t *norms = take(trial, RANGE);
    for (int i = 0; i < RANGE; i++) norms[i] = (uint8_t)random_next(random);
    BitmapRange range = {.bits = bits,
                         .wanted = some_bits(random, bits),
                         .tfs = take_stream(trial, tf_bits, values),
                         .tf_bits = tf_bits,
                         .ordinal = ordinal,
                         .norms = norms,
                         .inverse = take_inverse(trial),
                         .weight = any_weight(random)};
    double start[RANGE];
    for (int i = 0; i < RANGE; i++) {
        start[i] = i % 3 ? (double)any_weight(random) : i % 2 ? -0.0 : 0.0;
    }
    double *expected = take_copy(trial, start, sizeof start);
    double *sums = take_copy(trial, start, sizeof start);
    uint64_t exceptions = scalar->add_bitmap(&range, expected);
    ck_assert_uint_eq(trial->kernels->add_bitmap(&range, sums), exceptions);
    ck_assert_mem_eq(sums, expected, sizeof start);
    uint8_t *min = take(trial, NORMS);
    for (int i = 0; i < NORMS; i++) {
        min[i] = (uint8_t)random_below(random, 1u << tf_bits);
    }
    ck_assert_uint_eq(trial->kernels->high_tf(&range, min),
                      scalar->high_tf(&range, min));
}

static void check_add_bitmap(Trial *trial, size_t count)
{
    for (int round = 0; round < 10; round++) {
        trial->taken = 0;
        check_bitmap(trial, count);
    }
}

static void check_at_least(Trial *trial, size_t count)
{
    double *sums = take(trial, RANGE * sizeof *sums);
    for (int i = 0; i < RANGE; i++) {
        sums[i] = (double)any_weight(&trial->random);
    }
    double min = sums[count % RANGE];
    if (count % 3 == 0) min += 0x1p-30;
    ck_assert_uint_eq(trial->kernels->at_least(sums, min),
                      scalar->at_least(sums, min));
}

static void check_counts(Trial *trial, size_t count)
{
    const uint64_t *a = take_words(trial, count);
    const uint64_t *b = take_words(trial, count);
    ck_assert_uint_eq(trial->kernels->count_and(a, b, count),
                      scalar->count_and(a, b, count));
    ck_assert_uint_eq(trial->kernels->count_bits(a, count),
                      scalar->count_bits(a, count));
}

typedef void CombineBits(uint64_t *a, const uint64_t *b, size_t words);

static void check_combine(Trial *trial, size_t count, CombineBits *reference,
                          CombineBits *kernel)
{
    uint64_t *a = take_words(trial, count);
    const uint64_t *b = take_words(trial, count);
    uint64_t *expected = take_copy(trial, a, count * sizeof *a);
    reference(expected, b, count);
    kernel(a, b, count);
    ck_assert_mem_eq(a, expected, count * sizeof *a);
}

static void check_or_bits(Trial *trial, size_t count)
{
    check_combine(trial, count, scalar->or_bits, trial->kernels->or_bits);
}

static void check_and_bits(Trial *trial, size_t count)
{
    check_combine(trial, count, scalar->and_bits, trial->kernels->and_bits);
}

static void check_remove_bits(Trial *trial, size_t count)
{
    check_combine(trial, count, scalar->remove_bits,
                  trial->kernels->remove_bits);
}

static void check_test_bits(Trial *trial, size_t count)
{
    size_t words = random_between(&trial->random, 1, count);
    const uint64_t *bits = take_words(trial, words);
    size_t size = round_up(count, 16) * sizeof(uint32_t);
    uint32_t *docs = take(trial, size);
    memset(docs, 0xff, size); /* after the count there may be anything */
    for (size_t i = 0; i < count; i++) {
        docs[i] = (uint32_t)random_below(&trial->random, words * 64);
    }
    uint32_t *expected = take(trial, size), *out = take(trial, size);
    size_t found = scalar->test_bits(docs, count, bits, expected);
    ck_assert_uint_eq(trial->kernels->test_bits(docs, count, bits, out), found);
    ck_assert_mem_eq(out, expected, found * sizeof *out);
    ck_assert_uint_eq(trial->kernels->test_bits(docs, count, bits, docs),
                      found);
    ck_assert_mem_eq(docs, expected, found * sizeof *docs);
}

static void check_add_window(Trial *trial, size_t count)
{
    if (count > MOST) return;
    size_t room = round_up(count, 16) + 16;
    uint32_t *docs = take(trial, room * sizeof *docs);
    float *scores = take(trial, room * sizeof *scores);
    memset(docs, 0, room * sizeof *docs); /* after the count: anything */
    memset(scores, 0, room * sizeof *scores);
    uint32_t first = 4096 * (uint32_t)random_below(&trial->random, 1000);
    uint32_t docid = first;
    for (size_t i = 0; i < count; i++) {
        docs[i] = docid;
        scores[i] = (float)random_below(&trial->random, 1000) / 7.0f;
        docid += 1 + (uint32_t)random_below(&trial->random, 40);
    }
    uint64_t live = random_below(&trial->random, 3)
                        ? (uint64_t)random_below(&trial->random, UINT32_MAX) *
                              0x9E3779B97F4A7C15ull
                        : ~0ull;
    WindowPostings postings = {docs, scores, (uint32_t)count, first, live};
    static double expected[4096], got[4096];
    memset(expected, 0, sizeof expected);
    memset(got, 0, sizeof got);
    uint64_t touched = scalar->add_window(&postings, expected);
    ck_assert_uint_eq(trial->kernels->add_window(&postings, got), touched);
    ck_assert_mem_eq(got, expected, sizeof got);
}

static void check_count_below(Trial *trial, size_t count)
{
    if (count > MOST) return;
    uint32_t *docs = take(trial, round_up(count, 16) * sizeof *docs);
    memset(docs, 0,
           round_up(count, 16) * sizeof *docs); /* after it: anything */
    uint32_t docid = (uint32_t)random_below(&trial->random, UINT32_MAX / 2);
    for (size_t i = 0; i < count; i++) {
        docid += 1 + (uint32_t)random_below(&trial->random, 1 << 20);
        docs[i] = docid; /* below 2^32: 2^31 + 300 * 2^20 */
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t size = (uint32_t)count;
        for (uint32_t around = docs[i] - 1; around <= docs[i] + 1; around++) {
            ck_assert_uint_eq(trial->kernels->count_below(docs, size, around),
                              scalar->count_below(docs, size, around));
        }
    }
}

/* Ascending docids of a small space, so that two lists have docids in common.
 */
static uint32_t *take_docids(Trial *trial, size_t count, uint32_t after)
{
    size_t room = round_up(count, 16);
    uint32_t *docs = take(trial, room * sizeof *docs);
    uint32_t docid = (uint32_t)random_below(&trial->random, 50);
    for (size_t i = 0; i < room; i++) docs[i] = after;
    for (size_t i = 0; i < count; i++) {
        docs[i] = docid;
        docid += 1 + (uint32_t)random_below(&trial->random, 4);
    }
    return docs;
}

static void check_match(Trial *trial, size_t count)
{
    if (count > CANDIDATE_BLOCK_ROOM - 16) return;
    size_t other_count = random_between(&trial->random, 1,
                                        CANDIDATE_BLOCK_ROOM - 16);
    /* After the counts is what would match. */
    uint32_t *docs = take_docids(trial, count, 60);
    uint32_t *others = take_docids(trial, other_count, 60);
    uint8_t found[CANDIDATE_BLOCK_ROOM], slots[CANDIDATE_BLOCK_ROOM];
    uint8_t *got_found = take(trial, count), *got_slots = take(trial, count);
    uint32_t matches = scalar->match(docs, (uint32_t)count, others,
                                     (uint32_t)other_count, found, slots);
    ck_assert_uint_eq(trial->kernels->match(docs, (uint32_t)count, others,
                                            (uint32_t)other_count, got_found,
                                            got_slots),
                      matches);
    ck_assert_mem_eq(got_found, found, matches);
    ck_assert_mem_eq(got_slots, slots, matches);
}

static void fill_candidates(Trial *trial, CandidateBlock *block, size_t count,
                            size_t ranges)
{
    memset(block, 0xff, sizeof *block); /* after the count: anything */
    block->count = (uint32_t)count;
    for (size_t i = 0; i < count; i++) {
        block->docs[i] = (uint32_t)random_below(&trial->random, ranges * RANGE);
        block->scores[i] = (float)random_below(&trial->random, 1000) / 100.0f;
        block->bounds[i] = block->scores[i] +
                           (float)random_below(&trial->random, 1000) / 50.0f;
    }
}

static void compare_candidates(const CandidateBlock *got,
                               const CandidateBlock *expected)
{
    ck_assert_uint_eq(got->count, expected->count);
    size_t size = expected->count * sizeof(uint32_t);
    ck_assert_mem_eq(got->docs, expected->docs, size);
    ck_assert_mem_eq(got->scores, expected->scores, size);
    ck_assert_mem_eq(got->bounds, expected->bounds, size);
}

static void check_prune_filters(Trial *trial, size_t count)
{
    if (count > CANDIDATE_BLOCK_ROOM - 16) return;
    size_t ranges = random_between(&trial->random, 1, 3 * count);
    uint8_t *bytes = take(trial, ranges + 3);
    for (size_t i = 0; i < ranges + 3; i++) {
        bytes[i] = (uint8_t)(random_below(&trial->random, 3)
                                 ? random_below(&trial->random, 256)
                                 : 0);
    }
    PruneFilter filter = {.ranges = bytes,
                          .byte_weight = 0.037f,
                          .max_score = 7.5f,
                          .needed = 12.0f,
                          .required = random_below(&trial->random, 2) != 0};
    CandidateBlock expected, got;
    fill_candidates(trial, &expected, count, ranges);
    got = expected;
    scalar->prune_by_ranges(&expected, &filter);
    trial->kernels->prune_by_ranges(&got, &filter);
    compare_candidates(&got, &expected);
    const uint64_t *bits = take_words(trial, ranges);
    scalar->prune_by_bits(&expected, bits);
    trial->kernels->prune_by_bits(&got, bits);
    compare_candidates(&got, &expected);
}

static void check_prune_by_score(Trial *trial, size_t count)
{
    if (count > CANDIDATE_BLOCK_ROOM - 16) return;
    CandidateBlock expected, got;
    fill_candidates(trial, &expected, count, count);
    got = expected;
    float needed = (float)random_below(&trial->random, 20);
    scalar->prune_by_score(&expected, 4.7f, needed);
    trial->kernels->prune_by_score(&got, 4.7f, needed);
    compare_candidates(&got, &expected);
}

START_TEST(each_level_has_its_own_table)
{
    CpuLevel best = cpu_level();
    const RangeKernels *before = NULL;
    for (int level = CPU_SCALAR; take_cpu_level(&level, best); level++) {
        ck_assert_ptr_ne(range_kernels(), before);
        before = range_kernels();
    }
}
END_TEST

START_TEST(bounds_are_added_alike)
{
    at_every_level(check_add_bytes);
}
END_TEST

START_TEST(bounds_are_required_alike)
{
    at_every_level(check_require_bytes);
}
END_TEST

START_TEST(bounds_are_preferred_alike)
{
    at_every_level(check_prefer_bytes);
}
END_TEST

START_TEST(sums_saturate)
{
    at_every_level(check_saturation);
}
END_TEST

START_TEST(ranges_are_selected_alike)
{
    at_every_level(check_select_ranges);
}
END_TEST

START_TEST(live_ranges_are_found_alike)
{
    at_every_level(check_live_ranges);
}
END_TEST

START_TEST(live_bytes_are_found_alike)
{
    at_every_level(check_live_bytes);
}
END_TEST

START_TEST(candidates_are_pruned_alike_by_score)
{
    at_every_level(check_prune_by_score);
}
END_TEST

START_TEST(the_max_byte_is_found_alike)
{
    at_every_level(check_max_byte);
}
END_TEST

START_TEST(weights_are_added_alike)
{
    at_every_level(check_add_weights);
}
END_TEST

START_TEST(postings_are_scored_alike)
{
    at_every_level(check_score);
}
END_TEST

START_TEST(bitmaps_are_added_alike)
{
    at_every_level(check_add_bitmap);
}
END_TEST

START_TEST(sums_that_suffice_are_found_alike)
{
    at_every_level(check_at_least);
}
END_TEST

START_TEST(bits_are_counted_alike)
{
    at_every_level(check_counts);
}
END_TEST

START_TEST(bits_are_combined_alike)
{
    at_every_level(check_or_bits);
    at_every_level(check_and_bits);
    at_every_level(check_remove_bits);
}
END_TEST

START_TEST(bits_of_documents_are_tested_alike)
{
    at_every_level(check_test_bits);
}
END_TEST

START_TEST(windows_are_added_alike)
{
    at_every_level(check_add_window);
}
END_TEST

START_TEST(sums_are_cleared)
{
    CpuLevel best = cpu_level();
    for (int level = CPU_SCALAR; take_cpu_level(&level, best); level++) {
        double sums[RANGE + 2];
        for (int i = 0; i < RANGE + 2; i++) sums[i] = 1.0;
        range_kernels()->clear(sums + 1);
        for (int i = 1; i <= RANGE; i++) ck_assert(!(sums[i] > 0.0));
        ck_assert(sums[0] > 0.0 && sums[RANGE + 1] > 0.0);
    }
}
END_TEST

START_TEST(docids_below_are_counted_alike)
{
    at_every_level(check_count_below);
}
END_TEST

START_TEST(docids_are_matched_alike)
{
    at_every_level(check_match);
}
END_TEST

START_TEST(candidates_are_pruned_alike_by_ranges_and_bits)
{
    at_every_level(check_prune_filters);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("range_kernels");
    TCase *tests = tcase_create("range_kernels");
    tcase_add_test(tests, each_level_has_its_own_table);
    tcase_add_test(tests, bounds_are_added_alike);
    tcase_add_test(tests, bounds_are_required_alike);
    tcase_add_test(tests, bounds_are_preferred_alike);
    tcase_add_test(tests, sums_saturate);
    tcase_add_test(tests, ranges_are_selected_alike);
    tcase_add_test(tests, live_ranges_are_found_alike);
    tcase_add_test(tests, live_bytes_are_found_alike);
    tcase_add_test(tests, candidates_are_pruned_alike_by_score);
    tcase_add_test(tests, the_max_byte_is_found_alike);
    tcase_add_test(tests, weights_are_added_alike);
    tcase_add_test(tests, postings_are_scored_alike);
    tcase_add_test(tests, bitmaps_are_added_alike);
    tcase_add_test(tests, sums_that_suffice_are_found_alike);
    tcase_add_test(tests, bits_are_counted_alike);
    tcase_add_test(tests, bits_are_combined_alike);
    tcase_add_test(tests, bits_of_documents_are_tested_alike);
    tcase_add_test(tests, windows_are_added_alike);
    tcase_add_test(tests, sums_are_cleared);
    tcase_add_test(tests, docids_below_are_counted_alike);
    tcase_add_test(tests, docids_are_matched_alike);
    tcase_add_test(tests, candidates_are_pruned_alike_by_ranges_and_bits);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
