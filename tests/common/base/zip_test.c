/* zip_test.c - tests common/base/zip.c. */
#include "common/base/zip.h"

#include "tests/support/check_main.h"
#include "tests/support/random.h"

enum { LEVEL = 3 };

static void pack(Span dictionary, Span content, Buf *out)
{
    ZipPacker *packer;
    Error error;
    ck_assert_int_eq(zip_packer_new(LEVEL, dictionary, &packer, &error), OK);
    ck_assert_int_eq(zip_pack(packer, content, out, &error), OK);
    zip_packer_free(packer);
}

static void put_lines(Buf *out, int count)
{
    for (int i = 0; i < count; i++) {
        buf_printf(out, "line %d of a text that says little\n", i);
    }
}

START_TEST(a_frame_holds_its_content_and_its_size)
{
    Buf content = {0}, frame = {0}, back = {0};
    put_lines(&content, _i);
    pack((Span){0}, buf_span(&content), &frame);
    size_t size, got;
    ck_assert(zip_content_size(buf_span(&frame), &size));
    ck_assert_uint_eq(size, content.size);
    uint8_t *room = buf_reserve(&back, size + 1);
    ZipUnpacker *unpacker = zip_unpacker_new();
    ck_assert_ptr_null(
        zip_unpack(unpacker, buf_span(&frame), room, size, &got));
    ck_assert(span_equal(span_of(room, got), buf_span(&content)));
    zip_unpacker_free(unpacker);
    buf_release(&content);
    buf_release(&frame);
    buf_release(&back);
}
END_TEST

START_TEST(a_frame_is_appended)
{
    Buf out = {0}, alone = {0};
    buf_put_text(&out, "before");
    pack((Span){0}, span_text("content"), &out);
    pack((Span){0}, span_text("content"), &alone);
    ck_assert_uint_eq(out.size, strlen("before") + alone.size);
    ck_assert_mem_eq(out.data, "before", strlen("before"));
    ck_assert_mem_eq(out.data + strlen("before"), alone.data, alone.size);
    buf_release(&out);
    buf_release(&alone);
}
END_TEST

/* A single-segment header with a content size of 2^62 bytes, and no data. */
static const uint8_t BOASTING[] = {0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0,   0,
                                   0,    0,    0,    0,    0,    0x40};

/* A header with a window of 64 KiB and without a content size. */
static const uint8_t SILENT[] = {0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x30, 0x01, 0};

START_TEST(an_impossible_content_size_is_refused)
{
    size_t size = 1;
    ck_assert(!zip_content_size(span_of(BOASTING, sizeof BOASTING), &size));
    ck_assert_uint_eq(size, 0);
    ck_assert(!zip_content_size(span_of(SILENT, sizeof SILENT), &size));
    ck_assert(!zip_content_size(span_text("no frame at all"), &size));
    ck_assert(!zip_content_size((Span){0}, &size));
}
END_TEST

START_TEST(the_content_size_of_equal_bytes_is_accepted)
{
    Buf content = {0}, frame = {0};
    size_t size;
    buf_put_zeros(&content, 20 << 20);
    pack((Span){0}, buf_span(&content), &frame);
    ck_assert(zip_content_size(buf_span(&frame), &size));
    ck_assert_uint_eq(size, content.size);
    buf_release(&content);
    buf_release(&frame);
}
END_TEST

START_TEST(damage_gets_a_message)
{
    Buf content = {0}, frame = {0};
    uint8_t room[8192];
    size_t got = 1;
    put_lines(&content, 100);
    pack((Span){0}, buf_span(&content), &frame);
    ZipUnpacker *unpacker = zip_unpacker_new();
    for (size_t size = 1; size < frame.size; size++) {
        Span cut = span_of(frame.data, size);
        ck_assert_ptr_nonnull(
            zip_unpack(unpacker, cut, room, sizeof room, &got));
        ck_assert_uint_eq(got, 0);
    }
    ck_assert_str_eq(zip_unpack(unpacker, buf_span(&frame), room, 10, &got),
                     "Destination buffer is too small");
    zip_unpacker_free(unpacker);
    buf_release(&content);
    buf_release(&frame);
}
END_TEST

