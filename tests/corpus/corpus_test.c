/* corpus_test.c - tests corpus/corpus.c, text_file.c, clean_document.c. */
#include "tests/corpus/corpus_fixture.h"

#include "tests/support/random.h"

#include <fcntl.h>

START_TEST(whoever_listens_may_end_the_reading)
{
    most_skips = 2;
    expect(read_bytes("{\"id\":1,\"text\":\"a\"}\n{\n[\n{\n"),
           "detected jsonl: id = id, text = text\ndoc 1||a\n"
           "skip @/in:2:2@20 not JSON: the object is not closed\n"
           "skip @/in:3:1@22 not a JSON object\n"
           "error 5 enough\n");
}
END_TEST

START_TEST(plain_text_is_one_document)
{
    expect(read_bytes("Some text,\nwith lines.\n"),
           "detected indexing as plain text, one document per file\n"
           "doc @/in||Some text,\\nwith lines.\\n\n");
    expect(read_bytes("[1] a note\n{x}\n"),
           "detected indexing as plain text, one document per file\n"
           "doc @/in||[1] a note\\n{x}\\n\n");
    expect(read_bytes(""),
           "detected indexing as plain text, one document per file\n"
           "detected no document in it\n");
    options.title_from = TITLE_FIRST_LINE;
    expect(read_bytes("\n  Title \r\nrest\n"),
           "detected indexing as plain text, one document per file\n"
           "doc @/in|Title|rest\\n\n");
    expect(read_bytes("---\n\n## A *heading*\n#tag\n"),
           "detected indexing as plain text, one document per file\n"
           "doc @/in|A *heading*|#tag\\n\n");
    expect(read_bytes("#tag first\nrest"),
           "detected indexing as plain text, one document per file\n"
           "doc @/in|#tag first|rest\n");
    options.title_from = TITLE_NAME;
    expect(read_one(scratch_write(&scratch, "My notes.txt", span_text("x"))),
           "detected indexing as plain text, one document per file\n"
           "doc @/My notes.txt|My notes|x\n");
    options.max_record_bytes = 3;
    expect(read_bytes("1234"),
           "detected indexing as plain text, one document per file\n"
           "skip @/in:0@0 larger than 3 bytes\n");
}
END_TEST

START_TEST(invalid_utf8_is_replaced_everywhere_except_in_ids)
{
    static const char *const fields[] = {"f"};
    options.store_fields = fields;
    options.store_field_count = 1;
    expect(read_bytes("{\"id\":\"a\xff\",\"title\":\"\xc3t\",\"text\":\"ok\","
                      "\"f\":\"\xe6\x9d\"}\n"),
           "detected jsonl: id = id, text = title + text\n"
           "changed @/in:1@0 invalid UTF-8 was replaced by U+FFFD\n"
           "doc a\xff|\xef\xbf\xbdt|ok|f=\xef\xbf\xbd\n");
}
END_TEST

START_TEST(a_file_that_shrinks_while_it_is_read_is_reported_as_changed)
{
    enum { RECORDS = 100000, KEPT_BYTES = 1000 };
    Buf text = {0};
    for (int i = 0; i < RECORDS; i++)
        buf_put_text(&text, "{\"text\":\"word\"}\n");
    const char *path = scratch_write(&scratch, "in", buf_span(&text));
    CorpusListener listener = {.changed = on_changed};
    Corpus *corpus;
    Error error;
    Document document;
    bool found = true;
    ck_assert_int_eq(
        corpus_open(&options, &path, 1, &listener, &corpus, &error), OK);
    size_t count = 0;
    for (; found; count++) {
        if (count == 1) ck_assert_int_eq(truncate(path, KEPT_BYTES), 0);
        ck_assert_int_eq(corpus_next(corpus, &document, &found, &error), OK);
    }
    ck_assert_uint_lt(count, RECORDS);
    expect(buf_text(&events),
           "changed @/in:0@0 the file became shorter while it was read\n");
    corpus_close(corpus);
    buf_release(&text);
}
END_TEST

