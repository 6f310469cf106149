/* stored_document_test.c - tests common/segment/documents/stored_document.c. */
#include "common/segment/documents/stored_document.h"

#include "tests/support/check_main.h"

/* Two documents; a text of more than 127 bytes has a size of two bytes. */
static void put_documents(Buf *out)
{
    uint8_t text[300];
    memset(text, 't', sizeof text);
    stored_put_document(out, span_text("title"), span_of(text, sizeof text), 2);
    stored_put_field(out, 200, span_text("value"));
    stored_put_field(out, 0, span_text(""));
    stored_put_document(out, span_text(""), span_text(""), 0);
}

/* What a scan has seen of a document. */
typedef struct Seen {
    Buf bytes[STORED_END]; /* by kind */
    uint64_t names, field_count;
    bool complete, invalid;
} Seen;

/* Gives the bytes to a scan in pieces; returns how many it took. */
static size_t scan_pieces(Span bytes, size_t piece, Seen *seen)
{
    StoredScan scan = {0};
    const uint8_t *at = bytes.data, *all = at + bytes.size;
    while (scan.next != STORED_END && at < all && !seen->invalid) {
        const uint8_t *end = (size_t)(all - at) < piece ? all : at + piece;
        StoredItem item;
        StoredResult result = stored_scan_next(&scan, &at, end, &item);
        seen->invalid = result == STORED_INVALID;
        if (result != STORED_TAKEN) continue;
        buf_put_span(&seen->bytes[item.kind], item.bytes);
        if (item.kind == STORED_NAME) seen->names += item.number;
        if (item.kind == STORED_FIELD_COUNT) seen->field_count = item.number;
    }
    seen->complete = scan.next == STORED_END;
    return (size_t)(at - bytes.data);
}

static void release(Seen *seen)
{
    for (int i = 0; i < STORED_END; i++) buf_release(&seen->bytes[i]);
}

START_TEST(a_document_is_the_same_in_pieces_of_any_size)
{
    Buf bytes = {0};
    put_documents(&bytes);
    for (size_t piece = 1; piece <= bytes.size; piece++) {
        Seen seen = {0};
        size_t size = scan_pieces(buf_span(&bytes), piece, &seen);
        ck_assert(seen.complete);
        ck_assert_uint_eq(size, bytes.size - 3);
        ck_assert_str_eq(buf_text(&seen.bytes[STORED_TITLE]), "title");
        ck_assert_uint_eq(seen.bytes[STORED_TEXT].size, 300);
        ck_assert_uint_eq(seen.field_count, 2);
        ck_assert_uint_eq(seen.names, 200);
        ck_assert_str_eq(buf_text(&seen.bytes[STORED_VALUE]), "value");
        release(&seen);
    }
    buf_release(&bytes);
}
END_TEST

START_TEST(documents_are_skipped_one_after_the_other)
{
    Buf bytes = {0};
    put_documents(&bytes);
    const uint8_t *at = bytes.data, *end = at + bytes.size;
    ck_assert(stored_document_skip(&at, end));
    ck_assert_ptr_eq(at, end - 3);
    ck_assert(stored_document_skip(&at, end));
    ck_assert_ptr_eq(at, end);
    ck_assert(!stored_document_skip(&at, end));
    buf_release(&bytes);
}
END_TEST

START_TEST(a_document_that_is_cut_short_is_not_complete)
{
    Buf bytes = {0};
    put_documents(&bytes);
    for (size_t size = 0; size < bytes.size - 3; size++) {
        const uint8_t *at = bytes.data;
        ck_assert(!stored_document_skip(&at, bytes.data + size));
    }
    buf_release(&bytes);
}
END_TEST

START_TEST(a_number_above_64_bits_is_invalid)
{
    const uint8_t bytes[] = {0xff, 0xff, 0xff, 0xff, 0xff,
                             0xff, 0xff, 0xff, 0xff, 0x02};
    Seen seen = {0};
    scan_pieces(span_of(bytes, sizeof bytes), 3, &seen);
    ck_assert(seen.invalid);
    release(&seen);
}
END_TEST

START_TEST(the_offsets_of_title_and_text_are_those_of_their_bytes)
{
    Buf bytes = {0};
    StoredOffsets at = stored_put_document(&bytes, span_text("one"),
                                           span_text("three"), 0);
    ck_assert_mem_eq(bytes.data + at.title, "one", 3);
    ck_assert_mem_eq(bytes.data + at.text, "three", 5);
    buf_release(&bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stored_document");
    TCase *tests = tcase_create("stored_document");
    tcase_add_test(tests, a_document_is_the_same_in_pieces_of_any_size);
    tcase_add_test(tests, documents_are_skipped_one_after_the_other);
    tcase_add_test(tests, a_document_that_is_cut_short_is_not_complete);
    tcase_add_test(tests, a_number_above_64_bits_is_invalid);
    tcase_add_test(tests,
                   the_offsets_of_title_and_text_are_those_of_their_bytes);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