/* 400 samples of sentences from few words, or of noise. */
static void make_samples(Buf *samples, size_t *sizes, bool words)
{
    Random random = {5};
    for (int i = 0; i < 400; i++) {
        size_t before = samples->size;
        for (int j = 0; j < 20; j++) {
            if (words) {
                buf_printf(samples, "sentence number %zu of the sample, ",
                           random_below(&random, 1000000));
            } else {
                buf_put_u64le(samples, random_next(&random));
            }
        }
        sizes[i] = samples->size - before;
    }
}

START_TEST(a_dictionary_packs_better_and_is_needed_to_unpack)
{
    Buf samples = {0}, dictionary = {0}, with = {0}, without = {0};
    size_t sizes[400], got;
    Error error;
    make_samples(&samples, sizes, true);
    ck_assert_int_eq(
        zip_train(buf_span(&samples), sizes, 400, 8192, &dictionary, &error),
        OK);
    ck_assert_uint_gt(dictionary.size, 0);
    ck_assert_uint_le(dictionary.size, 8192);
    Span content = span_of(samples.data, sizes[0]);
    pack(buf_span(&dictionary), content, &with);
    pack((Span){0}, content, &without);
    ck_assert_uint_lt(with.size, without.size);

    uint8_t room[2048];
    ck_assert_uint_le(content.size, sizeof room);
    ZipUnpacker *unpacker = zip_unpacker_new();
    ck_assert_str_eq(
        zip_unpack(unpacker, buf_span(&with), room, sizeof room, &got),
        "Dictionary mismatch");
    ck_assert(zip_unpacker_learn(unpacker, buf_span(&dictionary)));
    ck_assert_ptr_null(
        zip_unpack(unpacker, buf_span(&with), room, sizeof room, &got));
    ck_assert(span_equal(span_of(room, got), content));
    zip_unpacker_free(unpacker);
    buf_release(&samples);
    buf_release(&dictionary);
    buf_release(&with);
    buf_release(&without);
}
END_TEST

START_TEST(too_few_samples_give_no_dictionary)
{
    Buf dictionary = {0};
    Error error;
    size_t size = 5;
    ck_assert_int_eq(
        zip_train(span_text("hello"), &size, 1, 8192, &dictionary, &error), OK);
    ck_assert_uint_eq(dictionary.size, 0);
    buf_release(&dictionary);
}
END_TEST

START_TEST(an_invalid_dictionary_is_refused)
{
    /* The magic number of a dictionary, and then no tables. */
    static const uint8_t broken[] = {0x37, 0xa4, 0x30, 0xec, 1, 0,
                                     0,    0,    0xff, 0xff, 0, 0};
    Span dictionary = span_of(broken, sizeof broken);
    ZipUnpacker *unpacker = zip_unpacker_new();
    ck_assert(!zip_unpacker_learn(unpacker, dictionary));
    zip_unpacker_free(unpacker);
}
END_TEST

/* Unpacks, with at most `max` packed bytes of input and `room` bytes of output
 * per step. */
static void read_stream(Span packed, size_t max, size_t room, Buf *out)
{
    ZipUnpacker *unpacker = zip_unpacker_new();
    bool between = false;
    size_t got = 0;
    while (packed.size || got) {
        Span part = span_of(packed.data, packed.size < max ? packed.size : max);
        size_t given = part.size;
        ck_assert_ptr_null(zip_unpack_step(
            unpacker, &part, buf_reserve(out, room), room, &got, &between));
        out->size += got;
        packed = span_of(packed.data + (given - part.size),
                         packed.size - (given - part.size));
    }
    ck_assert(between);
    zip_unpacker_free(unpacker);
}

