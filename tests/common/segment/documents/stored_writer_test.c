/* stored_writer_test.c - tests common/segment/documents/stored_writer.c and
 * batch.c. */
#include "common/segment/documents/stored_writer.h"

#include "common/base/varint.h"
#include "indexer/build/batch.h"
#include "tests/support/check_main.h"
#include "tests/support/random.h"

#include <stdio.h>

/* What a frame holds, unpacked. */
static Buf unpack(Span frame, Span dictionary)
{
    Buf out = {0};
    size_t size;
    ck_assert(zip_content_size(frame, &size));
    uint8_t *at = buf_reserve(&out, size + 1);
    ZipUnpacker *unpacker = zip_unpacker_new();
    ck_assert(!dictionary.size || zip_unpacker_learn(unpacker, dictionary));
    ck_assert_ptr_null(zip_unpack(unpacker, frame, at, size, &out.size));
    ck_assert_uint_eq(out.size, size);
    zip_unpacker_free(unpacker);
    return out;
}

START_TEST(frames_unpack_to_what_was_packed)
{
    ZipPacker *packer;
    Error error;
    Buf frame = {0};
    static const char dictionary[] = "the quick brown fox jumps over the lazy "
                                     "dog again and again";
    Span with = _i ? span_text(dictionary) : (Span){0};
    Span content = span_text("the quick brown fox jumps over the lazy dog");
    ck_assert_int_eq(stored_packer_new(with, &packer, &error), OK);
    for (int round = 0; round < 3; round++) {
        frame.size = 0;
        ck_assert_int_eq(zip_pack(packer, content, &frame, &error), OK);
        Buf back = unpack(buf_span(&frame), with);
        ck_assert(span_equal(buf_span(&back), content));
        buf_release(&back);
    }
    zip_packer_free(packer);
    buf_release(&frame);
}
END_TEST

/* Frames of sentences from few words, or of noise. */
static void make_frames(Buf *content, Buf *sizes, bool words)
{
    Random random = {5};
    for (int i = 0; i < 400; i++) {
        size_t before = content->size;
        for (int j = 0; j < 100; j++) {
            if (words) {
                buf_printf(content, "sentence number %zu of the frame, ",
                           random_below(&random, 1000000));
            } else {
                buf_put_u64le(content, random_next(&random));
            }
        }
        size_t size = content->size - before;
        buf_put(sizes, &size, sizeof size);
    }
}

static size_t trained_size(bool words)
{
    Buf content = {0}, sizes = {0}, dictionary = {0};
    Error error;
    make_frames(&content, &sizes, words);
    ck_assert_int_eq(stored_train(buf_span(&content),
                                  (const size_t *)(const void *)sizes.data, 400,
                                  &dictionary, &error),
                     OK);
    size_t size = dictionary.size;
    buf_release(&content);
    buf_release(&sizes);
    buf_release(&dictionary);
    return size;
}

START_TEST(a_dictionary_is_kept_only_if_it_saves_space)
{
    ck_assert_uint_gt(trained_size(true), 0);
    ck_assert_uint_eq(trained_size(false), 0);
}
END_TEST

START_TEST(few_frames_have_no_dictionary)
{
    Buf dictionary = {0};
    Error error;
    size_t size = 5;
    ck_assert_int_eq(
        stored_train(span_text("hello"), &size, 1, &dictionary, &error), OK);
    ck_assert_uint_eq(dictionary.size, 0);
    buf_release(&dictionary);
}
END_TEST

static Span take_bytes(const uint8_t **at, const uint8_t *end)
{
    uint64_t size = 0;
    ck_assert(varint_get(at, end, &size));
    Span span = span_of(*at, (size_t)size);
    *at += size;
    return span;
}

START_TEST(a_batch_holds_documents_as_they_are_stored)
{
    Batch *batch = batch_new();
    Error error;
    const char *names[] = {"url", "lang"};
    DocumentField field = {span_text("lang"), span_text("en")};
    batch_start(batch, 32);
    for (int i = 0; i < 17; i++) {
        char text[32];
        sprintf(text, "text %d", i);
        Document document = {.title = span_text("title"),
                             .text = span_text(text),
                             .fields = &field,
                             .field_count = (size_t)i % 2};
        ck_assert_int_eq(batch_add(batch, &document, names, 2, &error), OK);
    }
    ck_assert(span_equals_text(batch_title(batch, 16), "title"));
    ck_assert(span_equals_text(batch_text(batch, 16), "text 16"));
    Span frame = batch_frame(batch, 0), last = batch_frame(batch, 16);
    ck_assert_uint_eq(frame.size + last.size, batch->content.size);
    const uint8_t *at = frame.data, *end = at + frame.size;
    for (int i = 0; i < 16; i++) {
        char text[32];
        sprintf(text, "text %d", i);
        ck_assert(span_equals_text(take_bytes(&at, end), "title"));
        ck_assert(span_equals_text(take_bytes(&at, end), text));
        ck_assert_int_eq(*at++, i % 2);
        if (i % 2 == 0) continue;
        ck_assert_int_eq(*at++, 1); /* the second of the names */
        ck_assert(span_equals_text(take_bytes(&at, end), "en"));
    }
    ck_assert_ptr_eq(at, end);
    batch_free(batch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stored_writer");
    TCase *tests = tcase_create("stored_writer");
    tcase_add_loop_test(tests, frames_unpack_to_what_was_packed, 0, 2);
    tcase_add_test(tests, a_dictionary_is_kept_only_if_it_saves_space);
    tcase_add_test(tests, few_frames_have_no_dictionary);
    tcase_add_test(tests, a_batch_holds_documents_as_they_are_stored);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
