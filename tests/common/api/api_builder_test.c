/* api_builder_test.c - tests builders with documents from memory: what they
 * write, what they refuse, what they leave, and which use is possible.
 */
#include "tests/common/api/builder_fixture.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static quern_string repeated(char byte, size_t size)
{
    static char *bytes;
    bytes = realloc(bytes, size);
    memset(bytes, byte, size);
    return (quern_string){bytes, size};
}

/* --- what they write --- */

START_TEST(documents_from_memory_are_found_with_their_fields)
{
    quern_string names[] = {quern_text("year"), quern_text("url")};
    quern_stored_field fields[] = {{names[1], quern_text("http://x")},
                                   {names[0], quern_text("1999")}};
    quern_build_options options = small_options();
    options.store_fields = names;
    options.store_field_count = 2;
    quern_builder *builder = builder_in("ix", &options);
    quern_document document = QUERN_DOCUMENT_INIT;
    document.id = quern_text("a");
    document.title = quern_text("Solar eclipse");
    document.text = quern_text("the moon and the sun");
    document.fields = fields;
    document.field_count = 2;
    MUST(quern_builder_add(builder, &document, &failure));
    MUST(add_text(builder, quern_text("b"), quern_text("moon")));
    quern_build_report report = finish(builder, "ix");
    ck_assert_uint_eq(report.document_count, 2);
    ck_assert_uint_eq(report.token_count, 8);
    ck_assert_uint_eq(report.text_bytes, 13 + 20 + 4);
    ck_assert_uint_eq(report.segment_count, 1);
    ck_assert_uint_eq(count_hits("ix", "moon"), 2);
    ck_assert_uint_eq(count_hits("ix", "\"solar eclipse\""), 1);
    quern_index *index;
    quern_context *context;
    const quern_stored *stored;
    MUST(quern_index_open(in_scratch("ix"), &index, &failure));
    MUST(quern_context_new(index, &context, &failure));
    MUST(quern_stored_read(context, 0, &stored, &failure));
    ck_assert_mem_eq(stored->title.data, "Solar eclipse", 13);
    ck_assert_uint_eq(stored->field_count, 2);
    for (int i = 0; i < 2; i++) {
        bool is_year = stored->fields[i].name.size == 4;
        const char *value = is_year ? "1999" : "http://x";
        ck_assert_mem_eq(stored->fields[i].value.data, value, strlen(value));
    }
    quern_context_free(context);
    quern_index_close(index);
}
END_TEST

START_TEST(an_index_without_positions_and_text_is_made_if_asked_for)
{
    quern_build_options options = small_options();
    options.positions = options.stored = false;
    options.segments = 3;
    options.k1 = 2;
    options.b = 0;
    quern_builder *builder = builder_in("ix", &options);
    add_documents(builder, 0, 100);
    ck_assert_uint_eq(finish(builder, "ix").segment_count, 3);
    quern_index *index;
    MUST(quern_index_open(in_scratch("ix"), &index, &failure));
    const quern_index_info *info = quern_index_get_info(index);
    ck_assert(!info->has_positions && !info->has_stored);
    ck_assert(info->k1 == 2 && info->b == 0);
    ck_assert_uint_eq(info->source_count, 0);
    quern_index_close(index);
}
END_TEST

START_TEST(the_analyzer_of_the_options_is_that_of_the_index)
{
    quern_analyzer_options analyzer = QUERN_ANALYZER_OPTIONS_INIT;
    char name[] = "english";
    analyzer.name = quern_text(name);
    quern_build_options options = small_options();
    options.analyzer = &analyzer;
    quern_builder *builder = builder_in("ix", &options);
    memset(name, 'x', sizeof name); /* the caller's may change or go */
    analyzer.name.data = NULL;
    MUST(add_text(builder, quern_text("a"), quern_text("running foxes")));
    finish(builder, "ix");
    ck_assert_uint_eq(count_hits("ix", "fox"), 1);
    ck_assert_uint_eq(count_hits("ix", "runs"), 1);
}
END_TEST