START_TEST(a_stream_of_frames_is_unpacked_in_pieces)
{
    static const size_t max[] = {1, 7, 1000000, 1, 1000000};
    static const size_t room[] = {1, 100, 1, 1000000, 1000000};
    Buf content = {0}, packed = {0}, out = {0};
    put_lines(&content, 300);
    pack((Span){0}, buf_span(&content), &packed);
    pack((Span){0}, span_text("and a second frame"), &packed);
    buf_put_text(&content, "and a second frame");
    read_stream(buf_span(&packed), max[_i], room[_i], &out);
    ck_assert(span_equal(buf_span(&out), buf_span(&content)));
    buf_release(&content);
    buf_release(&packed);
    buf_release(&out);
}
END_TEST

START_TEST(a_stream_is_between_frames_only_at_their_ends)
{
    Buf packed = {0};
    uint8_t room[64];
    size_t got;
    bool between = false;
    pack((Span){0}, span_text("some content"), &packed);
    ZipUnpacker *unpacker = zip_unpacker_new();
    for (size_t i = 0; i < packed.size; i++) {
        ck_assert(!between);
        Span one = span_of(packed.data + i, 1);
        ck_assert_ptr_null(
            zip_unpack_step(unpacker, &one, room, sizeof room, &got, &between));
    }
    ck_assert(between);
    Span none = {0};
    ck_assert_ptr_null(
        zip_unpack_step(unpacker, &none, room, sizeof room, &got, &between));
    ck_assert_uint_eq(got, 0);
    ck_assert(between);
    zip_unpacker_free(unpacker);
    buf_release(&packed);
}
END_TEST

/* One step through a frame that holds "hello" uncompressed and wants a window
 * of 2^log bytes (RFC 8878, 3.1.1.1.2). */
static const char *read_window(int log, size_t *got)
{
    uint8_t frame[] = {0x28, 0xb5, 0x2f, 0xfd, 0,   (uint8_t)((log - 10) << 3),
                       0x29, 0,    0,    'h',  'e', 'l',
                       'l',  'o'};
    uint8_t room[64];
    bool between;
    Span packed = span_of(frame, sizeof frame);
    ZipUnpacker *unpacker = zip_unpacker_new();
    const char *why = zip_unpack_step(unpacker, &packed, room, sizeof room, got,
                                      &between);
    zip_unpacker_free(unpacker);
    return why;
}

START_TEST(windows_reach_to_2_gib)
{
    size_t got;
    ck_assert_ptr_null(read_window(31, &got));
    ck_assert_uint_eq(got, 5);
    ck_assert_str_eq(read_window(32, &got),
                     "Frame requires too much memory for decoding");
    ck_assert_uint_eq(got, 0);
}
END_TEST

START_TEST(freeing_null_has_no_effect)
{
    zip_packer_free(NULL);
    zip_unpacker_free(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("zip");
    TCase *tests = tcase_create("zip");
    tcase_add_loop_test(tests, a_frame_holds_its_content_and_its_size, 0, 50);
    tcase_add_test(tests, a_frame_is_appended);
    tcase_add_test(tests, an_impossible_content_size_is_refused);
    tcase_add_test(tests, the_content_size_of_equal_bytes_is_accepted);
    tcase_add_test(tests, damage_gets_a_message);
    tcase_add_test(tests, a_dictionary_packs_better_and_is_needed_to_unpack);
    tcase_add_test(tests, too_few_samples_give_no_dictionary);
    tcase_add_test(tests, an_invalid_dictionary_is_refused);
    tcase_add_loop_test(tests, a_stream_of_frames_is_unpacked_in_pieces, 0, 5);
    tcase_add_test(tests, a_stream_is_between_frames_only_at_their_ends);
    tcase_add_test(tests, windows_reach_to_2_gib);
    tcase_add_test(tests, freeing_null_has_no_effect);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
