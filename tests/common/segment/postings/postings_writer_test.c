/* postings_writer_test.c - tests common/segment/postings/postings_writer.c by
 * reading what it wrote as FORMAT.md describes it. */
#include "common/segment/postings/postings_writer.h"

#include "common/base/bytes.h"
#include "common/codec/block_codec.h"
#include "common/segment/postings/bounds_writer.h"
#include "tests/support/check_main.h"
#include "tests/support/random.h"

#include <stdlib.h>

enum { DOCUMENTS = 3000, SLACK = 64 };

typedef struct Fixture {
    uint8_t codes[DOCUMENTS];
    DocumentNorms norms;
    uint32_t docids[DOCUMENTS], tfs[DOCUMENTS];
    float products[DOCUMENTS];
    TermPostings list;
    PostingsWriter writer;
    TermFacts facts;
    uint8_t *bytes; /* of the whole section, and slack */
} Fixture;

/* About `share` of the documents have the term. */
static Fixture *fixture_new(double share, uint32_t most_tf, PostingsClass kind)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    Random random = {(uint64_t)kind + most_tf};
    Error error;
    for (uint32_t d = 0; d < DOCUMENTS; d++) {
        fixture->codes[d] = (uint8_t)random_between(&random, 20, 90);
        if (!random_chance(&random, share)) continue;
        fixture->docids[fixture->list.count] = d;
        size_t more = random_below(&random, 2) * random_zipf(&random, most_tf);
        fixture->tfs[fixture->list.count++] = (uint32_t)(1 + more);
    }
    fixture->list.docids = fixture->docids;
    fixture->list.tfs = fixture->tfs;
    fixture->norms = (DocumentNorms){.codes = fixture->codes,
                                     .count = DOCUMENTS};
    bm25_init(&fixture->norms.bm25, 0.9f, 0.4f, DOCUMENTS * 50, DOCUMENTS);
    posting_products(&fixture->list, &fixture->norms, fixture->products);
    postings_writer_init(&fixture->writer, ".", 1 << 20);
    spool_put(&fixture->writer.postings, "before", 6);
    fixture->facts.kind = kind;
    postings_writer_put(&fixture->writer, &fixture->list, &fixture->norms,
                        fixture->products, &fixture->facts);
    ck_assert_int_eq(postings_writer_check(&fixture->writer, &error), OK);
    size_t size = (size_t)spool_size(&fixture->writer.postings);
    fixture->bytes = calloc(1, size + SLACK);
    ck_assert_int_eq(
        spool_read(&fixture->writer.postings, 0, fixture->bytes, size, &error),
        OK);
    return fixture;
}

static void fixture_free(Fixture *fixture)
{
    postings_writer_release(&fixture->writer);
    free(fixture->bytes);
    free(fixture);
}

/* Three streams at `at`, of `count` postings from `first`. */
static void check_streams(const Fixture *fixture, const uint8_t *at,
                          const uint8_t *widths, uint32_t first, uint32_t count)
{
    uint32_t docid = first ? fixture->docids[first - 1] : UINT32_MAX;
    const uint8_t *tfs = at + codec_size(count, widths[0]);
    const uint8_t *norms = tfs + codec_size(count, widths[1]);
    for (uint32_t i = 0; i < count; i++) {
        docid += codec_get(at, widths[0], i) + 1;
        ck_assert_uint_eq(docid, fixture->docids[first + i]);
        ck_assert_uint_eq(codec_get(tfs, widths[1], i) + 1,
                          fixture->tfs[first + i]);
        ck_assert_uint_eq(codec_get(norms, widths[2], i) + widths[3],
                          fixture->codes[docid]);
    }
}

START_TEST(a_short_list_is_three_streams)
{
    Fixture *fixture = fixture_new(0.02, 30, POSTINGS_SHORT);
    const TermFacts *facts = &fixture->facts;
    uint8_t widths[] = {facts->doc_bits, facts->tf_bits, facts->norm_bits,
                        facts->norm_min};
    ck_assert_uint_eq(facts->postings_offset, 6);
    check_streams(fixture, fixture->bytes + 6, widths, 0, fixture->list.count);
    fixture_free(fixture);
}
END_TEST