START_TEST(a_program_in_another_locale_writes_the_same_manifest)
{
    char command[256];
    snprintf(command, sizeof command,
             "localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8 2>/dev/null",
             scratch.path);
    if (system(command) != 0) return; /* no such locale here */
    setenv("LOCPATH", scratch.path, 1);
    if (!setlocale(LC_ALL, "de_DE.UTF-8")) return;
    quern_builder *builder = builder_in("ix", NULL);
    add_documents(builder, 0, 10);
    finish(builder, "ix");
    setlocale(LC_ALL, "C");
    quern_index *index;
    MUST(quern_index_open(in_scratch("ix"), &index, &failure));
    ck_assert(quern_index_get_info(index)->b == 0.4F);
    quern_index_close(index);
}
END_TEST

/* --- hostile documents --- */

START_TEST(documents_of_any_bytes_are_indexed_or_skipped)
{
    static const char zeros[8], invalid[] = "\xff\xc3\x28 \xed\xa0\x80 word";
    quern_string field = quern_text("f");
    quern_stored_field value = {field, {invalid, sizeof invalid}};
    quern_build_options options = small_options();
    options.store_fields = &field;
    options.store_field_count = 1;
    quern_builder *builder = builder_in("ix", &options);
    MUST(add_text(builder, quern_text(""), quern_text("no id"))); /* skipped */
    MUST(add_text(builder, repeated('i', 1 << 20), quern_text("long id")));
    MUST(add_text(builder, quern_text("empty"), quern_text(NULL)));
    MUST(add_text(builder, (quern_string){zeros, 1}, quern_text("zero id")));
    MUST(add_text(builder, (quern_string){zeros, 2}, quern_text("zero id")));
    MUST(add_text(builder, quern_text("zeros"), (quern_string){zeros, 8}));
    MUST(add_text(builder, quern_text("long"), repeated('x', 3 << 20)));
    quern_document document = QUERN_DOCUMENT_INIT;
    document.id = document.title = document.text = value.value;
    document.fields = &value;
    document.field_count = 1;
    MUST(quern_builder_add(builder, &document, &failure)); /* changed */
    char *large = calloc(1, 300 << 20);
    MUST(add_text(builder, quern_text("large"),
                  (quern_string){large, 300 << 20})); /* skipped */
    free(large);
    quern_build_report report = finish(builder, "ix");
    ck_assert_uint_eq(report.document_count, 7);
    ck_assert_uint_eq(report.skipped_count, 2);
    ck_assert_uint_eq(report.changed_count, 1);
    ck_assert_uint_eq(count_hits("ix", "long zero"), 3);
    ck_assert_uint_eq(count_hits("ix", "word"), 1);
    quern_index *index;
    uint64_t at;
    bool found;
    MUST(quern_index_open(in_scratch("ix"), &index, &failure));
    MUST(quern_index_find(index, (quern_string){zeros, 2}, &at, &found,
                          &failure));
    ck_assert(found && at == 3);
    MUST(quern_index_find(index, value.value, &at, &found, &failure));
    ck_assert(found && at == 6);
    quern_index_close(index);
}
END_TEST

START_TEST(more_skipped_documents_than_allowed_are_a_failure)
{
    quern_build_options options = small_options();
    options.max_skipped = 1;
    quern_builder *builder = builder_in("ix", &options);
    MUST(add_text(builder, quern_text(""), quern_text("x")));
    FAILS(QUERN_LIMIT, add_text(builder, quern_text(""), quern_text("x")));
    ck_assert_int_eq(failure.advice, QUERN_ADVICE_RAISE_MAX_ERRORS);
    quern_builder_free(builder);
}
END_TEST

/* --- duplicates --- */

static void build_duplicates(quern_on_duplicate on_duplicate)
{
    quern_build_options options = small_options();
    options.on_duplicate = on_duplicate;
    quern_builder *builder = builder_in("ix", &options);
    MUST(add_text(builder, quern_text("a"), quern_text("first")));
    MUST(add_text(builder, quern_text("b"), quern_text("other")));
    MUST(add_text(builder, quern_text("a"), quern_text("last")));
    quern_build_report report = finish(builder, "ix");
    ck_assert_uint_eq(report.document_count, 2);
    ck_assert_uint_eq(report.duplicate_count, 1);
}

