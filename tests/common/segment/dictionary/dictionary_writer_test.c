/* dictionary_writer_test.c - tests
 * common/segment/dictionary/dictionary_writer.c by reading what it wrote as
 * FORMAT.md describes it. */
#include "common/segment/dictionary/dictionary_writer.h"

#include "common/base/bytes.h"
#include "common/base/varint.h"
#include "tests/support/check_main.h"

#include <stdio.h>
#include <stdlib.h>

enum { TERMS = 1100 }; /* 69 blocks, two entries of the top level */

/* Every 5th term has one posting, with or without positions in its record. */
static TermFacts facts_of(uint32_t number)
{
    TermFacts facts = {.df = number + 2,
                       .total_tf = 3 * (uint64_t)number + 2,
                       .kind = POSTINGS_SHORT,
                       .postings_offset = 1000 + 50 * (uint64_t)number,
                       .has_positions = true,
                       .positions_offset = 77 * (uint64_t)number,
                       .doc_bits = 5,
                       .tf_bits = 2,
                       .norm_bits = 4,
                       .norm_min = 33,
                       .max = (uint16_t)number};
    if (number % 5 == 0) {
        facts.kind = POSTINGS_INLINE;
        facts.df = 1;
        facts.docid = number;
        facts.total_tf = number % 2 ? 3 : 9;
        facts.positions[0] = 7;
    } else if (number % 5 == 1) {
        facts.kind = POSTINGS_BITMAP;
        facts.tf_bits = 8;
        facts.exception_count = number;
        facts.has_bounds = true;
        facts.bounds_offset = 64 * (uint64_t)number;
        facts.kth_count = 2;
        facts.kth[1] = 99;
    }
    return facts;
}

static size_t term_text(uint32_t number, char *out)
{
    return (size_t)sprintf(out, "term%05u", number);
}

typedef struct Fixture {
    DictionaryWriter writer;
    Buf index;
    uint8_t *terms;
    size_t size;
} Fixture;

static void fixture_init(Fixture *fixture, uint32_t count)
{
    Error error;
    *fixture = (Fixture){0};
    dictionary_writer_init(&fixture->writer, ".", 1 << 20);
    for (uint32_t i = 0; i < count; i++) {
        char text[16];
        size_t size = term_text(i, text);
        TermFacts facts = facts_of(i);
        dictionary_writer_put(&fixture->writer, span_of(text, size), &facts);
    }
    ck_assert_int_eq(
        dictionary_writer_finish(&fixture->writer, &fixture->index, &error),
        OK);
    fixture->size = (size_t)spool_size(&fixture->writer.terms);
    fixture->terms = malloc(fixture->size + 1);
    ck_assert_int_eq(spool_read(&fixture->writer.terms, 0, fixture->terms,
                                fixture->size, &error),
                     OK);
}

static void fixture_release(Fixture *fixture)
{
    dictionary_writer_release(&fixture->writer);
    buf_release(&fixture->index);
    free(fixture->terms);
}

static uint64_t number(const uint8_t **at)
{
    uint64_t value = 0;
    ck_assert(varint_get(at, *at + VARINT_MAX_BYTES, &value));
    return value;
}

static void check_inline(const uint8_t **at, const TermFacts *facts,
                         uint64_t positions_base)
{
    ck_assert_uint_eq(*(*at)++, 32);
    ck_assert_uint_eq(number(at), facts->docid);
    ck_assert_uint_eq(number(at), facts->total_tf);
    if (facts->total_tf > 4) {
        ck_assert_uint_eq(number(at) + positions_base, facts->positions_offset);
        return;
    }
    ck_assert_uint_eq(number(at), 7);
    ck_assert_uint_eq(number(at), 1); /* differences - 1 are 0 */
    ck_assert_uint_eq(number(at), 1);
}

