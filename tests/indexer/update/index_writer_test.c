/* index_writer_test.c - tests what a writer does with documents, and what it
 * leaves. */
#include "indexer/update/index_writer.h"

#include "common/segment/documents/documents.h"
#include "common/segment/history.h"
#include "tests/indexer/build/trial_build.h"

#include <pthread.h>
#include <unistd.h>

static IndexWriter *open_writer(const BuildOptions *build)
{
    Error error;
    IndexWriter *writer;
    WriterOptions options = writer_defaults();
    options.build = *build;
    Status status = writer_open(&options, &writer, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    return writer;
}

static Document document_of(const char *id, const char *text)
{
    return (Document){.id = span_text(id), .text = span_text(text)};
}

static void put(IndexWriter *writer, WriterMode mode, const char *id,
                const char *text)
{
    Error error;
    Document document = document_of(id, text);
    Status status = writer_put(writer, mode, &document, &error);
    ck_assert_msg(status == OK, "%s", error.message);
}

static bool drop(IndexWriter *writer, const char *id)
{
    Error error;
    bool found;
    Status status = writer_remove(writer, span_text(id), &found, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    return found;
}

static WriterReport commit(IndexWriter *writer)
{
    Error error;
    WriterReport report;
    Status status = writer_commit(writer, &report, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    return report;
}

/* The ids of the live documents in order, each with a blank after it. */
static const char *ids_of(const char *folder)
{
    static Buf ids;
    Index *index;
    Error error;
    buf_clear(&ids);
    ck_assert_int_eq(index_open(folder, &index, &error), OK);
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        for (uint32_t d = 0; d < index->segments[i]->document_count; d++) {
            if (!index_is_live(index, i, d)) continue;
            ck_assert_int_eq(document_id(index->segments[i], d, &ids, &error),
                             OK);
            buf_put_byte(&ids, ' ');
        }
    }
    index_close(index);
    return buf_text(&ids);
}

static uint64_t generation_of(const char *folder)
{
    Manifest manifest;
    Error error;
    ck_assert_int_eq(manifest_read(folder, &manifest, &error), OK);
    uint64_t generation = manifest.generation;
    manifest_release(&manifest);
    return generation;
}

START_TEST(documents_keep_the_order_of_their_arrival)
{
    BuildOptions build = options_for(NULL, "ix");
    IndexWriter *writer = open_writer(&build);
    put(writer, WRITER_ADD, "a", "one");
    put(writer, WRITER_ADD, "b", "two");
    put(writer, WRITER_ADD, "c", "three");
    commit(writer);
    put(writer, WRITER_UPDATE, "a", "another one");
    put(writer, WRITER_UPDATE, "c", "three");
    put(writer, WRITER_UPDATE, "d", "four");
    WriterReport report = commit(writer);
    ck_assert_uint_eq(report.counts.replaced, 1);
    ck_assert_uint_eq(report.counts.unchanged, 1);
    ck_assert_uint_eq(report.counts.added, 1);
    ck_assert_uint_eq(report.documents, 4);
    ck_assert_str_eq(ids_of(build.output), "b c a d ");
    writer_close(writer);
    check_index(build.output);
}
END_TEST

START_TEST(nothing_is_written_where_nothing_changed)
{
    BuildOptions build = options_for(NULL, "ix");
    build.has_stored = _i;
    IndexWriter *writer = open_writer(&build);
    put(writer, WRITER_ADD, "a", "one");
    put(writer, WRITER_ADD, "b", "two");
    commit(writer);
    put(writer, WRITER_UPDATE, "b", "two");
    put(writer, WRITER_UPDATE, "a", "one");
    ck_assert(!drop(writer, "c"));
    WriterReport report = commit(writer);
    ck_assert(!report.published);
    ck_assert_uint_eq(report.counts.unchanged, 2);
    ck_assert_uint_eq(report.documents, 2);
    ck_assert_uint_eq(generation_of(build.output), 1);
    writer_close(writer);
}
END_TEST

/* A, another A, A again: two changes, and the document is at the end. */
START_TEST(documents_of_an_input_take_effect_one_after_the_other)
{
    BuildOptions build = options_for(NULL, "ix");
    IndexWriter *writer = open_writer(&build);
    put(writer, WRITER_ADD, "a", "one");
    put(writer, WRITER_ADD, "b", "two");
    commit(writer);
    put(writer, WRITER_UPDATE, "a", "changed");
    put(writer, WRITER_UPDATE, "a", "one");
    put(writer, WRITER_UPDATE, "a", "one");
    put(writer, WRITER_UPDATE, "c", "new");
    ck_assert(drop(writer, "c"));
    ck_assert(!drop(writer, "c"));
    put(writer, WRITER_ADD, "c", "new again");
    WriterReport report = commit(writer);
    ck_assert_uint_eq(report.counts.replaced, 2);
    ck_assert_uint_eq(report.counts.unchanged, 1);
    ck_assert_str_eq(ids_of(build.output), "b a c ");
    writer_close(writer);
    check_index(build.output);
}
END_TEST

START_TEST(what_is_added_and_removed_before_a_commit_was_never_there)
{
    BuildOptions build = options_for(NULL, "ix");
    IndexWriter *writer = open_writer(&build);
    put(writer, WRITER_ADD, "a", "one");
    commit(writer);
    put(writer, WRITER_ADD, "b", "two");
    ck_assert(drop(writer, "b"));
    ck_assert(!commit(writer).published);
    writer_close(writer);
    ck_assert_str_eq(ids_of(build.output), "a ");
}
END_TEST

START_TEST(adding_a_known_id_names_both_places)
{
    BuildOptions build = options_for(NULL, "ix");
    Error error;
    IndexWriter *writer = open_writer(&build);
    put(writer, WRITER_ADD, "a", "one");
    commit(writer);
    Document document = document_of("a", "two");
    ck_assert_int_eq(writer_put(writer, WRITER_ADD, &document, &error),
                     ERR_CONFLICT);
    ck_assert_int_eq(error.advice, ADVICE_UPDATE_DOCUMENT);
    ck_assert_ptr_nonnull(strstr(error.message, "memory:1: id 'a' is already "
                                                "in "));
    ck_assert_ptr_nonnull(strstr(error.message, " (added 20"));
    writer_close(writer);
    ck_assert_str_eq(ids_of(build.output), "a ");
}
END_TEST

START_TEST(equal_ids_follow_the_option)
{
    BuildOptions build = options_for(NULL, "ix");
    build.on_duplicate = _i ? DUPLICATE_KEEP_LAST : DUPLICATE_KEEP_FIRST;
    IndexWriter *writer = open_writer(&build);
    put(writer, WRITER_ADD, "a", "one");
    put(writer, WRITER_ADD, "b", "two");
    commit(writer);
    put(writer, WRITER_ADD, "a", "other");
    put(writer, WRITER_ADD, "c", "three");
    put(writer, WRITER_ADD, "c", "four");
    put(writer, WRITER_UPDATE, "c", _i ? "four" : "three");
    WriterReport report = commit(writer);
    ck_assert_uint_eq(report.counts.unchanged, 1);
    ck_assert_str_eq(ids_of(build.output), _i ? "b a c " : "a b c ");
    writer_close(writer);
    check_index(build.output);
}
END_TEST

START_TEST(the_last_document_can_be_removed)
{
    BuildOptions build = options_for(NULL, "ix");
    IndexWriter *writer = open_writer(&build);
    put(writer, WRITER_ADD, "a", "one");
    commit(writer);
    ck_assert(drop(writer, "a"));
    WriterReport report = commit(writer);
    ck_assert(report.published);
    ck_assert_uint_eq(report.documents, 0);
    ck_assert_uint_eq(report.segments, 0);
    check_index(build.output);
    put(writer, WRITER_ADD, "a", "one");
    ck_assert_uint_eq(commit(writer).documents, 1);
    writer_close(writer);
    check_index(build.output);
}
END_TEST

START_TEST(what_is_not_committed_leaves_no_trace)
{
    BuildOptions build = options_for(NULL, "ix");
    IndexWriter *writer = open_writer(&build);
    put(writer, WRITER_ADD, "a", "one");
    writer_close(writer);
    ck_assert_int_eq(folder_count_entries(build.output), -1);
    writer = open_writer(&build);
    put(writer, WRITER_ADD, "a", "one");
    commit(writer);
    put(writer, WRITER_ADD, "b", "two");
    ck_assert(drop(writer, "a"));
    writer_close(writer);
    ck_assert_str_eq(ids_of(build.output), "a ");
    /* LOCK, MANIFEST, the segment, the history */
    ck_assert_int_eq(folder_count_entries(build.output), 4);
}
END_TEST

START_TEST(removing_a_document_leaves_the_segment_and_corrects_it)
{
    BuildOptions build = options_for(NULL, "ix");
    IndexWriter *writer = open_writer(&build);
    char id[16];
    for (int i = 0; i < 40; i++) {
        snprintf(id, sizeof id, "%d", i);
        put(writer, WRITER_ADD, id, i % 2 ? "odd wi-fi" : "even getUserById");
    }
    commit(writer);
    ck_assert(drop(writer, "7"));
    WriterReport report = commit(writer);
    ck_assert_uint_eq(report.documents, 39);
    ck_assert_uint_eq(report.segments, 1);
    ck_assert_uint_eq(report.merged, 0);
    ck_assert_int_eq(folder_count_entries(build.output), 5);
    /* More than a tenth: it is rewritten. */
    for (int i = 10; i < 14; i++) {
        snprintf(id, sizeof id, "%d", i);
        ck_assert(drop(writer, id));
    }
    report = commit(writer);
    ck_assert_uint_eq(report.merged, 1);
    ck_assert_int_eq(folder_count_entries(build.output), 4);
    writer_close(writer);
    check_index(build.output);
}
END_TEST

/* What the user saw: "index_bytes":0 of a merge with nothing to merge, and of
 * an update that changed nothing. */
START_TEST(the_size_of_the_index_is_reported_where_nothing_is_written)
{
    Error error;
    WriterReport merged;
    BuildOptions build = options_for(NULL, "ix");
    IndexWriter *writer = open_writer(&build);
    put(writer, WRITER_ADD, "a", "one");
    put(writer, WRITER_ADD, "b", "two");
    uint64_t bytes = commit(writer).index_bytes;
    ck_assert_uint_gt(bytes, 0);
    ck_assert_int_eq(writer_merge(writer, 1, &merged, &error), OK);
    ck_assert(!merged.published);
    ck_assert_uint_eq(merged.index_bytes, bytes);
    put(writer, WRITER_UPDATE, "a", "one");
    WriterReport unchanged = commit(writer);
    ck_assert(!unchanged.published);
    ck_assert_uint_eq(unchanged.index_bytes, bytes);
    writer_close(writer);
}
END_TEST

/* The first document of the last segment has the stored field "year". */
static void check_field(IndexWriter *writer)
{
    Error error;
    Index *index;
    StoredReader *reader;
    StoredDocument stored;
    ck_assert_int_eq(writer_index(writer, &index, &error), OK);
    size_t last = index->manifest.segment_count - 1;
    ck_assert_int_eq(stored_reader_new(index->segments[last], &reader, &error),
                     OK);
    ck_assert_int_eq(stored_reader_get(reader, 0, &stored, &error), OK);
    ck_assert_uint_eq(stored.field_count, 1);
    ck_assert(span_equals_text(stored.fields[0].name, "year"));
    stored_reader_free(reader);
}

static void put_with_year(IndexWriter *writer, const char *id)
{
    Error error;
    DocumentField year = {span_text("year"), span_text("1999")};
    Document document = document_of(id, "Two");
    document.fields = &year;
    document.field_count = 1;
    ck_assert_int_eq(writer_put(writer, WRITER_ADD, &document, &error), OK);
}

START_TEST(an_index_keeps_its_stored_fields_without_any_document)
{
    static const char *const fields[] = {"year"};
    BuildOptions build = options_for(NULL, "ix");
    build.corpus.store_fields = fields;
    build.corpus.store_field_count = 1;
    IndexWriter *writer = open_writer(&build);
    put_with_year(writer, "a");
    commit(writer);
    ck_assert(drop(writer, "a"));
    commit(writer);
    writer_close(writer);
    check_index(build.output);
    BuildOptions other = options_for(NULL, "ix");
    other.output = build.output;
    writer = open_writer(&other);
    put_with_year(writer, "b");
    commit(writer);
    check_field(writer);
    writer_close(writer);
}
END_TEST

START_TEST(an_index_keeps_its_options)
{
    static const char *const fields[] = {"year"};
    BuildOptions build = options_for(NULL, "ix");
    build.analyzer.name = "whitespace";
    build.k1 = 1.5f;
    build.corpus.store_fields = fields;
    build.corpus.store_field_count = 1;
    IndexWriter *writer = open_writer(&build);
    put(writer, WRITER_ADD, "a", "One");
    commit(writer);
    writer_close(writer);
    BuildOptions other = options_for(NULL, "ix");
    other.output = build.output;
    writer = open_writer(&other);
    put_with_year(writer, "b");
    commit(writer);
    Error error;
    Index *index;
    ck_assert_int_eq(writer_index(writer, &index, &error), OK);
    ck_assert_str_eq(index->manifest.analyzer.name, "whitespace");
    ck_assert(index->manifest.k1 == 1.5f);
    ck_assert(index->segments[1]->k1 == 1.5f);
    check_field(writer);
    writer_close(writer);
}
END_TEST

START_TEST(without_an_index_there_is_nothing_to_change)
{
    BuildOptions build = options_for(NULL, "ix");
    WriterOptions options = writer_defaults();
    IndexWriter *writer;
    Error error;
    options.build = build;
    options.create = false;
    ck_assert_int_eq(writer_open(&options, &writer, &error), ERR_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "no index at "));
    ck_assert_ptr_null(writer);
    ck_assert_int_eq(folder_count_entries(build.output), -1);
}
END_TEST

START_TEST(another_writer_is_named)
{
    BuildOptions build = options_for(NULL, "ix");
    WriterOptions options = writer_defaults();
    char process[32];
    Error error;
    IndexWriter *writer = open_writer(&build), *other;
    options.build = build;
    options.wait = 0.05;
    ck_assert_int_eq(writer_open(&options, &other, &error), ERR_CONFLICT);
    ck_assert_int_eq(error.advice, ADVICE_WAIT_SECONDS);
    snprintf(process, sizeof process, "process %ld", (long)getpid());
    ck_assert_ptr_nonnull(strstr(error.message, process));
    writer_close(writer);
}
END_TEST

static void *close_soon(void *writer)
{
    usleep(100000);
    writer_close(writer);
    return NULL;
}

/* A second writer, which waits until the first one is closed. */
static IndexWriter *open_next_writer(const BuildOptions *build,
                                     IndexWriter *first)
{
    WriterOptions options = writer_defaults();
    IndexWriter *next;
    pthread_t thread;
    Error error;
    pthread_create(&thread, NULL, close_soon, first);
    options.build = *build;
    options.wait = 30;
    Status status = writer_open(&options, &next, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    pthread_join(thread, NULL);
    return next;
}

START_TEST(a_writer_waits_for_another_one)
{
    BuildOptions build = options_for(NULL, "ix");
    IndexWriter *writer = open_writer(&build);
    put(writer, WRITER_ADD, "a", "one");
    commit(writer);
    IndexWriter *other = open_next_writer(&build, writer);
    put(other, WRITER_ADD, "b", "two");
    commit(other);
    writer_close(other);
    ck_assert_str_eq(ids_of(build.output), "a b ");
}
END_TEST

/* The first writer has created the folder, and removes it: the second one used
 * to try for ever to lock in it. */
START_TEST(a_writer_waits_for_one_that_gives_up_a_new_index)
{
    BuildOptions build = options_for(NULL, "ix");
    IndexWriter *writer = open_writer(&build);
    put(writer, WRITER_ADD, "a", "one");
    IndexWriter *other = open_next_writer(&build, writer);
    put(other, WRITER_ADD, "b", "two");
    commit(other);
    writer_close(other);
    ck_assert_str_eq(ids_of(build.output), "b ");
}
END_TEST

START_TEST(the_history_has_every_publication)
{
    BuildOptions build = options_for(NULL, "ix");
    History history;
    Manifest manifest;
    Error error;
    const char *input = keep(scratch_write(
        &scratch, "a.jsonl", span_text("{\"id\":\"x\",\"text\":\"one\"}\n")));
    IndexWriter *writer = open_writer(&build);
    ck_assert_int_eq(
        writer_read(writer, WRITER_ADD, &build.corpus, &input, 1, &error), OK);
    commit(writer);
    put(writer, WRITER_UPDATE, "x", "two");
    put(writer, WRITER_UPDATE, "y", "three");
    commit(writer);
    writer_close(writer);
    ck_assert_int_eq(manifest_read(build.output, &manifest, &error), OK);
    ck_assert_uint_eq(manifest.source_count, 0);
    ck_assert_int_eq(
        history_read_from(build.output, &manifest, &history, &error), OK);
    ck_assert_uint_eq(history.source_count, 1);
    ck_assert_str_eq(history.sources[0], input);
    ck_assert_uint_eq(history.publication_count, 2);
    ck_assert_str_eq(history.publications[0].from, input);
    ck_assert_uint_eq(history.publications[1].replaced, 1);
    ck_assert_uint_eq(history.publications[1].added, 1);
    ck_assert_uint_eq(history.publications[1].documents, 2);
    ck_assert_ptr_nonnull(history_find(&history, manifest.segments[0].name));
    history_release(&history);
    manifest_release(&manifest);
}
END_TEST

/* Documents whose words share positions, removed with and without text. */
START_TEST(lengths_are_exact_where_words_share_positions)
{
    BuildOptions build = options_for(NULL, "ix");
    char id[16];
    build.has_stored = _i & 1;
    build.has_positions = _i & 2;
    IndexWriter *writer = open_writer(&build);
    Buf text = {0};
    for (int i = 0; i < 60; i++) {
        buf_clear(&text);
        for (int w = 0; w < 50 + i; w++)
            buf_printf(&text, "getUser%dById wi-fi os.environ ", w % 7);
        snprintf(id, sizeof id, "%d", i);
        put(writer, WRITER_ADD, id, buf_text(&text));
    }
    commit(writer);
    for (int i = 0; i < (_i & 4 ? 50 : 5); i++) {
        snprintf(id, sizeof id, "%d", i);
        ck_assert(drop(writer, id));
    }
    WriterReport report = commit(writer);
    writer_close(writer);
    /* The same documents in a new index. */
    BuildOptions fresh = build;
    fresh.output = keep(scratch_path(&scratch, "fresh"));
    writer = open_writer(&fresh);
    for (int i = _i & 4 ? 50 : 5; i < 60; i++) {
        buf_clear(&text);
        for (int w = 0; w < 50 + i; w++)
            buf_printf(&text, "getUser%dById wi-fi os.environ ", w % 7);
        snprintf(id, sizeof id, "%d", i);
        put(writer, WRITER_ADD, id, buf_text(&text));
    }
    ck_assert_uint_eq(commit(writer).tokens, report.tokens);
    writer_close(writer);
    buf_release(&text);
}
END_TEST

int main(void)
{
    TCase *writers = tcase_create("writers");
    tcase_add_checked_fixture(writers, make_scratch, remove_scratch);
    tcase_add_test(writers, documents_keep_the_order_of_their_arrival);
    tcase_add_loop_test(writers, nothing_is_written_where_nothing_changed, 0,
                        2);
    tcase_add_test(writers,
                   documents_of_an_input_take_effect_one_after_the_other);
    tcase_add_test(writers,
                   what_is_added_and_removed_before_a_commit_was_never_there);
    tcase_add_test(writers, adding_a_known_id_names_both_places);
    tcase_add_loop_test(writers, equal_ids_follow_the_option, 0, 2);
    tcase_add_test(writers, the_last_document_can_be_removed);
    tcase_add_test(writers, what_is_not_committed_leaves_no_trace);
    tcase_add_test(writers,
                   removing_a_document_leaves_the_segment_and_corrects_it);
    tcase_add_test(writers,
                   the_size_of_the_index_is_reported_where_nothing_is_written);
    tcase_add_test(writers, an_index_keeps_its_options);
    tcase_add_test(writers,
                   an_index_keeps_its_stored_fields_without_any_document);
    tcase_add_test(writers, without_an_index_there_is_nothing_to_change);
    tcase_add_test(writers, another_writer_is_named);
    tcase_add_test(writers, a_writer_waits_for_another_one);
    tcase_add_test(writers, a_writer_waits_for_one_that_gives_up_a_new_index);
    tcase_add_test(writers, the_history_has_every_publication);
    tcase_add_loop_test(writers, lengths_are_exact_where_words_share_positions,
                        0, 8);
    Suite *suite = suite_create("index writer");
    suite_add_tcase(suite, writers);
    return check_main(suite);
}