START_TEST(of_documents_with_one_id_the_first_or_the_last_is_kept)
{
    quern_on_duplicate keep = _i ? QUERN_KEEP_LAST : QUERN_KEEP_FIRST;
    build_duplicates(keep);
    ck_assert_uint_eq(count_hits("ix", "first"), !_i);
    ck_assert_uint_eq(count_hits("ix", "last"), _i != 0);
    ck_assert_uint_eq(count_hits("ix", "other"), 1);
}
END_TEST

START_TEST(a_duplicate_id_is_a_conflict_that_names_both_documents)
{
    quern_builder *builder = builder_in("ix", NULL);
    MUST(add_text(builder, quern_text("a"), quern_text("first")));
    FAILS(QUERN_CONFLICT, add_text(builder, quern_text("a"), quern_text("x")));
    ck_assert_str_eq(failure.message,
                     "memory:2: duplicate id 'a', first at memory:1");
    ck_assert_int_eq(failure.advice, QUERN_ADVICE_ALLOW_DUPLICATES);
    quern_builder_free(builder);
}
END_TEST

/* --- what they refuse --- */

START_TEST(null_and_impossible_arguments_are_invalid)
{
    quern_string nowhere = {NULL, 5}, text = quern_text("x");
    quern_builder *builder = (quern_builder *)&failure;
    FAILS(QUERN_INVALID, quern_builder_new(text, NULL, NULL, &failure));
    FAILS(QUERN_INVALID, quern_builder_new(nowhere, NULL, &builder, &failure));
    ck_assert_ptr_null(builder);
    FAILS(QUERN_INVALID,
          quern_builder_new(quern_text(""), NULL, &builder, &failure));
    FAILS(QUERN_INVALID, quern_builder_new((quern_string){"a\0b", 3}, NULL,
                                           &builder, &failure));
    FAILS(QUERN_INVALID, quern_builder_add(NULL, NULL, &failure));
    FAILS(QUERN_INVALID, quern_builder_add_path(NULL, text, NULL, &failure));
    FAILS(QUERN_INVALID, quern_builder_finish(NULL, NULL, &failure));
    ck_assert_int_eq(quern_builder_finish(NULL, NULL, NULL), QUERN_INVALID);
    quern_builder_free(NULL);
}
END_TEST

/* Ways to call a builder that must be invalid. */
static quern_status call_wrongly(quern_builder *builder, int way)
{
    quern_string nowhere = {NULL, 5}, a = quern_text("a");
    quern_stored_field fields[] = {
        {quern_text("f"), a}, {quern_text("f"), a}, {a, a}, {nowhere, a}};
    quern_document document = QUERN_DOCUMENT_INIT;
    document.id = a;
    document.fields = fields;
    switch (way) {
    case 0: return quern_builder_add(builder, NULL, &failure);
    case 1: document.id = nowhere; break;
    case 2: document.title = nowhere; break;
    case 3: document.text = nowhere; break;
    case 4: document.field_count = 2; break; /* twice */
    case 5: document.field_count = SIZE_MAX; break;
    case 6:
        document.fields = fields + 2; /* not to be stored */
        document.field_count = 1;
        break;
    case 7:
        document.fields = fields + 3;
        document.field_count = 1;
        break;
    case 8:
        document.fields = NULL;
        document.field_count = 1;
        break;
    case 9: document.struct_size = 0; break;
    case 10:
        fields[0].value = nowhere;
        document.field_count = 1;
        break;
    case 11: return quern_builder_add_path(builder, nowhere, NULL, &failure);
    case 12:
        return quern_builder_add_path(builder, quern_text(""), NULL, &failure);
    default: return quern_builder_finish(builder, NULL, &failure); /* empty */
    }
    return quern_builder_add(builder, &document, &failure);
}

