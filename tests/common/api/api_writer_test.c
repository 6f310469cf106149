/* api_writer_test.c - tests writers of the API: what they change, what readers
 * see of it, and what they refuse.
 */
#include "tests/common/api/builder_fixture.h"

#include <sys/wait.h>
#include <unistd.h>

static quern_writer *writer_in(const char *folder)
{
    quern_writer *writer;
    quern_build_options build = small_options();
    quern_writer_options options = QUERN_WRITER_OPTIONS_INIT;
    options.build = &build;
    MUST(quern_writer_open(in_scratch(folder), &options, &writer, &failure));
    return writer;
}

static quern_document document_of(const char *id, const char *text)
{
    quern_document document = QUERN_DOCUMENT_INIT;
    document.id = quern_text(id);
    document.text = quern_text(text);
    return document;
}

static void add(quern_writer *writer, const char *id, const char *text)
{
    quern_document document = document_of(id, text);
    MUST(quern_writer_add(writer, &document, &failure));
}

static void update(quern_writer *writer, const char *id, const char *text)
{
    quern_document document = document_of(id, text);
    MUST(quern_writer_update(writer, &document, &failure));
}

static quern_write_report commit(quern_writer *writer)
{
    const quern_write_report *report;
    MUST(quern_writer_commit(writer, &report, &failure));
    return *report;
}

/* Commits, closes, and checks every rule of the index. */
static void close_checked(quern_writer *writer, const char *folder)
{
    MUST(quern_writer_commit(writer, NULL, &failure));
    quern_writer_close(writer);
    ck_assert_int_ge(count_entries(folder), 1);
}

START_TEST(a_writer_adds_replaces_and_removes)
{
    quern_writer *writer = writer_in("ix");
    add(writer, "a", "red fish");
    add(writer, "b", "blue fish");
    add(writer, "c", "green fish");
    quern_write_report report = commit(writer);
    ck_assert_uint_eq(report.added_count, 3);
    ck_assert_uint_eq(report.document_count, 3);
    ck_assert(report.published);
    bool found;
    update(writer, "a", "red bird");
    update(writer, "b", "blue fish");
    MUST(quern_writer_remove(writer, quern_text("c"), &found, &failure));
    ck_assert(found);
    MUST(quern_writer_remove(writer, quern_text("c"), &found, &failure));
    ck_assert(!found);
    report = commit(writer);
    ck_assert_uint_eq(report.replaced_count, 1);
    ck_assert_uint_eq(report.unchanged_count, 1);
    ck_assert_uint_eq(report.removed_count, 1);
    ck_assert_uint_eq(report.document_count, 2);
    close_checked(writer, "ix");
    ck_assert_uint_eq(count_hits("ix", "fish"), 1);
    ck_assert_uint_eq(count_hits("ix", "bird"), 1);
    ck_assert_uint_eq(count_hits("ix", "green"), 0);
}
END_TEST

START_TEST(nothing_is_written_if_nothing_changed)
{
    quern_writer *writer = writer_in("ix");
    add(writer, "a", "red fish");
    commit(writer);
    update(writer, "a", "red fish");
    quern_write_report report = commit(writer);
    ck_assert(!report.published);
    ck_assert_uint_eq(report.written_bytes, 0);
    quern_writer_close(writer);
}
END_TEST

START_TEST(what_is_not_committed_is_dropped)
{
    quern_writer *writer = writer_in("ix");
    add(writer, "a", "red fish");
    commit(writer);
    add(writer, "b", "blue fish");
    quern_writer_close(writer);
    ck_assert_uint_eq(count_hits("ix", "fish"), 1);
}
END_TEST

START_TEST(merged_to_one_an_index_has_the_bytes_of_a_build)
{
    quern_writer *writer = writer_in("ix");
    MUST(quern_writer_add_path(writer, write_documents("all", 0, 300), NULL,
                               &failure));
    commit(writer);
    for (int i = 100; i < 300; i++) {
        bool found;
        char id[16];
        snprintf(id, sizeof id, "doc-%d", i);
        MUST(quern_writer_remove(writer, quern_text(id), &found, &failure));
        ck_assert(found);
        if (i % 50 == 0) commit(writer);
    }
    commit(writer);
    MUST(quern_writer_update_path(writer, write_documents("more", 300, 400),
                                  NULL, &failure));
    ck_assert_uint_eq(commit(writer).document_count, 200);
    const quern_write_report *merged;
    MUST(quern_writer_merge(writer, 1, &merged, &failure));
    ck_assert_uint_eq(merged->segment_count, 1);
    ck_assert_uint_eq(merged->document_count, 200);
    ck_assert(merged->published && merged->seconds > 0);
    MUST(quern_writer_merge(writer, 1, &merged, &failure));
    ck_assert(!merged->published);
    ck_assert_uint_eq(merged->document_count, 200);
    quern_writer_close(writer);
    char *names = strdup(segment_names("ix"));
    quern_builder *builder = builder_in("fresh", NULL);
    add_documents(builder, 0, 100);
    add_documents(builder, 300, 400);
    finish(builder, "fresh");
    ck_assert_str_eq(segment_names("fresh"), names);
    free(names);
}
END_TEST

