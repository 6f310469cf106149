/* id_table_test.c - tests indexer/build/id_table.c. */
#include "indexer/build/id_table.h"

#include "tests/support/check_main.h"
#include "tests/support/files.h"

static IdTwin twin;

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
                                      DUPLICATE_ERROR, &twin, &error),
                         OK);
    }
    id_table_close(&table);
    SpoolSource source = {&table.ids, 0, spool_size(&table.ids)};
    Feed feed;
    Buf id = {0};
    feed_init(&feed, spool_source_fill, &source);
    for (uint32_t i = 0; i < COUNT; i++) {
        sprintf(text, "id-%u", i);
        id_table_read(&feed, &id);
        ck_assert_str_eq(buf_text(&id), text);
    }
    ck_assert(!feed_more(&feed));
    ck_assert_int_eq(feed_check(&feed, &error), OK);
    buf_release(&id);
    feed_release(&feed);
    id_table_release(&table);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(an_id_given_twice_names_both_places)
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
                                      DUPLICATE_ERROR, &twin, &error),
                         OK);
    }
    Place place = {.source = "c.tsv", .line = 7};
    ck_assert_int_eq(id_table_add(&table, span_text("499"), &place,
                                  DUPLICATE_ERROR, &twin, &error),
                     ERR_CONFLICT);
    ck_assert_str_eq(error.message,
                     "c.tsv:7: id '499' is given twice, first at a.tsv:500; "
                     "ids must differ, or --on-duplicate keep-first or "
                     "keep-last says which counts");
    ck_assert_int_eq(id_table_add(&table, span_text("500"), &place,
                                  DUPLICATE_ERROR, &twin, &error),
                     ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(error.message, "b.tsv:501"));
    id_table_release(&table);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_file_given_twice_names_itself)
{
    IdTable table;
    Error error;
    Place place = {.source = "notes/a.txt"};
    Span id = span_text("notes/a.txt");
    id_table_init(&table, ".", 1000);
    ck_assert_int_eq(
        id_table_add(&table, id, &place, DUPLICATE_ERROR, &twin, &error), OK);
    ck_assert_int_eq(
        id_table_add(&table, id, &place, DUPLICATE_ERROR, &twin, &error),
        ERR_CONFLICT);
    ck_assert_str_eq(error.message,
                     "notes/a.txt: id 'notes/a.txt' is given twice, first at "
                     "notes/a.txt; ids must differ, or --on-duplicate "
                     "keep-first or keep-last says which counts");
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
                                  DUPLICATE_ERROR, &twin, &error),
                     OK);
    SpoolSource source = {&table.ids, 0, spool_size(&table.ids)};
    Feed feed;
    feed_init(&feed, spool_source_fill, &source);
    id_table_read(&feed, &back);
    ck_assert(span_equal(buf_span(&back), buf_span(&id)));
    feed_release(&feed);
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
                                     on_duplicate, &twin, &error);
        ck_assert_msg(status == OK, "%s", error.message);
        ck_assert(twin.found == (i >= 10));
    }
}

START_TEST(of_equal_ids_the_first_may_be_kept)
{
    IdTable table;
    id_table_init(&table, ".", 100);
    add_again_and_again(&table, DUPLICATE_KEEP_FIRST);
    ck_assert_uint_eq(table.count, 10);
    ck_assert_uint_eq(twin.place.line, 10);
    ck_assert_uint_eq(twin.place.offset, 90);
    ck_assert_str_eq(twin.place.source, "a.tsv");
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
    ck_assert_uint_eq(twin.place.line, 190);
    ck_assert_uint_eq(twin.place.offset, 1890);
    ck_assert_int_eq(id_table_compact(&table, &error), OK);
    ck_assert_uint_eq(table.count, 10);
    SpoolSource source = {&table.ids, 0, spool_size(&table.ids)};
    Feed feed;
    Buf id = {0};
    feed_init(&feed, spool_source_fill, &source);
    for (uint32_t i = 0; i < 10; i++) {
        id_table_read(&feed, &id);
        ck_assert_uint_eq(id.size, 1);
        ck_assert_uint_eq(id.data[0], '0' + i);
    }
    ck_assert(!feed_more(&feed));
    feed_release(&feed);
    buf_release(&id);
    id_table_release(&table);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("id_table");
    TCase *tests = tcase_create("id_table");
    tcase_add_test(tests, ids_get_docids_in_order_and_come_back);
    tcase_add_test(tests, an_id_given_twice_names_both_places);
    tcase_add_test(tests, a_file_given_twice_names_itself);
    tcase_add_test(tests, of_equal_ids_the_first_may_be_kept);
    tcase_add_test(tests, of_equal_ids_the_last_may_be_kept);
    tcase_add_test(tests, ids_have_no_limit_of_length);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
