/* api_builder_listener_test.c - tests what a builder reports, how it is
 * stopped, and that its listener cannot disturb it.
 */
#include "tests/common/api/builder_fixture.h"

#include <pthread.h>

/* What a listener got, and what it does. */
typedef struct Witness {
    quern_build_listener listener;
    quern_builder *builder;
    quern_build_progress last;
    unsigned progress_count, asked;
    unsigned cancel_at; /* the question that is answered with yes; 0: none */
    bool went_back;     /* a number decreased */
    bool calls_back, was_refused;
    Buf text;
} Witness;

static void see_progress(void *self, const quern_build_progress *progress)
{
    Witness *witness = self;
    const quern_build_progress *last = &witness->last;
    witness->went_back |= progress->document_count < last->document_count ||
                          progress->text_bytes < last->text_bytes ||
                          progress->term_count < last->term_count ||
                          progress->phase < last->phase || progress->share > 1;
    witness->last = *progress;
    witness->progress_count++;
}

static void see_skipped(void *self, const quern_skip *skip)
{
    Witness *witness = self;
    buf_printf(&witness->text, "%d %s:%u %s\n", (int)skip->kind,
               skip->source.data, (unsigned)skip->line, skip->reason.data);
}

static void see_note(void *self, quern_string source, const quern_note *note)
{
    Witness *witness = self;
    const char *name = strrchr(source.data, '/');
    buf_printf(&witness->text, "%s %s: %.*s\n",
               note->is_warning ? "warning" : "note", name, 30,
               note->text.data);
}

static bool answer(void *self)
{
    Witness *witness = self;
    return ++witness->asked == witness->cancel_at;
}

static void start_witness(Witness *witness)
{
    *witness = (Witness){.listener = QUERN_BUILD_LISTENER_INIT,
                         .last = {.share = -1}};
    witness->listener.self = witness;
    witness->listener.progress = see_progress;
    witness->listener.skipped = see_skipped;
    witness->listener.noted = see_note;
    witness->listener.cancelled = answer;
}

static quern_build_options options_with(Witness *witness)
{
    quern_build_options options = small_options();
    options.listener = &witness->listener;
    return options;
}

START_TEST(progress_never_goes_back_and_ends_with_all_documents)
{
    Witness witness;
    start_witness(&witness);
    quern_build_options options = options_with(&witness);
    options.threads = 1 + (uint32_t)_i;
    quern_builder *builder = builder_in("ix", &options);
    witness.listener.progress = NULL; /* the builder has a copy */
    add_documents(builder, 0, 5000);
    ck_assert_uint_gt(witness.progress_count, 2);
    quern_string path = write_documents("a.jsonl", 5000, 9000);
    MUST(quern_builder_add_path(builder, path, NULL, &failure));
    ck_assert(witness.last.phase == QUERN_PHASE_READING);
    ck_assert(witness.last.share > 0);
    quern_build_report report = finish(builder, "ix");
    ck_assert(!witness.went_back);
    ck_assert(witness.last.phase == QUERN_PHASE_WRITING);
    ck_assert_uint_eq(witness.last.document_count, 9000);
    ck_assert_uint_eq(witness.last.text_bytes, report.text_bytes);
    ck_assert_uint_eq(witness.last.term_count, report.term_count);
    buf_release(&witness.text);
}
END_TEST

START_TEST(a_build_that_is_cancelled_leaves_nothing)
{
    Witness witness;
    unsigned cancel_at = 0;
    quern_status status = QUERN_CANCELLED;
    while (status == QUERN_CANCELLED) {
        start_witness(&witness);
        witness.cancel_at = ++cancel_at;
        quern_build_options options = options_with(&witness);
        options.threads = 1 + (uint32_t)_i;
        quern_builder *builder = builder_in("ix", &options);
        quern_string path = write_documents("a.jsonl", 0, 3000);
        status = quern_builder_add_path(builder, path, NULL, &failure);
        if (status == QUERN_OK)
            status = quern_builder_finish(builder, NULL, &failure);
        if (status == QUERN_CANCELLED)
            ck_assert_int_eq(add_text(builder, path, path), QUERN_CANCELLED);
        quern_builder_free(builder);
        if (status == QUERN_CANCELLED) {
            ck_assert_uint_eq(witness.asked, cancel_at);
            ck_assert_int_eq(count_entries("ix"), -1);
        }
        buf_release(&witness.text);
    }
    ck_assert_int_eq(status, QUERN_OK);
    ck_assert_uint_gt(cancel_at, 5); /* while reading and while writing */
    ck_assert_int_eq(count_entries("ix"), 4);
}
END_TEST

START_TEST(a_build_that_skips_everything_can_be_cancelled)
{
    Witness witness;
    start_witness(&witness);
    witness.cancel_at = 3;
    quern_build_options options = options_with(&witness);
    quern_builder *builder = builder_in("ix", &options);
    scratch_folder(&scratch, "binary");
    for (int i = 0; i < 5; i++) {
        char name[32];
        snprintf(name, sizeof name, "binary/%d", i);
        scratch_write(&scratch, name, span_of("\0\1\2\3", 4));
    }
    FAILS(QUERN_CANCELLED, quern_builder_add_path(builder, in_scratch("binary"),
                                                  NULL, &failure));
    quern_builder_free(builder);
    buf_release(&witness.text);
}
END_TEST

