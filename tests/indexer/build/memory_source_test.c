/* memory_source_test.c - tests documents that are added from memory: the same
 * bytes as from files, and what becomes of bad ones.
 */
#include "common/base/json_text.h"
#include "common/segment/documents/documents.h"
#include "common/segment/history.h"
#include "common/segment/index.h"
#include "indexer/build/memory_source.h"
#include "tests/indexer/build/trial_build.h"
#include "tests/support/random.h"

static const char *const FIELDS[] = {"url"};

/* Document d: the same for every way into an index. */
typedef struct Sample {
    Buf id, title, text, url;
} Sample;

static void draw_document(Sample *out, uint32_t d)
{
    Random random = {d + 1};
    buf_clear(&out->id);
    buf_clear(&out->title);
    buf_clear(&out->text);
    buf_clear(&out->url);
    buf_printf(&out->id, "doc-%u", d);
    if (d % 3 == 0) buf_printf(&out->title, "title w%u", d % 500);
    size_t words = d % 50 == 7 ? 0 : random_below(&random, 700);
    for (size_t w = 0; w < words; w++)
        buf_printf(&out->text, "w%zu ", random_zipf(&random, 5000));
    buf_printf(&out->url, "http://%u", d);
}

static void release_document(Sample *sample)
{
    buf_release(&sample->id);
    buf_release(&sample->title);
    buf_release(&sample->text);
    buf_release(&sample->url);
}

static void add_from_memory(Build *to, uint32_t first, uint32_t end)
{
    Sample sample = {0};
    Error error;
    for (uint32_t d = first; d < end; d++) {
        draw_document(&sample, d);
        DocumentField url = {span_text(FIELDS[0]), buf_span(&sample.url)};
        Document document = {.id = buf_span(&sample.id),
                             .title = buf_span(&sample.title),
                             .text = buf_span(&sample.text),
                             .fields = &url,
                             .field_count = 1};
        Status status = build_add(to, &document, &error);
        ck_assert_msg(status == OK, "%s", error.message);
    }
    release_document(&sample);
}

/* JSON lines of the same documents. */
static const char *write_documents(const char *name, uint32_t first,
                                   uint32_t end)
{
    Buf out = {0};
    Sample sample = {0};
    for (uint32_t d = first; d < end; d++) {
        draw_document(&sample, d);
        buf_put_text(&out, "{\"id\":");
        put_json_string(&out, buf_span(&sample.id));
        put_json_member(&out, "title", buf_span(&sample.title));
        put_json_member(&out, "text", buf_span(&sample.text));
        put_json_member(&out, "url", buf_span(&sample.url));
        buf_put_text(&out, "}\n");
    }
    release_document(&sample);
    const char *path = keep(scratch_write(&scratch, name, buf_span(&out)));
    buf_release(&out);
    return path;
}

static BuildOptions options_with_fields(const char *output)
{
    BuildOptions options = options_for(NULL, output);
    options.input_count = 0;
    options.replace = true;
    options.corpus.store_fields = FIELDS;
    options.corpus.store_field_count = 1;
    return options;
}