enum { WRONG_CALLS = 14 };

START_TEST(a_wrong_call_is_invalid_and_only_free_is_left)
{
    quern_string field = quern_text("f");
    quern_build_options options = small_options();
    options.store_fields = &field;
    options.store_field_count = 1;
    quern_builder *builder = builder_in("ix", &options);
    FAILS(QUERN_INVALID, call_wrongly(builder, _i));
    quern_error first = failure;
    for (int way = 0; way < WRONG_CALLS; way++) {
        ck_assert_int_eq(call_wrongly(builder, way), QUERN_INVALID);
        ck_assert_str_eq(failure.message, first.message);
        ck_assert_int_eq(failure.advice, first.advice);
    }
    ck_assert_int_eq(add_text(builder, quern_text("a"), quern_text("b")),
                     QUERN_INVALID);
    ck_assert_int_eq(quern_builder_finish(builder, NULL, NULL), QUERN_INVALID);
    quern_builder_free(builder);
    ck_assert_int_eq(count_entries("ix"), -1);
}
END_TEST

START_TEST(a_builder_that_has_finished_can_only_be_freed)
{
    quern_builder *builder = builder_in("ix", NULL);
    const quern_build_report *report;
    MUST(add_text(builder, quern_text("a"), quern_text("b")));
    MUST(quern_builder_finish(builder, &report, &failure));
    FAILS(QUERN_INVALID, add_text(builder, quern_text("b"), quern_text("b")));
    FAILS(QUERN_INVALID, quern_builder_finish(builder, NULL, &failure));
    ck_assert_uint_eq(report->document_count, 1);
    quern_builder_free(builder);
    ck_assert_uint_eq(count_hits("ix", "b"), 1);
}
END_TEST

static void spoil(quern_build_options *options, int way)
{
    static quern_string names[2];
    static char long_name[1025];
    static quern_analyzer_options analyzer = QUERN_ANALYZER_OPTIONS_INIT;
    static quern_build_listener listener = QUERN_BUILD_LISTENER_INIT;
    memset(long_name, 'x', sizeof long_name);
    names[0] = names[1] = quern_text("name");
    options->store_fields = names;
    options->analyzer = &analyzer;
    options->listener = &listener;
    switch (way) {
    case 0: options->k1 = -1; break;
    case 1: options->k1 = 1001; break;
    case 2: options->k1 = NAN; break;
    case 3: options->b = 1.5F; break;
    case 4: options->b = NAN; break;
    case 5: options->segments = 0; break;
    case 6: options->segments = 1025; break;
    case 7: options->threads = 1025; break;
    case 8: options->memory = 1; break;
    case 9: options->memory = UINT64_MAX; break;
    case 10: options->max_document_bytes = 0; break;
    case 11: options->max_document_bytes = (1 << 30) + 1; break;
    case 12: options->on_duplicate = (quern_on_duplicate)3; break;
    case 13: options->on_duplicate = (quern_on_duplicate)-1; break;
    case 14: options->store_field_count = 2; break; /* twice the same */
    case 15: options->store_field_count = 1025; break;
    case 16: names[0] = (quern_string){NULL, 1}; break;
    case 17: names[0] = quern_text(""); break;
    case 18: names[0] = (quern_string){"a\0b", 3}; break;
    case 19: names[0] = quern_text("\xff"); break;
    case 20: names[0] = (quern_string){long_name, sizeof long_name}; break;
    case 21: options->stored = false; break;
    case 22: options->store_fields = NULL; break;
    case 23: analyzer.name = quern_text("klingon"); break;
    case 24: analyzer.stem = quern_text("klingon"); break;
    case 25: analyzer.struct_size = 1; break;
    case 26: listener.struct_size = 1; break;
    default: options->struct_size = 1; break;
    }
    if (way > 15 && way < 23) options->store_field_count = 1;
}

enum { SPOILT_OPTIONS = 28 };