START_TEST(all_that_is_skipped_changed_or_dropped_is_reported)
{
    Witness witness;
    start_witness(&witness);
    quern_build_options options = options_with(&witness);
    options.on_duplicate = QUERN_KEEP_LAST;
    quern_builder *builder = builder_in("ix", &options);
    MUST(add_text(builder, quern_text("a"), quern_text("x")));
    MUST(add_text(builder, quern_text(""), quern_text("x")));
    MUST(add_text(builder, quern_text("b"), quern_text("\xff")));
    MUST(add_text(builder, quern_text("a"), quern_text("y")));
    scratch_write(&scratch, "c.jsonl",
                  span_text("{\"id\":\"c\",\"text\":\"z\"}\n{]\n"));
    MUST(
        quern_builder_add_path(builder, in_scratch("c.jsonl"), NULL, &failure));
    finish(builder, "ix");
    const char *text = buf_text(&witness.text);
    static const char expected[] =
        "0 memory:2 its id is empty\n"
        "1 memory:3 invalid UTF-8 was replaced by U+FFFD\n"
        "2 memory:1 id 'a' is also at memory:4, which was kept\n"
        "note /c.jsonl: jsonl: id = id, text = text\n"
        "0 /";
    ck_assert_msg(!strncmp(text, expected, sizeof expected - 1), "%s", text);
    ck_assert_ptr_nonnull(strstr(text, "/c.jsonl:2 "));
    buf_release(&witness.text);
}
END_TEST

START_TEST(a_mode_that_allows_more_than_a_source_is_a_warning)
{
    Witness witness;
    start_witness(&witness);
    quern_build_options options = options_with(&witness);
    options.replace = true;
    quern_string path = write_documents("a.jsonl", 0, 3);
    umask(022);
    quern_builder *builder = builder_in("ix", &options);
    MUST(quern_builder_add_path(builder, path, NULL, &failure));
    finish(builder, "ix");
    ck_assert_int_eq(chmod(path.data, 0600), 0);
    builder = builder_in("ix", &options);
    MUST(quern_builder_add_path(builder, path, NULL, &failure));
    finish(builder, "ix");
    ck_assert_ptr_nonnull(strstr(buf_text(&witness.text),
                                 "warning /ix: some users who may read"));
    buf_release(&witness.text);
}
END_TEST

static bool is_refused(quern_builder *builder)
{
    quern_error own;
    quern_document document = QUERN_DOCUMENT_INIT;
    document.id = quern_text("from elsewhere");
    quern_builder_free(builder); /* has no effect */
    return quern_builder_add(builder, &document, &own) == QUERN_INVALID &&
           quern_builder_finish(builder, NULL, &own) == QUERN_INVALID;
}

static void *call_from_thread(void *builder)
{
    return is_refused(builder) ? builder : NULL;
}

static void call_back(void *self, const quern_build_progress *progress)
{
    Witness *witness = self;
    (void)progress;
    pthread_t thread;
    void *refused;
    witness->progress_count++;
    witness->was_refused = is_refused(witness->builder);
    ck_assert_int_eq(
        pthread_create(&thread, NULL, call_from_thread, witness->builder), 0);
    pthread_join(thread, &refused);
    witness->was_refused &= refused != NULL;
}

START_TEST(calls_while_a_builder_is_at_work_are_refused_and_do_no_harm)
{
    Witness witness;
    start_witness(&witness);
    quern_build_options options = options_with(&witness);
    witness.listener.progress = call_back;
    quern_builder *builder = builder_in("ix", &options);
    witness.builder = builder;
    add_documents(builder, 0, 3000);
    ck_assert_uint_gt(witness.progress_count, 0);
    ck_assert(witness.was_refused);
    ck_assert_uint_eq(finish(builder, "ix").document_count, 3000);
    ck_assert(witness.was_refused);
}
END_TEST

START_TEST(a_listener_without_functions_is_fine)
{
    quern_build_listener listener = QUERN_BUILD_LISTENER_INIT;
    quern_build_options options = small_options();
    options.listener = &listener;
    quern_builder *builder = builder_in("ix", &options);
    MUST(add_text(builder, quern_text(""), quern_text("")));
    MUST(add_text(builder, quern_text("a"), quern_text("\xff")));
    finish(builder, "ix");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_builder_listener");
    TCase *tests = tcase_create("api_builder_listener");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, make_scratch, remove_scratch);
    tcase_add_loop_test(
        tests, progress_never_goes_back_and_ends_with_all_documents, 0, 2);
    tcase_add_loop_test(tests, a_build_that_is_cancelled_leaves_nothing, 0, 2);
    tcase_add_test(tests, a_build_that_skips_everything_can_be_cancelled);
    tcase_add_test(tests, all_that_is_skipped_changed_or_dropped_is_reported);
    tcase_add_test(tests, a_mode_that_allows_more_than_a_source_is_a_warning);
    tcase_add_test(tests,
                   calls_while_a_builder_is_at_work_are_refused_and_do_no_harm);
    tcase_add_test(tests, a_listener_without_functions_is_fine);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