static Build *start(const BuildOptions *options)
{
    Build *build;
    Error error;
    Status status = build_new(options, &build, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    return build;
}

static void read_input(Build *build, const BuildOptions *options,
                       const char *path)
{
    Error error;
    Status status = build_read(build, &options->corpus, &path, 1, &error);
    ck_assert_msg(status == OK, "%s", error.message);
}

static BuildReport finish(Build *build)
{
    BuildReport report;
    Error error;
    Status status = build_finish(build, &report, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    build_free(build);
    return report;
}

/* The names of the segments, which are hashes of their content. */
static Buf segment_names(const char *folder)
{
    Manifest manifest;
    Error error;
    Buf names = {0};
    ck_assert_int_eq(manifest_read(folder, &manifest, &error), OK);
    for (size_t i = 0; i < manifest.segment_count; i++)
        buf_printf(&names, "%s\n", manifest.segments[i].name);
    manifest_release(&manifest);
    return names;
}

typedef enum Way { FROM_FILE, FROM_MEMORY, MIXED, WAYS } Way;

/* 4,000 documents of 6 MB: more than the sample that the dictionary of stored
 * text is trained on. */
static void build_by(Way way, const BuildOptions *options)
{
    enum { ALL = 4000, A = 17, B = 2000, C = 2001 };
    Build *build = start(options);
    switch (way) {
    case FROM_FILE:
        read_input(build, options, write_documents("all.jsonl", 0, ALL));
        break;
    case FROM_MEMORY: add_from_memory(build, 0, ALL); break;
    case MIXED:
    case WAYS:
        add_from_memory(build, 0, A);
        read_input(build, options, write_documents("a.jsonl", A, B));
        add_from_memory(build, B, C);
        read_input(build, options, write_documents("c.jsonl", C, ALL));
        break;
    }
    BuildReport report = finish(build);
    ck_assert_uint_eq(report.documents, ALL);
    ck_assert_uint_gt(report.text_bytes, 5 << 20);
}

START_TEST(segments_are_the_same_whatever_way_documents_come)
{
    BuildOptions options = options_with_fields("ix");
    options.segments = _i ? 1 : 3;
    options.has_stored = !_i;
    Buf expected = {0};
    for (int way = 0; way < WAYS; way++) {
        for (options.threads = 1; options.threads <= 2; options.threads++) {
            build_by((Way)way, &options);
            Buf names = segment_names(options.output);
            ck_assert_uint_eq(names.size, options.segments * 25);
            if (!expected.size) buf_put_span(&expected, buf_span(&names));
            ck_assert(span_equal(buf_span(&names), buf_span(&expected)));
            buf_release(&names);
        }
    }
    check_index(options.output);
    buf_release(&expected);
}
END_TEST

/* To be released by the caller. */
static History read_history(const char *folder)
{
    Manifest manifest;
    History history;
    Error error;
    ck_assert_int_eq(manifest_read(folder, &manifest, &error), OK);
    ck_assert_int_eq(history_read_from(folder, &manifest, &history, &error),
                     OK);
    manifest_release(&manifest);
    return history;
}

START_TEST(only_inputs_are_sources_in_the_history)
{
    BuildOptions options = options_with_fields("ix");
    const char *input = write_documents("a.jsonl", 5, 10);
    Build *build = start(&options);
    add_from_memory(build, 0, 5);
    read_input(build, &options, input);
    finish(build);
    History history = read_history(options.output);
    ck_assert_uint_eq(history.source_count, 1);
    ck_assert_str_eq(history.sources[0], input);
    history_release(&history);
}
END_TEST

/* The same input under many names, of 4,000 bytes and less. */
START_TEST(a_history_of_very_many_inputs_can_be_read)
{
    enum { SLASHES = 3000, DOTS = 1500, PATH_BYTES = 4000 };
    const char *input = write_documents("a.jsonl", 0, 2);
    char slashes[PATH_BYTES + 256], dots[PATH_BYTES + 256];
    for (int i = 0; i < PATH_BYTES; i++) {
        slashes[i] = '/';
        dots[i] = i % 2 ? '.' : '/';
    }
    strcpy(slashes + PATH_BYTES, input);
    strcpy(dots + PATH_BYTES, input);
    const char *inputs[SLASHES + DOTS];
    for (int i = 0; i < SLASHES; i++) inputs[i] = slashes + i;
    for (int i = 0; i < DOTS; i++) inputs[SLASHES + i] = dots + 2 * i;
    BuildOptions options = options_with_fields("ix");
    options.on_duplicate = DUPLICATE_KEEP_FIRST;
    Build *build = start(&options);
    Error error;
    ck_assert_int_eq(
        build_read(build, &options.corpus, inputs, SLASHES + DOTS, &error), OK);
    ck_assert_uint_eq(finish(build).documents, 2);
    History history = read_history(options.output);
    ck_assert_uint_gt(history.source_count, 1000);
    ck_assert_uint_eq(history.source_count + history.more_sources,
                      SLASHES + DOTS);
    ck_assert_uint_gt(history.more_sources, 0);
    history_release(&history);
}
END_TEST

/* What the listener got: "KIND memory:LINE REASON\n" for each. */
static void note_skipped(void *self, const BuildSkip *skip)
{
    Buf *out = self;
    buf_printf(out, "%s ", skip_log_kind_name(skip->kind));
    put_place(out, skip->place);
    buf_printf(out, " %s\n", skip->reason);
}

static Document document_of(Span id, Span text)
{
    return (Document){.id = id, .text = text};
}

static Status add(Build *build, Span id, Span text, Error *error)
{
    Document document = document_of(id, text);
    return build_add(build, &document, error);
}

START_TEST(a_document_without_an_id_or_above_the_limit_is_skipped)
{
    static const uint8_t zeros[2048];
    Buf noted = {0};
    BuildListener listener = {.self = &noted, .skipped = note_skipped};
    BuildOptions options = options_with_fields("ix");
    Error error;
    options.listener = &listener;
    options.corpus.max_record_bytes = 1024;
    Build *build = start(&options);
    Document parts = {.id = span_of(zeros, 1), .title = span_of(zeros, 1023)};
    ck_assert_int_eq(add(build, (Span){0}, span_text("x"), &error), OK);
    ck_assert_int_eq(add(build, span_text("a"), span_of(zeros, 1024), &error),
                     OK);
    ck_assert_int_eq(add(build, span_of(zeros, 2048), (Span){0}, &error), OK);
    ck_assert_int_eq(build_add(build, &parts, &error), OK);
    parts.text = span_of(zeros, 1);
    ck_assert_int_eq(build_add(build, &parts, &error), OK);
    BuildReport report = finish(build);
    ck_assert_uint_eq(report.documents, 1);
    ck_assert_uint_eq(report.skips[SKIP_LOG_SKIPPED], 4);
    ck_assert_str_eq(buf_text(&noted), "skipped memory:1 its id is empty\n"
                                       "skipped memory:2 larger than 1 kB\n"
                                       "skipped memory:3 larger than 1 kB\n"
                                       "skipped memory:5 larger than 1 kB\n");
    buf_release(&noted);
}
END_TEST

START_TEST(sizes_that_overflow_a_sum_are_larger_than_any_limit)
{
    /* Never read: the size is checked first. */
    static const uint8_t byte = 0;
    Span huge = {&byte, SIZE_MAX - 2};
    BuildOptions options = options_with_fields("ix");
    Error error;
    Build *build = start(&options);
    DocumentField url = {span_text(FIELDS[0]), huge};
    Document document = {.id = span_text("a"),
                         .title = huge,
                         .text = huge,
                         .fields = &url,
                         .field_count = 1};
    ck_assert_int_eq(build_add(build, &document, &error), OK);
    document.title = document.text = span_text("b");
    ck_assert_int_eq(build_add(build, &document, &error), OK);
    add_from_memory(build, 0, 1);
    BuildReport report = finish(build);
    ck_assert_uint_eq(report.skips[SKIP_LOG_SKIPPED], 2);
    ck_assert_uint_eq(report.documents, 1);
}
END_TEST

START_TEST(invalid_utf8_is_replaced_everywhere_but_in_ids)
{
    static const char bad[] = "a\xff"
                              "b\xc3";
    Buf noted = {0};
    BuildListener listener = {.self = &noted, .skipped = note_skipped};
    BuildOptions options = options_with_fields("ix");
    Error error;
    options.listener = &listener;
    Build *build = start(&options);
    DocumentField url = {span_text(FIELDS[0]), span_text(bad)};
    Document document = {.id = span_text(bad),
                         .title = span_text(bad),
                         .text = span_text(bad),
                         .fields = &url,
                         .field_count = 1};
    ck_assert_int_eq(build_add(build, &document, &error), OK);
    ck_assert_ptr_eq(url.value.data, bad); /* the caller's are not touched */
    finish(build);
    check_index(options.output);
    ck_assert_str_eq(buf_text(&noted),
                     "changed memory:1 invalid UTF-8 was replaced by U+FFFD\n");
    Index *index;
    ck_assert_int_eq(index_open(options.output, &index, &error), OK);
    uint32_t docid;
    bool found;
    ck_assert_int_eq(document_find(index->segments[0], span_text(bad), &docid,
                                   &found, &error),
                     OK);
    ck_assert(found);
    index_close(index);
    buf_release(&noted);
}
END_TEST

START_TEST(a_duplicate_from_memory_names_both_documents)
{
    BuildOptions options = options_with_fields("ix");
    Error error;
    Build *build = start(&options);
    add_from_memory(build, 0, 3);
    ck_assert_int_eq(add(build, span_text("doc-1"), (Span){0}, &error),
                     ERR_CONFLICT);
    ck_assert_str_eq(error.message,
                     "memory:4: duplicate id 'doc-1', first at memory:2");
    build_free(build);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory_source");
    TCase *tests = tcase_create("memory_source");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, make_scratch, remove_scratch);
    tcase_add_loop_test(
        tests, segments_are_the_same_whatever_way_documents_come, 0, 2);
    tcase_add_test(tests, only_inputs_are_sources_in_the_history);
    tcase_add_test(tests, a_history_of_very_many_inputs_can_be_read);
    tcase_add_test(tests,
                   a_document_without_an_id_or_above_the_limit_is_skipped);
    tcase_add_test(tests, sizes_that_overflow_a_sum_are_larger_than_any_limit);
    tcase_add_test(tests, invalid_utf8_is_replaced_everywhere_but_in_ids);
    tcase_add_test(tests, a_duplicate_from_memory_names_both_documents);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
