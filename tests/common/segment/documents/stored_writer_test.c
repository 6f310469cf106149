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

/* Puts a frame of sentences from few words, or of noise. */
static void put_frame(StoredSample *sample, Random *random, bool words)
{
    Buf frame = {0};
    for (int j = 0; j < 100; j++) {
        if (words) {
            buf_printf(&frame, "sentence number %zu of the frame, ",
                       random_below(random, 1000000));
        } else {
            buf_put_u64le(&frame, random_next(random));
        }
    }
    stored_sample_add(sample, buf_span(&frame));
    buf_release(&frame);
}

static size_t trained_size(const StoredSample *sample)
{
    Buf dictionary = {0};
    Error error;
    ck_assert_int_eq(stored_sample_train(sample, &dictionary, &error), OK);
    size_t size = dictionary.size;
    buf_release(&dictionary);
    return size;
}

START_TEST(a_dictionary_is_kept_only_if_it_saves_space)
{
    Random random = {5};
    StoredSample sample = {0};
    while (!stored_sample_is_enough(&sample))
        put_frame(&sample, &random, _i == 0);
    size_t size = trained_size(&sample);
    ck_assert(_i == 0 ? size > 0 : size == 0);
    stored_sample_release(&sample);
}
END_TEST

START_TEST(documents_of_less_than_4_MB_have_no_dictionary)
{
    Random random = {5};
    StoredSample sample = {0};
    while (sample.content.size < STORED_SAMPLE_BYTES - 5000)
        put_frame(&sample, &random, true);
    ck_assert(!stored_sample_is_enough(&sample));
    ck_assert_uint_eq(trained_size(&sample), 0);
    stored_sample_release(&sample);
}
END_TEST

START_TEST(a_sample_ends_with_the_frame_that_makes_it_enough)
{
    Random random = {5};
    StoredSample sample = {0};
    while (!stored_sample_is_enough(&sample)) put_frame(&sample, &random, true);
    size_t size = sample.content.size, sizes = sample.sizes.size;
    put_frame(&sample, &random, true);
    ck_assert_uint_eq(sample.content.size, size);
    ck_assert_uint_eq(sample.sizes.size, sizes);
    stored_sample_release(&sample);
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
    tcase_add_loop_test(tests, a_dictionary_is_kept_only_if_it_saves_space, 0,
                        2);
    tcase_add_test(tests, documents_of_less_than_4_MB_have_no_dictionary);
    tcase_add_test(tests, a_sample_ends_with_the_frame_that_makes_it_enough);
    tcase_add_test(tests, a_batch_holds_documents_as_they_are_stored);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