START_TEST(options_out_of_range_are_invalid_and_leave_nothing)
{
    quern_build_options options = small_options();
    quern_builder *builder;
    spoil(&options, _i);
    FAILS(QUERN_INVALID,
          quern_builder_new(in_scratch("ix"), &options, &builder, &failure));
    ck_assert_ptr_null(builder);
    ck_assert_int_eq(count_entries("ix"), -1);
}
END_TEST

START_TEST(a_document_of_a_later_version_is_unsupported)
{
    struct {
        quern_document document;
        char more[16];
    } later = {QUERN_DOCUMENT_INIT, {0}};
    later.document.struct_size = sizeof later;
    later.document.id = quern_text("a");
    quern_builder *builder = builder_in("ix", NULL);
    MUST(quern_builder_add(builder, &later.document, &failure));
    later.more[15] = 1;
    FAILS(QUERN_UNSUPPORTED,
          quern_builder_add(builder, &later.document, &failure));
    quern_builder_free(builder);
}
END_TEST

/* --- what they leave --- */

START_TEST(a_builder_that_is_freed_early_leaves_nothing)
{
    quern_build_options options = small_options();
    options.memory = 1 << 20; /* so that there are temporary files */
    options.threads = 2;
    quern_builder *builder = builder_in("ix", &options);
    add_documents(builder, 0, 6000);
    quern_builder_free(builder);
    ck_assert_int_eq(count_entries("ix"), -1);
}
END_TEST

START_TEST(an_old_index_stays_until_the_new_one_is_finished)
{
    quern_build_options options = small_options();
    quern_builder *builder = builder_in("ix", NULL);
    add_documents(builder, 0, 300);
    finish(builder, "ix");
    FAILS(QUERN_CONFLICT,
          quern_builder_new(in_scratch("ix"), &options, &builder, &failure));
    ck_assert_int_eq(failure.advice, QUERN_ADVICE_REPLACE_INDEX);
    options.replace = true;
    builder = builder_in("ix", &options);
    MUST(add_text(builder, quern_text("new"), quern_text("novelty")));
    ck_assert_uint_eq(count_hits("ix", "novelty"), 0);
    quern_builder_free(builder);
    ck_assert_int_eq(count_entries("ix"), 4);
    ck_assert_uint_gt(count_hits("ix", "w1"), 0);
    builder = builder_in("ix", &options);
    MUST(add_text(builder, quern_text("new"), quern_text("novelty")));
    finish(builder, "ix");
    ck_assert_uint_eq(count_hits("ix", "novelty"), 1);
    ck_assert_uint_eq(count_hits("ix", "w1"), 0);
}
END_TEST

START_TEST(a_failure_names_the_index_that_is_unchanged)
{
    quern_build_options options = small_options();
    quern_builder *builder = builder_in("ix", NULL);
    add_documents(builder, 0, 3);
    finish(builder, "ix");
    options.replace = true;
    builder = builder_in("ix", &options);
    FAILS(QUERN_INVALID, quern_builder_finish(builder, NULL, &failure));
    ck_assert_ptr_nonnull(strstr(failure.message, "/ix is unchanged"));
    quern_builder_free(builder);
}
END_TEST

START_TEST(a_folder_of_other_files_is_refused)
{
    quern_builder *builder;
    scratch_folder(&scratch, "ix");
    scratch_write(&scratch, "ix/letter.txt", span_text("dear"));
    FAILS(QUERN_CONFLICT,
          quern_builder_new(in_scratch("ix"), NULL, &builder, &failure));
    FAILS(QUERN_IO,
          quern_builder_new(in_scratch("no/ix"), NULL, &builder, &failure));
    ck_assert_int_eq(count_entries("ix"), 1);
}
END_TEST

