/* id_table_test.c - tests indexer/build/id_table.c. */
#include "indexer/build/id_table.h"

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"

#include <time.h>

static IdDuplicate other;

START_TEST(ids_get_docids_in_order_and_come_back)
{
    enum { COUNT = 20000 };
    Scratch scratch = scratch_new();
    IdTable table;
    Error error;
    char text[64];
    id_table_init(&table, scratch.path, 10000);
    for (uint32_t i = 0; i < COUNT; i++) {
        Place place = {.source = "a.jsonl", .line = i + 1};
        size_t size = (size_t)sprintf(text, "id-%u", i);
        ck_assert_uint_eq(table.count, i);
        ck_assert_int_eq(id_table_add(&table, span_of(text, size), &place,
                                      DUPLICATE_ERROR, &other, &error),
                         OK);
    }
    id_table_close(&table);
    SpoolSource source = {&table.ids, 0, spool_size(&table.ids)};
    ByteReader bytes;
    Buf id = {0};
    byte_reader_init(&bytes, spool_source_fill, &source);
    for (uint32_t i = 0; i < COUNT; i++) {
        sprintf(text, "id-%u", i);
        id_table_read(&bytes, &id);
        ck_assert_str_eq(buf_text(&id), text);
    }
    ck_assert(!byte_reader_has_more(&bytes));
    ck_assert_int_eq(byte_reader_check(&bytes, &error), OK);
    buf_release(&id);
    byte_reader_release(&bytes);
    id_table_release(&table);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_dropped_id_is_free_again)
{
    Scratch scratch = scratch_new();
    IdTable table;
    Error error;
    Place place = {.source = "a.jsonl", .line = 1};
    Span id = span_text("a");
    bool found;
    uint32_t docid;
    id_table_init(&table, scratch.path, 10000);
    ck_assert_int_eq(id_table_find(&table, id, &found, &docid, &error), OK);
    ck_assert(!found);
    for (uint32_t round = 0; round < 5000; round++) {
        ck_assert_int_eq(
            id_table_add(&table, id, &place, DUPLICATE_ERROR, &other, &error),
            OK);
        ck_assert_int_eq(id_table_find(&table, id, &found, &docid, &error), OK);
        ck_assert(found);
        ck_assert_uint_eq(docid, round);
        ck_assert_int_eq(id_table_drop(&table, docid, &error), OK);
        ck_assert_int_eq(id_table_find(&table, id, &found, &docid, &error), OK);
        ck_assert(!found);
    }
    ck_assert_uint_eq(table.dropped_count, 5000);
    ck_assert_int_eq(
        id_table_add(&table, id, &place, DUPLICATE_ERROR, &other, &error), OK);
    id_table_close(&table);
    ck_assert_int_eq(id_table_compact(&table, &error), OK);
    ck_assert_uint_eq(table.count, 1);
    id_table_release(&table);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_duplicate_id_names_both_places)
{
    Scratch scratch = scratch_new();
    IdTable table;
    Error error;
    char text[64];
    id_table_init(&table, scratch.path, 100);
    for (uint32_t i = 0; i < 1000; i++) {
        Place place = {.source = i < 500 ? "a.tsv" : "b.tsv", .line = i + 1};
        size_t size = (size_t)sprintf(text, "%u", i);
        ck_assert_int_eq(id_table_add(&table, span_of(text, size), &place,
                                      DUPLICATE_ERROR, &other, &error),
                         OK);
    }
    Place place = {.source = "c.tsv", .line = 7};
    ck_assert_int_eq(id_table_add(&table, span_text("499"), &place,
                                  DUPLICATE_ERROR, &other, &error),
                     ERR_CONFLICT);
    ck_assert_str_eq(error.message,
                     "c.tsv:7: duplicate id '499', first at a.tsv:500");
    ck_assert_int_eq(error.advice, ADVICE_ALLOW_DUPLICATES);
    ck_assert_int_eq(id_table_add(&table, span_text("500"), &place,
                                  DUPLICATE_ERROR, &other, &error),
                     ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(error.message, "b.tsv:501"));
    id_table_release(&table);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_file_that_is_given_twice_is_a_duplicate_of_itself)
{
    IdTable table;
    Error error;
    Place place = {.source = "notes/a.txt"};
    Span id = span_text("notes/a.txt");
    id_table_init(&table, ".", 1000);
    ck_assert_int_eq(
        id_table_add(&table, id, &place, DUPLICATE_ERROR, &other, &error), OK);
    ck_assert_int_eq(
        id_table_add(&table, id, &place, DUPLICATE_ERROR, &other, &error),
        ERR_CONFLICT);
    ck_assert_str_eq(
        error.message,
        "notes/a.txt: duplicate id 'notes/a.txt', first at notes/a.txt");
    id_table_release(&table);
}
END_TEST

START_TEST(ids_have_no_limit_of_length)
{
    IdTable table;
    Error error;
    Place place = {.source = "-", .line = 1};
    Buf id = {0}, back = {0};
    for (int i = 0; i < 300000; i++) buf_put_byte(&id, (uint8_t)('a' + i % 7));
    id_table_init(&table, ".", 1 << 20);
    ck_assert_int_eq(id_table_add(&table, buf_span(&id), &place,
                                  DUPLICATE_ERROR, &other, &error),
                     OK);
    SpoolSource source = {&table.ids, 0, spool_size(&table.ids)};
    ByteReader bytes;
    byte_reader_init(&bytes, spool_source_fill, &source);
    id_table_read(&bytes, &back);
    ck_assert(span_equal(buf_span(&back), buf_span(&id)));
    byte_reader_release(&bytes);
    buf_release(&id);
    buf_release(&back);
    id_table_release(&table);
}
END_TEST