START_TEST(utf16_and_marks_are_read_as_utf8)
{
    const char *text = "{\"id\":1,\"text\":\"x\"}\n";
    Buf wide = {0};
    buf_put(&wide, "\xff\xfe", 2);
    for (const char *at = text; *at; at++) buf_put_u16le(&wide, (uint8_t)*at);
    expect(read_one(scratch_write(&scratch, "wide", buf_span(&wide))),
           "detected jsonl: id = id, text = text\ndoc 1||x\n");
    buf_put_u16le(&wide, 0xd800);
    expect(read_one(scratch_write(&scratch, "wide", buf_span(&wide))),
           "detected jsonl: id = id, text = text\ndoc 1||x\n"
           "skip @/wide:2:1@20 not JSON: invalid char in json text\n"
           "changed @/wide:0@0 invalid UTF-16LE was replaced by U+FFFD\n");
    expect(read_bytes("\xef\xbb\xbfid\ttext\n1\tx\n"),
           "detected tsv with header: id = id, text = text\ndoc 1||x\n");
    buf_release(&wide);
}
END_TEST

START_TEST(packed_sources_give_the_same_and_cut_ones_what_they_have)
{
    Buf gzip = {0}, zstd = {0};
    Span text = span_text(
        "{\"id\":1,\"text\":\"x\"}\n{\"id\":2,\"text\":\"y\"}");
    const char *wanted = "detected jsonl: id = id, text = text\n"
                         "doc 1||x\ndoc 2||y\n";
    pack_gzip(&gzip, text);
    pack_zstd(&zstd, text);
    expect(read_one(scratch_write(&scratch, "a.gz", buf_span(&gzip))), wanted);
    expect(read_one(scratch_write(&scratch, "b", buf_span(&zstd))), wanted);
    gzip.size -= 5;
    const char *got = read_one(scratch_write(&scratch, "c", buf_span(&gzip)));
    ck_assert_ptr_nonnull(
        strstr(got, "doc 1||x\ndoc 2||y\n"
                    "skip @/c:0@39 the rest, after 39 bytes of text: truncated "
                    "compressed data: the file ends after "));
    gzip.size = 10; /* the header */
    got = read_one(scratch_write(&scratch, "d", buf_span(&gzip)));
    ck_assert_ptr_nonnull(
        strstr(got, "skip @/d:0@0 truncated compressed data: the file ends "
                    "after 10 bytes\n"));
    ck_assert_ptr_null(strstr(got, "doc "));
    buf_release(&gzip);
    buf_release(&zstd);
}
END_TEST

START_TEST(what_follows_packed_data_is_left_out_and_reported)
{
    void (*const packers[])(Buf *, Span) = {pack_gzip, pack_zstd};
    for (int i = 0; i < 2; i++) {
        Buf packed = {0}, wanted = {0};
        packers[i](&packed, span_text("text"));
        buf_printf(&wanted,
                   "detected indexing as plain text, one document per file\n"
                   "doc @/a||text\n"
                   "changed @/a:0@0 what follows the compressed data at byte "
                   "%zu is not compressed and was left out\n",
                   packed.size);
        buf_put_text(&packed, "<html>junk");
        expect(read_one(scratch_write(&scratch, "a", buf_span(&packed))),
               buf_text(&wanted));
        buf_release(&packed);
        buf_release(&wanted);
    }
}
END_TEST

/* 20,000 records, a line each, packed by zstd in blocks of at most 128 KiB. */
static void pack_records(Buf *out)
{
    Buf lines = {0};
    for (unsigned i = 0; i < 20000; i++)
        buf_printf(&lines, "{\"id\":%u,\"text\":\"w%u\"}\n", i,
                   i * 2654435761U);
    pack_zstd(out, buf_span(&lines));
    buf_release(&lines);
}