START_TEST(a_relative_folder_is_that_of_the_start)
{
    quern_build_options options = small_options();
    options.memory = 1 << 20; /* temporary files are made later */
    quern_builder *builder;
    scratch_folder(&scratch, "a");
    scratch_folder(&scratch, "b");
    ck_assert_int_eq(chdir(scratch_path(&scratch, "a")), 0);
    MUST(quern_builder_new(quern_text("ix"), &options, &builder, &failure));
    ck_assert_int_eq(chdir(scratch_path(&scratch, "b")), 0);
    add_documents(builder, 0, 6000);
    ck_assert_int_eq(chdir("/"), 0);
    finish(builder, "a/ix");
    ck_assert_int_eq(count_entries("b"), 0);
    ck_assert_int_eq(count_entries("a"), 1);
}
END_TEST

/* --- use by threads and processes --- */

START_TEST(a_folder_has_one_builder_at_a_time)
{
    quern_build_options options = small_options();
    options.replace = true;
    quern_builder *builder = builder_in("ix", NULL), *second;
    FAILS(QUERN_CONFLICT,
          quern_builder_new(in_scratch("ix"), &options, &second, &failure));
    ck_assert_int_eq(failure.advice, QUERN_ADVICE_WAIT_FOR_OTHER);
    MUST(add_text(builder, quern_text("a"), quern_text("b")));
    finish(builder, "ix");
    builder = builder_in("ix", &options);
    quern_builder_free(builder);
}
END_TEST

static void *build_in_thread(void *folder)
{
    quern_build_options options = small_options();
    options.threads = 2;
    quern_error own;
    quern_builder *builder;
    quern_status status = quern_builder_new(*(quern_string *)folder, &options,
                                            &builder, &own);
    for (unsigned d = 0; d < 3000 && status == QUERN_OK; d++) {
        char id[16], text[64];
        quern_document document = QUERN_DOCUMENT_INIT;
        snprintf(id, sizeof id, "%u", d);
        snprintf(text, sizeof text, "w%u w%u common", d, d % 7);
        document.id = quern_text(id);
        document.text = quern_text(text);
        status = quern_builder_add(builder, &document, &own);
    }
    if (status == QUERN_OK) status = quern_builder_finish(builder, NULL, &own);
    quern_builder_free(builder);
    return status == QUERN_OK ? NULL : folder;
}

START_TEST(builders_work_at_once_in_folders_of_their_own)
{
    enum { BUILDERS = 3 };
    static const char *const names[] = {"ix0", "ix1", "ix2"};
    quern_string folders[BUILDERS];
    pthread_t threads[BUILDERS];
    char first[512];
    for (int i = 0; i < BUILDERS; i++) {
        folders[i] = in_scratch(names[i]);
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, build_in_thread, &folders[i]), 0);
    }
    for (int i = 0; i < BUILDERS; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        ck_assert_ptr_null(failed);
        if (i == 0) snprintf(first, sizeof first, "%s", segment_names("ix0"));
        ck_assert_str_eq(segment_names(names[i]), first);
    }
}
END_TEST

/* What each of several threads does with the one builder. */
typedef struct Relay {
    quern_string folder;
    quern_builder *builder;
    quern_status status;
} Relay;

static void *start_in_thread(void *self)
{
    Relay *relay = self;
    relay->status = quern_builder_new(relay->folder, NULL, &relay->builder,
                                      &failure);
    return NULL;
}

static void *add_in_thread(void *self)
{
    Relay *relay = self;
    relay->status = add_text(relay->builder, quern_text("a"),
                             quern_text("word"));
    return NULL;
}

START_TEST(a_builder_outlives_the_thread_that_made_it)
{
    Relay relay = {.folder = in_scratch("ix")};
    void *(*const steps[])(void *) = {start_in_thread, add_in_thread};
    for (int i = 0; i < 2; i++) {
        pthread_t thread;
        ck_assert_int_eq(pthread_create(&thread, NULL, steps[i], &relay), 0);
        pthread_join(thread, NULL);
        ck_assert_int_eq(relay.status, QUERN_OK);
    }
    finish(relay.builder, "ix");
    quern_index *index;
    MUST(quern_index_open(relay.folder, &index, &failure));
    const char *versions = quern_index_get_info(index)->data_versions.data;
    ck_assert_ptr_eq(strstr(versions, "Unicode "), versions);
    quern_index_close(index);
}
END_TEST

