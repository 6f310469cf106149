/* stream_test.c - tests common/input/stream.c, unpacker.c, utf16.c. */
#include "common/input/stream.h"

#include "tests/support/check_main.h"
#include "tests/support/files.h"

static Error error;

static Stream *open_bytes(Span bytes)
{
    Stream *stream;
    ck_assert_int_eq(stream_open_memory(bytes, "in", &stream, &error), OK);
    return stream;
}

static bool next_line(Stream *stream, uint64_t max_bytes, StreamRecord *line)
{
    bool found;
    ck_assert_int_eq(stream_line(stream, max_bytes, line, &found, &error), OK);
    return found;
}

static void expect_line(Stream *stream, const char *text, uint64_t number,
                        uint64_t offset)
{
    StreamRecord line;
    ck_assert(next_line(stream, 1000, &line));
    ck_assert(!line.too_long);
    ck_assert_uint_eq(line.bytes.size, strlen(text));
    ck_assert(span_equals_text(line.bytes, text));
    ck_assert_uint_eq(line.line, number);
    ck_assert_uint_eq(line.offset, offset);
}

static void expect_end(Stream *stream)
{
    StreamRecord line;
    ck_assert(!next_line(stream, 1000, &line));
    stream_close(stream);
}

START_TEST(lines_end_with_lf_or_crlf_or_the_input)
{
    Stream *stream = open_bytes(span_text("one\r\n\ntwo\rx\nlast"));
    expect_line(stream, "one", 1, 0);
    expect_line(stream, "", 2, 5);
    expect_line(stream, "two\rx", 3, 6);
    expect_line(stream, "last", 4, 12);
    expect_end(stream);
}
END_TEST

START_TEST(empty_input_has_no_lines)
{
    expect_end(open_bytes((Span){0}));
    expect_end(open_bytes(span_text("\xef\xbb\xbf")));
}
END_TEST

START_TEST(a_utf8_mark_is_dropped_but_counts_in_offsets)
{
    Stream *stream = open_bytes(span_text("\xef\xbb\xbf"
                                          "a\nb"));
    expect_line(stream, "a", 1, 3);
    expect_line(stream, "b", 2, 5);
    expect_end(stream);
}
END_TEST

START_TEST(utf16_with_a_mark_is_converted)
{
    /* a, e acute, CJK, a pair, line feed, a lone high surrogate, b */
    static const uint8_t units[][2] = {{0xfe, 0xff}, {0, 'a'},     {0, 0xe9},
                                       {0x67, 0x71}, {0xd8, 0x3d}, {0xde, 0x00},
                                       {0x00, 0x0a}, {0xd8, 0x3d}, {0x00, 'b'}};
    uint8_t big[sizeof units + 1], little[sizeof units + 1];
    for (size_t i = 0; i < sizeof units; i++) {
        big[i] = units[i / 2][i % 2];
        little[i] = units[i / 2][1 - i % 2];
    }
    big[sizeof units] = little[sizeof units] = 'x'; /* half a unit */
    for (int order = 0; order < 2; order++) {
        Stream *stream = open_bytes(span_of(order ? big : little, sizeof big));
        expect_line(stream, "a\xc3\xa9\xe6\x9d\xb1\xf0\x9f\x98\x80", 1, 0);
        expect_line(stream,
                    "\xef\xbf\xbd"
                    "b\xef\xbf\xbd",
                    2, 11);
        expect_end(stream);
    }
}
END_TEST

START_TEST(a_named_encoding_is_converted_also_after_a_look)
{
    Stream *stream = open_bytes(span_text("caf\xe9\nb\xff"));
    Span ahead;
    ck_assert_int_eq(stream_peek(stream, 100, &ahead, &error), OK);
    ck_assert_int_eq(
        stream_decode(stream, encoding_find(span_text("latin1")), &error), OK);
    expect_line(stream, "caf\xc3\xa9", 1, 0);
    expect_line(stream, "b\xc3\xbf", 2, 6);
    ck_assert(!stream_is_broken(stream));
    expect_end(stream);
}
END_TEST

/* Seen by fuzzing: there was no memory to look at. */
START_TEST(nothing_but_a_utf16_mark_is_an_empty_text)
{
    expect_end(open_bytes(span_text("\xff\xfe")));
    Stream *stream = open_bytes((Span){0});
    ck_assert_int_eq(
        stream_decode(stream, encoding_find(span_text("latin1")), &error), OK);
    expect_end(stream);
}
END_TEST