START_TEST(an_open_index_keeps_its_state_and_refreshes)
{
    quern_writer *writer = writer_in("ix");
    add(writer, "a", "red fish");
    commit(writer);
    quern_index *old, *newer;
    MUST(quern_index_open(in_scratch("ix"), &old, &failure));
    MUST(quern_index_refresh(old, &newer, &failure));
    ck_assert_ptr_null(newer);
    add(writer, "b", "blue fish");
    commit(writer);
    MUST(quern_writer_merge(writer, 1, NULL, &failure));
    quern_writer_close(writer);
    MUST(quern_index_refresh(old, &newer, &failure));
    ck_assert_ptr_nonnull(newer);
    ck_assert_uint_eq(quern_index_get_info(old)->document_count, 1);
    ck_assert_uint_eq(quern_index_get_info(newer)->document_count, 2);
    uint64_t document;
    bool found;
    MUST(quern_index_find(old, quern_text("b"), &document, &found, &failure));
    ck_assert(!found);
    quern_index_close(old); /* what they share stays */
    MUST(quern_index_find(newer, quern_text("b"), &document, &found, &failure));
    ck_assert(found);
    quern_index_close(newer);
}
END_TEST

START_TEST(an_id_that_is_there_is_a_conflict_and_changes_nothing)
{
    quern_writer *writer = writer_in("ix");
    add(writer, "a", "red fish");
    commit(writer);
    quern_document document = document_of("a", "blue fish");
    quern_status status = quern_writer_add(writer, &document, &failure);
    if (status == QUERN_OK)
        status = quern_writer_commit(writer, NULL, &failure);
    ck_assert_int_eq(status, QUERN_CONFLICT);
    ck_assert_ptr_nonnull(strstr(failure.message, "'a'"));
    FAILS(QUERN_CONFLICT, quern_writer_commit(writer, NULL, &failure));
    quern_writer_close(writer);
    ck_assert_uint_eq(count_hits("ix", "red"), 1);
    ck_assert_uint_eq(count_hits("ix", "blue"), 0);
}
END_TEST

START_TEST(a_second_writer_is_refused_while_the_first_is_open)
{
    quern_writer *writer = writer_in("ix"), *second;
    add(writer, "a", "red fish");
    commit(writer);
    FAILS(QUERN_CONFLICT,
          quern_writer_open(in_scratch("ix"), NULL, &second, &failure));
    ck_assert_ptr_null(second);
    quern_writer_close(writer);
    MUST(quern_writer_open(in_scratch("ix"), NULL, &second, &failure));
    quern_writer_close(second);
}
END_TEST

START_TEST(without_an_index_a_writer_that_must_not_make_one_fails)
{
    quern_writer *writer;
    quern_writer_options options = QUERN_WRITER_OPTIONS_INIT;
    options.create = false;
    FAILS(QUERN_IO,
          quern_writer_open(in_scratch("ix"), &options, &writer, &failure));
    ck_assert_int_eq(count_entries("ix"), -1);
}
END_TEST

START_TEST(wrong_use_of_a_writer_is_refused)
{
    quern_writer *writer;
    quern_writer_options options = QUERN_WRITER_OPTIONS_INIT;
    options.wait_seconds = -1;
    FAILS(QUERN_INVALID,
          quern_writer_open(in_scratch("ix"), &options, &writer, &failure));
    FAILS(QUERN_INVALID,
          quern_writer_open(in_scratch("ix"), NULL, NULL, &failure));
    FAILS(QUERN_INVALID, quern_writer_add(NULL, NULL, &failure));
    FAILS(QUERN_INVALID, quern_writer_commit(NULL, NULL, &failure));
    writer = writer_in("ix");
    FAILS(QUERN_INVALID, quern_writer_add(writer, NULL, &failure));
    quern_writer_close(writer);
    quern_writer_close(NULL);
    writer = writer_in("ix");
    FAILS(QUERN_INVALID,
          quern_writer_remove(writer, (quern_string){NULL, 3}, NULL, &failure));
    quern_writer_close(writer);
    FAILS(QUERN_INVALID, quern_index_refresh(NULL, NULL, &failure));
}
END_TEST

START_TEST(a_forked_process_cannot_use_a_writer)
{
    quern_writer *writer = writer_in("ix");
    add(writer, "a", "red fish");
    pid_t child = fork();
    if (child == 0) {
        quern_status status = quern_writer_commit(writer, NULL, &failure);
        quern_writer_close(writer);
        _exit(status == QUERN_INVALID ? 0 : 1);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    close_checked(writer, "ix");
    ck_assert_uint_eq(count_hits("ix", "fish"), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_writer");
    TCase *tests = tcase_create("api_writer");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, make_scratch, remove_scratch);
    tcase_add_test(tests, a_writer_adds_replaces_and_removes);
    tcase_add_test(tests, nothing_is_written_if_nothing_changed);
    tcase_add_test(tests, what_is_not_committed_is_dropped);
    tcase_add_test(tests, merged_to_one_an_index_has_the_bytes_of_a_build);
    tcase_add_test(tests, an_open_index_keeps_its_state_and_refreshes);
    tcase_add_test(tests,
                   an_id_that_is_there_is_a_conflict_and_changes_nothing);
    tcase_add_test(tests, a_second_writer_is_refused_while_the_first_is_open);
    tcase_add_test(tests,
                   without_an_index_a_writer_that_must_not_make_one_fails);
    tcase_add_test(tests, wrong_use_of_a_writer_is_refused);
    tcase_add_test(tests, a_forked_process_cannot_use_a_writer);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