/* In the child: whether the builder of its parent is left alone. */
static int use_in_child(quern_builder *builder)
{
    quern_status status = add_text(builder, quern_text("b"), quern_text("b"));
    bool refused = status == QUERN_INVALID &&
                   quern_builder_finish(builder, NULL, NULL) == QUERN_INVALID;
    quern_builder_free(builder);
    return refused ? 0 : 1;
}

START_TEST(a_forked_process_cannot_disturb_the_builder_of_its_parent)
{
    quern_build_options options = small_options();
    options.threads = 2;
    quern_builder *builder = builder_in("ix", &options);
    MUST(add_text(builder, quern_text("a"), quern_text("word")));
    pid_t child = fork();
    if (child == 0) _exit(use_in_child(builder));
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    MUST(add_text(builder, quern_text("b"), quern_text("word")));
    finish(builder, "ix");
    ck_assert_uint_eq(count_hits("ix", "word"), 2);
}
END_TEST

START_TEST(what_a_killed_process_left_is_in_nobodys_way)
{
    int pipes[2];
    char byte;
    ck_assert_int_eq(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        quern_build_options options = small_options();
        options.memory = 1 << 20; /* so that there are temporary files */
        add_documents(builder_in("ix", &options), 0, 6000);
        if (write(pipes[1], "x", 1) == 1) pause();
        _exit(1);
    }
    ck_assert_int_eq(read(pipes[0], &byte, 1), 1);
    kill(child, SIGKILL);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    scratch_write(&scratch, "ix/segment.tmp", span_text("half"));
    quern_builder *builder = builder_in("ix", NULL);
    MUST(add_text(builder, quern_text("a"), quern_text("word")));
    finish(builder, "ix");
    ck_assert_int_eq(count_entries("ix"), 4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_builder");
    TCase *tests = tcase_create("api_builder");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, make_scratch, remove_scratch);
    tcase_add_test(tests, documents_from_memory_are_found_with_their_fields);
    tcase_add_test(tests,
                   an_index_without_positions_and_text_is_made_if_asked_for);
    tcase_add_test(tests, the_analyzer_of_the_options_is_that_of_the_index);
    tcase_add_test(tests, a_program_in_another_locale_writes_the_same_manifest);
    tcase_add_test(tests, documents_of_any_bytes_are_indexed_or_skipped);
    tcase_add_test(tests, more_skipped_documents_than_allowed_are_a_failure);
    tcase_add_loop_test(
        tests, of_documents_with_one_id_the_first_or_the_last_is_kept, 0, 2);
    tcase_add_test(tests,
                   a_duplicate_id_is_a_conflict_that_names_both_documents);
    tcase_add_test(tests, null_and_impossible_arguments_are_invalid);
    tcase_add_loop_test(tests, a_wrong_call_is_invalid_and_only_free_is_left, 0,
                        WRONG_CALLS);
    tcase_add_test(tests, a_builder_that_has_finished_can_only_be_freed);
    tcase_add_loop_test(tests,
                        options_out_of_range_are_invalid_and_leave_nothing, 0,
                        SPOILT_OPTIONS);
    tcase_add_test(tests, a_document_of_a_later_version_is_unsupported);
    tcase_add_test(tests, a_builder_that_is_freed_early_leaves_nothing);
    tcase_add_test(tests, an_old_index_stays_until_the_new_one_is_finished);
    tcase_add_test(tests, a_failure_names_the_index_that_is_unchanged);
    tcase_add_test(tests, a_folder_of_other_files_is_refused);
    tcase_add_test(tests, a_relative_folder_is_that_of_the_start);
    tcase_add_test(tests, a_folder_has_one_builder_at_a_time);
    tcase_add_test(tests, builders_work_at_once_in_folders_of_their_own);
    tcase_add_test(tests, a_builder_outlives_the_thread_that_made_it);
    tcase_add_test(tests,
                   a_forked_process_cannot_disturb_the_builder_of_its_parent);
    tcase_add_test(tests, what_a_killed_process_left_is_in_nobodys_way);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