START_TEST(blocks_have_a_directory_and_bounds)
{
    Fixture *fixture = fixture_new(0.5, 100, POSTINGS_BLOCKS);
    ck_assert_uint_eq(fixture->facts.postings_offset, 16);
    const uint8_t *directory = fixture->bytes + 16;
    uint32_t df = fixture->list.count, blocks = (df + 127) / 128;
    const uint8_t *headers = directory + 4 * (size_t)blocks;
    const uint8_t *data = headers + 12 * (size_t)blocks;
    for (uint32_t block = 0; block < blocks; block++) {
        uint32_t first = 128 * block;
        uint32_t count = df - first < 128 ? df - first : 128;
        const uint8_t *header = headers + 12 * (size_t)block;
        ck_assert_uint_eq(get_u32le(directory + 4 * (size_t)block),
                          fixture->docids[first + count - 1]);
        check_streams(fixture, data + get_u32le(header + BLOCK_OFFSET),
                      header + BLOCK_DOC_BITS, first, count);
        uint8_t most = 0;
        for (uint32_t i = first; i < first + count; i++) {
            float inverse =
                fixture->norms.bm25.inverse[fixture->codes[fixture->docids[i]]];
            uint8_t bound = bound_byte(bm25_fraction(fixture->tfs[i], inverse));
            if (bound > most) most = bound;
        }
        ck_assert_uint_eq(header[BLOCK_BOUND], most);
        ck_assert_uint_eq(header[9] | header[10] | header[11], 0);
    }
    fixture_free(fixture);
}
END_TEST

static void check_bitmap(const Fixture *fixture, uint32_t tf_bits)
{
    const TermFacts *facts = &fixture->facts;
    uint32_t df = fixture->list.count;
    size_t words = 8 * ((DOCUMENTS + 511) / 512);
    ck_assert_uint_eq(facts->postings_offset, 64);
    ck_assert_uint_eq(facts->tf_bits, tf_bits);
    const uint8_t *bits = fixture->bytes + 64;
    const uint8_t *ranks = bits + 8 * words;
    const uint8_t *tfs = ranks + 4 * (words / 8);
    size_t list_bytes = (size_t)(tfs - bits) + codec_size(df, tf_bits);
    const uint8_t *exceptions = bits + (list_bytes + 3) / 4 * 4;
    uint32_t posting = 0, exception = 0;
    for (uint32_t d = 0; d < 64 * words; d++) {
        if (d % 512 == 0)
            ck_assert_uint_eq(get_u32le(ranks + d / 512 * 4), posting);
        bool there = posting < df && fixture->docids[posting] == d;
        ck_assert_int_eq(bits[d / 8] >> (d % 8) & 1, there);
        if (!there) continue;
        uint32_t value = codec_get(tfs, tf_bits, posting);
        uint32_t tf = value + 1;
        if (value == (1u << tf_bits) - 1) {
            const uint8_t *entry = exceptions + 8 * (size_t)exception++;
            ck_assert_uint_eq(get_u32le(entry), posting);
            tf = get_u32le(entry + 4);
        }
        ck_assert_uint_eq(tf, fixture->tfs[posting++]);
    }
    ck_assert_uint_eq(exception, facts->exception_count);
    ck_assert_uint_eq(spool_size(&fixture->writer.postings),
                      (size_t)(exceptions - fixture->bytes) + 8 * exception);
}

START_TEST(a_bitmap_has_ranks_narrow_tfs_and_exceptions)
{
    Fixture *fixture = fixture_new(0.6, 16, POSTINGS_BITMAP);
    check_bitmap(fixture, 4);
    ck_assert_uint_gt(fixture->facts.exception_count, 0);
    fixture_free(fixture);
}
END_TEST

START_TEST(a_bitmap_of_many_large_tfs_is_wide)
{
    Fixture *fixture = fixture_new(0.6, 5000, POSTINGS_BITMAP);
    check_bitmap(fixture, 8);
    ck_assert_uint_gt(fixture->facts.exception_count, 0);
    fixture_free(fixture);
}
END_TEST

START_TEST(classes_are_decided_in_their_order)
{
    ListLimits limits = {16, 64, 128, 4, 0};
    ck_assert_int_eq(posting_class(1, 1, &limits), POSTINGS_INLINE);
    ck_assert_int_eq(posting_class(2, 2, &limits), POSTINGS_SHORT);
    ck_assert_int_eq(posting_class(128, 128, &limits), POSTINGS_SHORT);
    ck_assert_int_eq(posting_class(129, 16 * 129, &limits), POSTINGS_BITMAP);
    ck_assert_int_eq(posting_class(129, 16 * 129 + 1, &limits),
                     POSTINGS_BLOCKS);
    ck_assert_int_eq(posting_class(UINT32_MAX / 2, UINT32_MAX, &limits),
                     POSTINGS_BITMAP);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("postings_writer");
    TCase *tests = tcase_create("postings_writer");
    tcase_add_test(tests, a_short_list_is_three_streams);
    tcase_add_test(tests, blocks_have_a_directory_and_bounds);
    tcase_add_test(tests, a_bitmap_has_ranks_narrow_tfs_and_exceptions);
    tcase_add_test(tests, a_bitmap_of_many_large_tfs_is_wide);
    tcase_add_test(tests, classes_are_decided_in_their_order);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