START_TEST(damage_in_the_middle_costs_only_what_comes_after_it)
{
    Buf packed = {0};
    pack_records(&packed);
    size_t half = packed.size / 2;
    memset(packed.data + half, 0xff, 64);
    const char *both[] = {scratch_write(&scratch, "a.zst", buf_span(&packed)),
                          scratch_write(&scratch, "b", span_text("other"))};
    const char *got = read_inputs(both, 2);
    ck_assert_ptr_nonnull(strstr(got, "\ndoc 1||w2654435761\n"));
    ck_assert_ptr_nonnull(strstr(got, "\ndoc 5000||"));
    ck_assert_ptr_nonnull(strstr(got, "\nskip @/a.zst:0@"));
    ck_assert_ptr_nonnull(strstr(got, "damaged compressed data at byte "));
    ck_assert_ptr_nonnull(strstr(got, "\ndoc @/b||other\n"));
    ck_assert_ptr_null(strstr(got, "doc 19999||"));
    buf_release(&packed);
}
END_TEST

START_TEST(an_input_that_vanishes_is_skipped_and_the_others_are_read)
{
    const char *inputs[] = {scratch_write(&scratch, "a", span_text("1")),
                            scratch_write(&scratch, "b", span_text("2"))};
    CorpusListener listener = {.skipped = on_skipped};
    Corpus *corpus;
    Error error;
    Document document;
    bool found;
    buf_clear(&events);
    ck_assert_int_eq(
        corpus_open(&options, inputs, 2, &listener, &corpus, &error), OK);
    ck_assert_int_eq(unlink(inputs[0]), 0);
    ck_assert_int_eq(corpus_next(corpus, &document, &found, &error), OK);
    ck_assert(found && span_equals_text(document.text, "2"));
    expect(buf_text(&events),
           "skip @/a:0@0 cannot open: No such file or directory\n");
    corpus_close(corpus);
}
END_TEST

START_TEST(a_file_that_is_reached_twice_is_one_document)
{
    scratch_folder(&scratch, "d");
    scratch_folder(&scratch, "d/e");
    scratch_write(&scratch, "d/e/a", span_text("1"));
    scratch_write(&scratch, "d/b", span_text("2"));
    ck_assert_int_eq(symlink("d/b", scratch_path(&scratch, "link")), 0);
    ck_assert_int_eq(
        link(scratch_path(&scratch, "d/b"), scratch_path(&scratch, "hard")), 0);
    const char *inputs[] = {
        scratch_path(&scratch, "link"), scratch_path(&scratch, "d/e/../e"),
        scratch_path(&scratch, "d/e/a"), scratch_path(&scratch, "d"),
        scratch_path(&scratch, "hard")};
    expect(read_inputs(inputs, 5),
           "detected indexing as plain text, one document per file\n"
           "doc @/link||2\n"
           "detected indexing as plain text, one document per file\n"
           "doc @/d/e/../e/a||1\n"
           "detected reached before, and indexed once\n"
           "detected 2 files and folders had been reached before and are "
           "indexed once\n"
           "doc @/hard||2\n");
}
END_TEST

START_TEST(several_inputs_come_in_their_order)
{
    const char *inputs[] = {
        scratch_write(&scratch, "2", span_text("{\"id\":1,\"text\":\"x\"}")),
        scratch_write(&scratch, "1", span_text("{\"_id\":2,\"text\":\"y\"}")),
        scratch_write(&scratch, "3", span_text("{\"_id\":3,\"text\":\"z\"}"))};
    expect(read_inputs(inputs, 3),
           "detected jsonl: id = id, text = text\ndoc 1||x\n"
           "detected jsonl: id = _id, text = text\ndoc 2||y\ndoc 3||z\n");
    inputs[1] = "/no/such";
    expect(read_inputs(inputs, 3),
           "error 2 no such file or folder: '/no/such'\n");
}
END_TEST

START_TEST(standard_input_is_read_like_a_file)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    const char text[] = "{\"id\":1,\"text\":\"x\"}\n{\"text\":\"y\"}\n";
    ck_assert(write(ends[1], text, sizeof text - 1) > 0);
    close(ends[1]);
    expect(read_one("-"),
           "detected jsonl: id = id, text = text\n"
           "doc 1||x\n"
           "detected the id of a record without one is its place, SOURCE:LINE\n"
           "doc -:2||y\n");
    const char *twice[] = {"-", "-"};
    expect(read_inputs(twice, 2),
           "error 6 standard input ('-') is given more than once\n");
}
END_TEST