/* Ids 0 to 9 over and over, in lines 1 to 200 of 10 bytes each. */
static void add_again_and_again(IdTable *table, OnDuplicate on_duplicate)
{
    Error error;
    for (uint32_t i = 0; i < 200; i++) {
        char text[16];
        Place place = {.source = "a.tsv", .line = i + 1, .offset = 10 * i};
        size_t size = (size_t)sprintf(text, "%u", i % 10);
        Status status = id_table_add(table, span_of(text, size), &place,
                                     on_duplicate, &other, &error);
        ck_assert_msg(status == OK, "%s", error.message);
        ck_assert(other.found == (i >= 10));
    }
}

START_TEST(of_equal_ids_the_first_may_be_kept)
{
    IdTable table;
    id_table_init(&table, ".", 100);
    add_again_and_again(&table, DUPLICATE_KEEP_FIRST);
    ck_assert_uint_eq(table.count, 10);
    ck_assert_uint_eq(other.place.line, 10);
    ck_assert_uint_eq(other.place.offset, 90);
    ck_assert_str_eq(other.place.source, "a.tsv");
    id_table_release(&table);
}
END_TEST

START_TEST(of_equal_ids_the_last_may_be_kept)
{
    IdTable table;
    Error error;
    id_table_init(&table, ".", 100);
    add_again_and_again(&table, DUPLICATE_KEEP_LAST);
    ck_assert_uint_eq(table.count, 200);
    ck_assert_uint_eq(table.dropped_count, 190);
    ck_assert(id_table_dropped(&table, 189) && !id_table_dropped(&table, 190));
    ck_assert_uint_eq(other.place.line, 190);
    ck_assert_uint_eq(other.place.offset, 1890);
    ck_assert_int_eq(id_table_compact(&table, &error), OK);
    ck_assert_uint_eq(table.count, 10);
    SpoolSource source = {&table.ids, 0, spool_size(&table.ids)};
    ByteReader bytes;
    Buf id = {0};
    byte_reader_init(&bytes, spool_source_fill, &source);
    for (uint32_t i = 0; i < 10; i++) {
        id_table_read(&bytes, &id);
        ck_assert_uint_eq(id.size, 1);
        ck_assert_uint_eq(id.data[0], '0' + i);
    }
    ck_assert(!byte_reader_has_more(&bytes));
    byte_reader_release(&bytes);
    buf_release(&id);
    id_table_release(&table);
}
END_TEST

static uint64_t rotated(uint64_t value, unsigned by)
{
    return value << by | value >> (-by % 64);
}

/* The 8 bytes whose XXH3-64 with seed 0 is `hash`: its steps for such a size,
 * the last one first. */
static void put_id_of_hash(uint8_t *id, uint64_t hash)
{
    const uint64_t secret = 0x1cad21f72c81017c ^ 0xdb979083e96dd4de;
    const uint64_t multiplier = 0x9fb21c651e98df25;
    uint64_t inverse = multiplier;
    for (int i = 0; i < 6; i++)
        inverse *= 2 - multiplier * inverse; /* Newton */
    hash ^= hash >> 28 ^ hash >> 56;
    hash *= inverse;
    hash ^= (hash >> 35) + 8;
    hash *= inverse;
    for (unsigned by = 1; by < 64; by *= 2)
        hash ^= rotated(hash, 49 * by % 64) ^ rotated(hash, 24 * by % 64);
    hash ^= secret;
    put_u32le(id, (uint32_t)(hash >> 32));
    put_u32le(id + 4, (uint32_t)hash);
}

static double seconds_to_add(uint64_t stride, uint32_t count)
{
    Scratch scratch = scratch_new();
    IdTable table;
    Error error;
    struct timespec start, end;
    id_table_init(&table, scratch.path, 1 << 24);
    timespec_get(&start, TIME_UTC);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t id[8];
        Place place = {.source = "a.jsonl", .line = i + 1};
        put_id_of_hash(id, 1 + i * stride);
        ck_assert_uint_eq(hash_bytes(id, sizeof id), 1 + i * stride);
        ck_assert_int_eq(id_table_add(&table, span_of(id, sizeof id), &place,
                                      DUPLICATE_ERROR, &other, &error),
                         OK);
    }
    timespec_get(&end, TIME_UTC);
    id_table_release(&table);
    scratch_remove(&scratch);
    return (double)(end.tv_sec - start.tv_sec) +
           (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

/* In a table without a seed each of these would begin at the same slot. */
START_TEST(ids_made_for_one_slot_take_no_longer_than_others)
{
    enum { COUNT = 100000 };
    double others = seconds_to_add(0x9e3779b97f4a7c15, COUNT);
    double flood = seconds_to_add(UINT64_C(1) << 32, COUNT);
    ck_assert_msg(flood <= 3 * others + 0.2, "%g s, others %g s", flood,
                  others);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("id_table");
    TCase *tests = tcase_create("id_table");
    tcase_add_test(tests, ids_get_docids_in_order_and_come_back);
    tcase_add_test(tests, a_dropped_id_is_free_again);
    tcase_add_test(tests, a_duplicate_id_names_both_places);
    tcase_add_test(tests, a_file_that_is_given_twice_is_a_duplicate_of_itself);
    tcase_add_test(tests, of_equal_ids_the_first_may_be_kept);
    tcase_add_test(tests, of_equal_ids_the_last_may_be_kept);
    tcase_add_test(tests, ids_have_no_limit_of_length);
    tcase_add_test(tests, ids_made_for_one_slot_take_no_longer_than_others);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