START_TEST(long_utf16_is_converted_completely)
{
    Buf text = {0};
    buf_put(&text, "\xff\xfe", 2);
    for (unsigned i = 0; i < 300000; i++)
        buf_put_u16le(&text, (uint16_t)(0x4e00 + i % 1000));
    Stream *stream = open_bytes(buf_span(&text));
    Span ahead;
    ck_assert_int_eq(stream_peek(stream, SIZE_MAX, &ahead, &error), OK);
    ck_assert_uint_eq(ahead.size, 900000);
    for (size_t i = 0; i < ahead.size; i += 3000)
        ck_assert_mem_eq(ahead.data + i, ahead.data, 3000);
    stream_close(stream);
    buf_release(&text);
}
END_TEST

/* About 700 KB of lines "0", "1", ... */
static Buf many_lines(void)
{
    Buf text = {0};
    for (int i = 0; i < 100000; i++) buf_printf(&text, "%d\n", i);
    return text;
}

static void expect_many_lines(Stream *stream)
{
    StreamRecord line;
    char text[16];
    bool found = true, right = true;
    for (int i = 0; i < 100000 && right; i++) {
        snprintf(text, sizeof text, "%d", i);
        right = stream_line(stream, 1000, &line, &found, &error) == OK &&
                found && span_equals_text(line.bytes, text) &&
                line.line == (uint64_t)i + 1;
    }
    ck_assert_msg(right, "line %s is wrong", text);
    expect_end(stream);
}

/* Compresses the two halves of the bytes one after the other. */
static Buf pack_halves(Span bytes, void (*pack)(Buf *, Span))
{
    Buf packed = {0};
    size_t half = bytes.size / 2;
    pack(&packed, span_of(bytes.data, half));
    pack(&packed, span_of(bytes.data + half, bytes.size - half));
    return packed;
}

static void (*const PACKERS[])(Buf *, Span) = {pack_gzip, pack_zstd};

START_TEST(members_and_frames_follow_one_another)
{
    Buf text = many_lines();
    Buf packed = pack_halves(buf_span(&text), PACKERS[_i]);
    expect_many_lines(open_bytes(buf_span(&packed)));
    Scratch scratch = scratch_new();
    Stream *stream; /* detected without the name */
    const char *path = scratch_write(&scratch, "x.txt", buf_span(&packed));
    ck_assert_int_eq(stream_open(path, &stream, &error), OK);
    expect_many_lines(stream);
    ck_assert_int_eq(stream_open(path, &stream, &error), OK);
    Span ahead;
    ck_assert_int_eq(stream_peek(stream, SIZE_MAX, &ahead, &error), OK);
    ck_assert_uint_eq(stream_packed_bytes(stream), packed.size);
    stream_close(stream);
    scratch_remove(&scratch);
    buf_release(&packed);
    buf_release(&text);
}
END_TEST

START_TEST(compressed_data_truncated_anywhere_is_an_error)
{
    Buf text = {0}, packed = {0};
    for (int i = 0; i < 400; i++) buf_printf(&text, "%d\n", i * i);
    PACKERS[_i](&packed, buf_span(&text));
    for (size_t size = 4; size < packed.size; size++) {
        Stream *stream = NULL;
        Span ahead;
        Status status = stream_open_memory(span_of(packed.data, size), "in",
                                           &stream, &error);
        if (status == OK)
            status = stream_peek(stream, SIZE_MAX, &ahead, &error);
        ck_assert_int_eq(status, ERR_IO);
        ck_assert_ptr_nonnull(strstr(error.message, "in: "));
        ck_assert_ptr_nonnull(strstr(
            error.message, "in: truncated compressed data: the file ends"));
        stream_close(stream);
    }
    buf_release(&packed);
    buf_release(&text);
}
END_TEST

START_TEST(flipped_bytes_never_crash)
{
    Buf text = many_lines(), packed = {0};
    PACKERS[_i](&packed, span_of(text.data, 5000));
    for (size_t i = 0; i < packed.size; i++) {
        packed.data[i] ^= 0x55;
        Stream *stream = NULL;
        Span ahead;
        Status status = stream_open_memory(buf_span(&packed), "in", &stream,
                                           &error);
        if (status == OK)
            status = stream_peek(stream, SIZE_MAX, &ahead, &error);
        ck_assert(status == OK || status == ERR_IO);
        stream_close(stream);
        packed.data[i] ^= 0x55;
    }
    buf_release(&packed);
    buf_release(&text);
}
END_TEST

START_TEST(zeros_after_gzip_are_padding_and_other_bytes_an_error)
{
    Buf packed = {0};
    pack_gzip(&packed, span_text("a\n"));
    buf_put_zeros(&packed, 512);
    Stream *stream = open_bytes(buf_span(&packed));
    expect_line(stream, "a", 1, 0);
    expect_end(stream);
    buf_put_text(&packed, "more");
    ck_assert_int_eq(
        stream_open_memory(buf_span(&packed), "in", &stream, &error), ERR_IO);
    ck_assert_ptr_nonnull(
        strstr(error.message, "in: what follows the compressed data at byte "));
    buf_release(&packed);
}
END_TEST

