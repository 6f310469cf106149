/* manifest_test.c - tests common/segment/manifest.c. */
#include "common/segment/manifest.h"

#include "common/base/hash.h"
#include "common/text/stop_words.h"
#include "tests/support/check_main.h"

#include <inttypes.h>

static Error error;

static const char *const SOURCES[] = {"docs/a b.jsonl", "new\nline\\and\ttab",
                                      "\x01\x1f caf\xc3\xa9"};

static Manifest sample(void)
{
    static ManifestSegment segments[] = {
        {.name = "0123456789abcdef.segment", .documents = 10, .bytes = 4096},
        {.name = "fedcba9876543210.segment", .documents = 7, .bytes = 2048}};
    return (Manifest){.generation = 3,
                      .created = "2026-11-23T15:04:05Z",
                      .version = "0.1.0",
                      .analyzer = {.name = "default",
                                   .stem = "french",
                                   .stop_words = span_text("  le\n la\tles "),
                                   .has_stop_words = true,
                                   .no_fold = true},
                      .rules = 2,
                      .data_versions = "Unicode 15.0, Snowball 2.2",
                      .probe = 0x0123456789abcdefu,
                      .k1 = 0.9f,
                      .b = 0.4f,
                      .has_positions = true,
                      .folders = {.excludes = (const char **)(uintptr_t)SOURCES,
                                  .exclude_count = 2,
                                  .hidden = true,
                                  .follow = true,
                                  .no_ignore = true,
                                  .max_file_bytes = 4096},
                      .document_count = 17,
                      .nonempty_count = 16,
                      .token_count = 1234567890123u,
                      .sources = (const char **)(uintptr_t)SOURCES,
                      .source_count = 3,
                      .skipped_count = 2,
                      .segments = segments,
                      .segment_count = 2};
}