START_TEST(progress_counts_packed_bytes_and_text)
{
    Buf packed = {0};
    pack_gzip(&packed, span_text("some text"));
    const char *inputs[] = {scratch_write(&scratch, "a", buf_span(&packed)),
                            scratch_write(&scratch, "b", span_text("more"))};
    CorpusListener listener = {0};
    Corpus *corpus;
    Error error;
    Document document;
    uint64_t read, total;
    bool found = true;
    ck_assert_int_eq(
        corpus_open(&options, inputs, 2, &listener, &corpus, &error), OK);
    corpus_progress(corpus, &read, &total);
    ck_assert_uint_eq(read, 0);
    ck_assert_uint_eq(total, packed.size + 4);
    while (found)
        ck_assert_int_eq(corpus_next(corpus, &document, &found, &error), OK);
    corpus_progress(corpus, &read, &total);
    ck_assert_uint_eq(read, total);
    corpus_close(corpus);
    buf_release(&packed);
}
END_TEST

START_TEST(any_bytes_are_read_or_refused)
{
    static const char *const pieces[] = {"{\"id\":1,\"text\":\"",
                                         "\"}",
                                         "{",
                                         "[",
                                         "]",
                                         ",",
                                         "\\",
                                         "\\ud800",
                                         "\"",
                                         "\n",
                                         "\r\n",
                                         "\t",
                                         "id",
                                         "text",
                                         "<DOC>",
                                         "</DOC>",
                                         "<DOCNO>",
                                         "<TEXT>",
                                         "</TEXT>",
                                         "<!--",
                                         "<title>",
                                         "\xff",
                                         "\xe6\x9d",
                                         "x y z",
                                         "<",
                                         "&#x41;",
                                         "\x1f\x8b\x08"};
    static const char *const fields[] = {"id", "title"};
    Random random = {(uint64_t)_i + 1};
    options.format = (CorpusFormat)_i;
    options.max_record_bytes = 50;
    options.store_fields = fields;
    options.store_field_count = 2;
    for (int round = 0; round < 500; round++) {
        Buf text = {0};
        for (size_t count = random_below(&random, 30); count > 0; count--)
            buf_put_text(
                &text,
                pieces[random_below(&random, sizeof pieces / sizeof *pieces)]);
        read_one(scratch_write(&scratch, "in", buf_span(&text)));
        buf_release(&text);
    }
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, whoever_listens_may_end_the_reading);
    tcase_add_test(tests, plain_text_is_one_document);
    tcase_add_test(tests, invalid_utf8_is_replaced_everywhere_except_in_ids);
    tcase_add_test(tests,
                   a_file_that_shrinks_while_it_is_read_is_reported_as_changed);
    tcase_add_test(tests, utf16_and_marks_are_read_as_utf8);
    tcase_add_test(tests,
                   packed_sources_give_the_same_and_cut_ones_what_they_have);
    tcase_add_test(tests, what_follows_packed_data_is_left_out_and_reported);
    tcase_add_test(tests, damage_in_the_middle_costs_only_what_comes_after_it);
    tcase_add_test(tests,
                   an_input_that_vanishes_is_skipped_and_the_others_are_read);
    tcase_add_test(tests, a_file_that_is_reached_twice_is_one_document);
    tcase_add_test(tests, several_inputs_come_in_their_order);
    tcase_add_test(tests, standard_input_is_read_like_a_file);
    tcase_add_test(tests, progress_counts_packed_bytes_and_text);
    tcase_add_loop_test(tests, any_bytes_are_read_or_refused, CORPUS_DETECT,
                        CORPUS_TREC + 1);
}

int main(void)
{
    return run_corpus_tests("corpus", add_tests);
}