START_TEST(windows_of_2_to_the_31_are_read)
{
    Buf text = many_lines(), packed = {0};
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 31);
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    ZSTD_CCtx_setParameter(context, ZSTD_c_hashLog, 10);
    ZSTD_CCtx_setParameter(context, ZSTD_c_chainLog, 10);
    uint8_t *at = buf_reserve(&packed, ZSTD_compressBound(1000));
    ZSTD_inBuffer in = {text.data, 1000, 0};
    ZSTD_outBuffer out = {at, packed.capacity, 0};
    /* In two steps, so that zstd cannot shrink the window to the size. */
    ck_assert(!ZSTD_isError(
        ZSTD_compressStream2(context, &out, &in, ZSTD_e_continue)));
    ck_assert_uint_eq(ZSTD_compressStream2(context, &out, &in, ZSTD_e_end), 0);
    packed.size = out.pos;
    Stream *stream = open_bytes(buf_span(&packed));
    Span ahead;
    ck_assert_int_eq(stream_peek(stream, SIZE_MAX, &ahead, &error), OK);
    ck_assert_uint_eq(ahead.size, 1000);
    stream_close(stream);
    ZSTD_freeCCtx(context);
    buf_release(&packed);
    buf_release(&text);
}
END_TEST

START_TEST(a_line_too_long_is_skipped_in_little_memory)
{
    Buf text = {0};
    buf_put_text(&text, "before\n");
    for (int i = 0; i < 1000000; i++) buf_put_text(&text, "0123456789");
    buf_put_text(&text, "\nafter\n");
    Stream *stream = open_bytes(buf_span(&text));
    StreamRecord line;
    expect_line(stream, "before", 1, 0);
    ck_assert(next_line(stream, 1000, &line));
    ck_assert(line.too_long);
    ck_assert_uint_eq(line.bytes.size, 0);
    ck_assert_uint_eq(line.line, 2);
    ck_assert_uint_eq(line.offset, 7);
    expect_line(stream, "after", 3, 10000008);
    expect_end(stream);
    buf_release(&text);
}
END_TEST

START_TEST(an_input_that_cannot_be_opened_is_named)
{
    Stream *stream;
    ck_assert_int_eq(stream_open("/no/such", &stream, &error), ERR_IO);
    ck_assert_str_eq(error.message,
                     "/no/such: cannot open: No such file or directory");
    ck_assert_ptr_null(stream);
    ck_assert_int_eq(stream_open("/tmp", &stream, &error), ERR_IO);
    ck_assert_str_eq(error.message, "/tmp: cannot read: Is a directory");
}
END_TEST

START_TEST(a_slow_pipe_is_read_completely)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    if (fork() == 0) {
        Buf text = many_lines(),
            packed = pack_halves(buf_span(&text), pack_gzip);
        for (size_t at = 0; at < packed.size; at++) {
            size_t size = at < 300 ? 1 : packed.size - at;
            if (write(ends[1], packed.data + at, size) < 0) _exit(1);
            at += size - 1;
        }
        _exit(0);
    }
    close(ends[1]);
    Stream *stream;
    ck_assert_int_eq(stream_open_fd(ends[0], "-", &stream, &error), OK);
    expect_many_lines(stream);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stream");
    TCase *tests = tcase_create("stream");
    tcase_add_test(tests, lines_end_with_lf_or_crlf_or_the_input);
    tcase_add_test(tests, empty_input_has_no_lines);
    tcase_add_test(tests, a_utf8_mark_is_dropped_but_counts_in_offsets);
    tcase_add_test(tests, utf16_with_a_mark_is_converted);
    tcase_add_test(tests, a_named_encoding_is_converted_also_after_a_look);
    tcase_add_test(tests, nothing_but_a_utf16_mark_is_an_empty_text);
    tcase_add_test(tests, long_utf16_is_converted_completely);
    tcase_add_loop_test(tests, members_and_frames_follow_one_another, 0, 2);
    tcase_add_loop_test(tests, compressed_data_truncated_anywhere_is_an_error,
                        0, 2);
    tcase_add_loop_test(tests, flipped_bytes_never_crash, 0, 2);
    tcase_add_test(tests,
                   zeros_after_gzip_are_padding_and_other_bytes_an_error);
    tcase_add_test(tests, windows_of_2_to_the_31_are_read);
    tcase_add_test(tests, a_line_too_long_is_skipped_in_little_memory);
    tcase_add_test(tests, an_input_that_cannot_be_opened_is_named);
    tcase_add_test(tests, a_slow_pipe_is_read_completely);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