START_TEST(a_formatted_manifest_is_parsed_back)
{
    Manifest manifest = sample();
    Manifest read;
    Buf text = {0}, again = {0};
    manifest_format(&manifest, &text);
    Status status = manifest_parse(buf_span(&text), "M", &read, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    ck_assert_uint_eq(read.generation, 3);
    ck_assert_str_eq(read.created, manifest.created);
    ck_assert_str_eq(read.analyzer.name, "default");
    ck_assert_str_eq(read.analyzer.stem, "french");
    ck_assert(read.analyzer.has_stop_words && read.analyzer.no_fold);
    ck_assert(span_equals_text(read.analyzer.stop_words, "le la les"));
    ck_assert_uint_eq(read.rules, 2);
    ck_assert_uint_eq(read.probe, manifest.probe);
    ck_assert(read.k1 == 0.9f && read.b == 0.4f);
    ck_assert(read.has_positions && !read.has_stored);
    ck_assert_uint_eq(read.folders.exclude_count, 2);
    for (int i = 0; i < 2; i++)
        ck_assert_str_eq(read.folders.excludes[i], SOURCES[i]);
    ck_assert(read.folders.hidden && read.folders.follow);
    ck_assert(read.folders.no_ignore && read.folders.max_file_bytes == 4096);
    ck_assert_uint_eq(read.token_count, manifest.token_count);
    ck_assert_uint_eq(read.source_count, 3);
    for (int i = 0; i < 3; i++) ck_assert_str_eq(read.sources[i], SOURCES[i]);
    ck_assert_uint_eq(read.segment_count, 2);
    ck_assert_str_eq(read.segments[1].name, "fedcba9876543210.segment");
    ck_assert_uint_eq(read.segments[1].documents, 7);
    manifest_format(&read, &again);
    ck_assert(span_equal(buf_span(&text), buf_span(&again)));
    manifest_release(&read);
    buf_release(&text);
    buf_release(&again);
}
END_TEST

/* A manifest with all that version 2 added. */
static Manifest living_sample(void)
{
    static ManifestSegment segments[] = {
        {.name = "0123456789abcdef.segment",
         .documents = 10,
         .bytes = 4096,
         .removed = {"00000000000000aa.removed", 376},
         .removed_documents = 3,
         .contents = {"00000000000000bb.contents", 160}},
        {.name = "1123456789abcdef.segment",
         .documents = 5,
         .bytes = 1024,
         .contents = {"00000000000000cc.contents", 80}},
        {.name = "2123456789abcdef.segment",
         .documents = 5,
         .bytes = 1024,
         .removed = {"00000000000000dd.removed", 400},
         .removed_documents = 1}};
    Manifest manifest = sample();
    manifest.pairs_min_df = 64;
    manifest.history = (ManifestFile){"00000000000000ee.history", 4711};
    manifest.segments = segments;
    manifest.segment_count = 3;
    return manifest;
}

static void check_file(const ManifestFile *read, const ManifestFile *written)
{
    ck_assert_int_eq(read->name != NULL, written->name != NULL);
    if (read->name) ck_assert_str_eq(read->name, written->name);
    ck_assert_uint_eq(read->bytes, written->bytes);
}

START_TEST(files_of_segments_and_history_are_parsed_back)
{
    Manifest manifest = living_sample();
    Manifest read;
    Buf text = {0};
    manifest_format(&manifest, &text);
    Status status = manifest_parse(buf_span(&text), "M", &read, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    ck_assert_uint_eq(read.pairs_min_df, 64);
    check_file(&read.history, &manifest.history);
    ck_assert_uint_eq(read.segment_count, 3);
    for (size_t i = 0; i < 3; i++) {
        const ManifestSegment *segment = &manifest.segments[i];
        ck_assert_str_eq(read.segments[i].name, segment->name);
        check_file(&read.segments[i].removed, &segment->removed);
        check_file(&read.segments[i].contents, &segment->contents);
        ck_assert_uint_eq(read.segments[i].removed_documents,
                          segment->removed_documents);
    }
    manifest_release(&read);
    buf_release(&text);
}
END_TEST

START_TEST(optional_keys_may_be_omitted)
{
    Manifest manifest = sample();
    manifest.analyzer = (AnalyzerOptions){0};
    manifest.rules = 1;
    manifest.folders = (ManifestFolders){0};
    manifest.source_count = manifest.segment_count = 0;
    Manifest read;
    Buf text = {0};
    manifest_format(&manifest, &text);
    ck_assert_ptr_null(strstr(buf_text(&text), "\nstem"));
    ck_assert_ptr_null(strstr(buf_text(&text), "\nstopwords"));
    ck_assert_ptr_null(strstr(buf_text(&text), "\nfold"));
    ck_assert_ptr_null(strstr(buf_text(&text), "\nrules"));
    ck_assert_ptr_nonnull(strstr(buf_text(&text), "\nstored no\ndocuments"));
    Status status = manifest_parse(buf_span(&text), "M", &read, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    ck_assert_str_eq(read.analyzer.name, "default");
    ck_assert_ptr_null(read.analyzer.stem);
    ck_assert(!read.analyzer.has_stop_words && !read.analyzer.no_fold);
    ck_assert_uint_eq(read.rules, 1);
    ck_assert(!read.folders.hidden && !read.folders.no_ignore);
    ck_assert_uint_eq(read.source_count + read.segment_count, 0);
    manifest_release(&read);
    buf_release(&text);
}
END_TEST

START_TEST(any_changed_or_missing_byte_is_refused)
{
    Manifest manifest = sample();
    Manifest read;
    Buf text = {0};
    manifest_format(&manifest, &text);
    for (size_t i = 0; i < text.size; i++) {
        text.data[i] ^= 4;
        Status status = manifest_parse(buf_span(&text), "M", &read, &error);
        ck_assert_msg(status == ERR_CORRUPT || status == ERR_UNSUPPORTED,
                      "byte %zu", i);
        text.data[i] ^= 4;
        status = manifest_parse(span_of(text.data, i), "M", &read, &error);
        ck_assert_int_eq(status, ERR_CORRUPT);
    }
    buf_release(&text);
}
END_TEST

/* A manifest with a good checksum, one line of which has been replaced. */
static Status parse_changed_of(Manifest manifest, const char *line,
                               const char *instead)
{
    Manifest read;
    Buf text = {0}, changed = {0};
    manifest_format(&manifest, &text);
    char *at = strstr(buf_text(&text), line);
    ck_assert_ptr_nonnull(at);
    size_t before = (size_t)((uint8_t *)at - text.data);
    size_t behind = before + strlen(line);
    size_t sum = strlen("checksum 0123456789abcdef\n");
    buf_put(&changed, text.data, before);
    buf_put_text(&changed, instead);
    buf_put(&changed, text.data + behind, text.size - behind - sum);
    uint64_t hash = hash_span(buf_span(&changed));
    buf_printf(&changed, "checksum %016" PRIx64 "\n", hash);
    Status status = manifest_parse(buf_span(&changed), "M", &read, &error);
    if (status == OK) manifest_release(&read);
    buf_release(&text);
    buf_release(&changed);
    return status;
}

static Status parse_changed(const char *line, const char *instead)
{
    return parse_changed_of(sample(), line, instead);
}

static Status parse_living(const char *line, const char *instead)
{
    return parse_changed_of(living_sample(), line, instead);
}

START_TEST(a_manifest_of_version_1_is_read_without_the_keys_of_version_2)
{
    Manifest old = sample();
    old.folders = (ManifestFolders){0};
    ck_assert_int_eq(parse_changed_of(old, "quern 2\n", "quern 1\n"), OK);
    ck_assert_int_eq(parse_changed("quern 2\n", "quern 1\n"), ERR_UNSUPPORTED);
    ck_assert_int_eq(parse_living("quern 2\n", "quern 1\n"), ERR_UNSUPPORTED);
    ck_assert_str_eq(error.message,
                     "M:16: unknown key; a newer version may be needed");
}
END_TEST

START_TEST(files_out_of_place_are_refused)
{
    const char *removed = "removed 00000000000000aa.removed 3 376\n";
    const char *contents = "contents 00000000000000bb.contents 160\n";
    const char *segment = "segment 0123456789abcdef.segment 10 4096\n";
    ck_assert_int_eq(parse_living(removed, ""), OK);
    ck_assert_int_eq(parse_living(contents, ""), OK);
    ck_assert_int_eq(parse_living(segment, ""), ERR_CORRUPT);
    ck_assert_int_eq(parse_living(contents, removed), ERR_CORRUPT);
    ck_assert_int_eq(parse_living(removed, contents), ERR_CORRUPT);
    ck_assert_int_eq(parse_living("00000000000000aa.removed", "../a.removed"),
                     ERR_CORRUPT);
    ck_assert_int_eq(
        parse_living("00000000000000aa.removed", "00000000000000aa.segment"),
        ERR_CORRUPT);
    ck_assert_int_eq(parse_living(" 3 376\n", " 376\n"), ERR_CORRUPT);
    ck_assert_int_eq(parse_living("pairs 64\n", "pairs none\n"), OK);
    ck_assert_int_eq(parse_living("pairs 64\n", "pairs 0\n"), ERR_CORRUPT);
    ck_assert_int_eq(parse_living("pairs 64\n", "pairs 4294967295\n"),
                     ERR_CORRUPT);
}
END_TEST

START_TEST(invalid_lines_are_named)
{
    ck_assert_int_eq(parse_changed("skipped 2\n", "skipped 3\n"), OK);
    ck_assert_int_eq(parse_changed("skipped 2\n", "skipped two\n"),
                     ERR_CORRUPT);
    ck_assert_str_eq(error.message, "M:28: invalid value");
    ck_assert_int_eq(parse_changed("skipped 2\n", ""), ERR_CORRUPT);
    ck_assert_int_eq(parse_changed("generation 3\n", "skipped 2\n"),
                     ERR_CORRUPT);
    ck_assert_int_eq(parse_changed("b 0.400000006\n", "b 1.5\n"), ERR_CORRUPT);
    ck_assert_int_eq(parse_changed("b 0.400000006\n", "b nan\n"), ERR_CORRUPT);
    ck_assert_int_eq(parse_changed("fold no\n", "fold maybe\n"), ERR_CORRUPT);
    ck_assert_int_eq(parse_changed("hidden yes\n", "hidden no\n"), ERR_CORRUPT);
    ck_assert_int_eq(parse_changed("follow yes\n", "follow no\n"), ERR_CORRUPT);
    ck_assert_int_eq(parse_changed("ignore no\n", "ignore yes\n"), ERR_CORRUPT);
    ck_assert_int_eq(parse_changed("filesize 4096\n", "filesize 0\n"),
                     ERR_CORRUPT);
    ck_assert_int_eq(parse_changed("tokens 1234567890123\n",
                                   "tokens 99999999999999999999\n"),
                     ERR_CORRUPT);
    ck_assert_int_eq(
        parse_changed("0123456789abcdef.segment", "../../../etc/passwd"),
        ERR_CORRUPT);
    ck_assert_int_eq(parse_changed("source docs", "source \\q"), ERR_CORRUPT);
    ck_assert_int_eq(parse_changed("source docs", "source \\x00"), ERR_CORRUPT);
    ck_assert_int_eq(parse_changed("skipped 2\n", "skipped 2\nlater 1\n"),
                     ERR_UNSUPPORTED);
    ck_assert_int_eq(parse_changed("quern 2\n", "quern 3\n"), ERR_UNSUPPORTED);
    ck_assert_int_eq(parse_changed("quern 2\n", "quern 0\n"), ERR_UNSUPPORTED);
    ck_assert_int_eq(parse_changed("quern 2\n", "quartz 1\n"), ERR_CORRUPT);
}
END_TEST

START_TEST(a_segment_listed_twice_is_refused)
{
    ck_assert_int_eq(parse_changed("fedcba9876543210", "0123456789abcdef"),
                     ERR_CORRUPT);
    ck_assert_str_eq(error.message,
                     "M: lists the segment 0123456789abcdef.segment twice");
}
END_TEST

START_TEST(stored_fields_are_named_where_no_segment_does)
{
    Manifest manifest = sample(), read;
    Buf text = {0};
    manifest.has_stored = true;
    manifest.fields = (const char **)(uintptr_t)SOURCES;
    manifest.field_count = 2;
    manifest_format(&manifest, &text);
    ck_assert_int_eq(manifest_parse(buf_span(&text), "M", &read, &error),
                     ERR_CORRUPT);
    ck_assert_str_eq(error.message, "M: names stored fields, which only an "
                                    "index without segments does");
    manifest.segment_count = 0;
    buf_clear(&text);
    manifest_format(&manifest, &text);
    ck_assert_int_eq(manifest_parse(buf_span(&text), "M", &read, &error), OK);
    ck_assert_uint_eq(read.field_count, 2);
    for (int i = 0; i < 2; i++) ck_assert_str_eq(read.fields[i], SOURCES[i]);
    manifest_release(&read);
    buf_release(&text);
}
END_TEST

START_TEST(more_than_16_mb_of_stop_words_are_refused)
{
    Manifest manifest = sample(), read;
    Buf words = {0}, text = {0};
    for (int i = 0; i < STOP_WORDS_MAX_BYTES; i++) buf_put_byte(&words, 'a');
    manifest.analyzer.stop_words = buf_span(&words);
    manifest_format(&manifest, &text);
    ck_assert_int_eq(manifest_parse(buf_span(&text), "M", &read, &error), OK);
    manifest_release(&read);
    buf_put_text(&words, " b");
    manifest.analyzer.stop_words = buf_span(&words);
    buf_clear(&text);
    manifest_format(&manifest, &text);
    ck_assert_int_eq(manifest_parse(buf_span(&text), "M", &read, &error),
                     ERR_CORRUPT);
    ck_assert_str_eq(error.message, "M: more than 16 MB of stop words");
    buf_release(&words);
    buf_release(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("manifest");
    TCase *tests = tcase_create("manifest");
    tcase_add_test(tests, a_formatted_manifest_is_parsed_back);
    tcase_add_test(tests, files_of_segments_and_history_are_parsed_back);
    tcase_add_test(tests, optional_keys_may_be_omitted);
    tcase_add_test(
        tests, a_manifest_of_version_1_is_read_without_the_keys_of_version_2);
    tcase_add_test(tests, files_out_of_place_are_refused);
    tcase_add_test(tests, any_changed_or_missing_byte_is_refused);
    tcase_add_test(tests, invalid_lines_are_named);
    tcase_add_test(tests, a_segment_listed_twice_is_refused);
    tcase_add_test(tests, stored_fields_are_named_where_no_segment_does);
    tcase_add_test(tests, more_than_16_mb_of_stop_words_are_refused);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