static void check_list(const uint8_t **at, const TermFacts *facts,
                       const uint64_t *bases)
{
    uint8_t tag = *(*at)++;
    ck_assert_uint_eq(tag & 3u, facts->kind);
    ck_assert_uint_eq(tag >> 2 & 1, facts->has_bounds);
    ck_assert_uint_eq(tag >> 3 & 3, facts->kth_count);
    ck_assert_uint_eq(tag >> 5, 1);
    ck_assert_uint_eq(number(at), facts->df);
    ck_assert_uint_eq(number(at), facts->total_tf - facts->df);
    ck_assert_uint_eq(number(at) + bases[0], facts->postings_offset);
    ck_assert_uint_eq(number(at) + bases[1], facts->positions_offset);
    if (facts->has_bounds)
        ck_assert_uint_eq(64 * (number(at) + bases[2]), facts->bounds_offset);
    ck_assert_uint_eq(get_u16le(*at), facts->max);
    *at += 2;
    for (uint32_t i = 0; i < facts->kth_count; i++, *at += 2)
        ck_assert_uint_eq(get_u16le(*at), facts->kth[i]);
    if (facts->kind == POSTINGS_SHORT) {
        ck_assert_mem_eq(*at, "\5\2\4\41", 4);
        *at += 4;
    } else {
        ck_assert_uint_eq(*(*at)++, 8);
        ck_assert_uint_eq(number(at), facts->exception_count);
    }
}

static void check_block(const uint8_t *at, uint32_t first, uint32_t count)
{
    uint64_t bases[3];
    for (int i = 0; i < 3; i++) bases[i] = number(&at);
    const uint8_t *keys = at;
    uint64_t keys_bytes = number(&keys);
    const uint8_t *records = keys + keys_bytes;
    char term[16] = "";
    for (uint32_t i = 0; i < count; i++) {
        char expected[16];
        uint64_t shared = i ? number(&keys) : 0;
        uint64_t size = number(&keys);
        memcpy(term + shared, keys, (size_t)size);
        term[shared + size] = '\0';
        keys += size;
        term_text(first + i, expected);
        ck_assert_str_eq(term, expected);
        uint64_t record_size = number(&records);
        const uint8_t *end = records + record_size;
        TermFacts facts = facts_of(first + i);
        if (facts.kind == POSTINGS_INLINE) {
            check_inline(&records, &facts, bases[1]);
        } else {
            check_list(&records, &facts, bases);
        }
        ck_assert_ptr_eq(records, end);
    }
}

static uint64_t prefix_of(uint32_t term)
{
    char text[16];
    uint64_t prefix = 0;
    term_text(term, text);
    for (int i = 0; i < 8; i++) prefix = prefix << 8 | (uint8_t)text[i];
    return prefix;
}

START_TEST(blocks_hold_terms_and_their_records)
{
    Fixture fixture;
    fixture_init(&fixture, TERMS);
    size_t blocks = (TERMS + 15) / 16, tops = (blocks + 63) / 64;
    ck_assert_uint_eq(fixture.index.size, 8 * (tops + blocks + blocks + 1));
    const uint8_t *prefixes = fixture.index.data + 8 * tops;
    const uint8_t *starts = prefixes + 8 * blocks;
    for (uint32_t block = 0; block < blocks; block++) {
        uint32_t first = 16 * block;
        uint32_t count = TERMS - first < 16 ? TERMS - first : 16;
        ck_assert_uint_eq(get_u64le(prefixes + 8 * block), prefix_of(first));
        check_block(fixture.terms + get_u64le(starts + 8 * block), first,
                    count);
    }
    for (uint32_t top = 0; top < tops; top++) {
        ck_assert_uint_eq(get_u64le(fixture.index.data + 8 * top),
                          prefix_of(top * 64 * 16));
    }
    ck_assert_uint_eq(get_u64le(starts + 8 * blocks), fixture.size);
    fixture_release(&fixture);
}
END_TEST

START_TEST(a_dictionary_without_terms_is_one_number)
{
    Fixture fixture;
    fixture_init(&fixture, 0);
    ck_assert_uint_eq(fixture.size, 0);
    ck_assert_uint_eq(fixture.index.size, 8);
    ck_assert_uint_eq(get_u64le(fixture.index.data), 0);
    fixture_release(&fixture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dictionary_writer");
    TCase *tests = tcase_create("dictionary_writer");
    tcase_add_test(tests, blocks_hold_terms_and_their_records);
    tcase_add_test(tests, a_dictionary_without_terms_is_one_number);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
