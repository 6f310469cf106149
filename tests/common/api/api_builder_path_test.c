/* api_builder_path_test.c - tests builders with documents of files. */
#include "tests/common/api/builder_fixture.h"

#include <unistd.h>

typedef enum Way { FROM_MEMORY, FROM_FILE, MIXED, WAYS } Way;

static void build_by(Way way, uint32_t threads)
{
    enum { ALL = 9000 };
    quern_build_options options = small_options();
    options.replace = true;
    options.threads = threads;
    options.segments = 2;
    quern_builder *builder = builder_in("ix", &options);
    unsigned in_memory = way == FROM_MEMORY ? ALL : way == MIXED ? 21 : 0;
    add_documents(builder, 0, in_memory);
    if (way == MIXED) {
        quern_string path = write_documents("a.jsonl", 21, 4000);
        MUST(quern_builder_add_path(builder, path, NULL, &failure));
        add_documents(builder, 4000, 4001);
        in_memory = 4001;
    }
    if (way != FROM_MEMORY) {
        quern_string path = write_documents("b.jsonl", in_memory, ALL);
        MUST(quern_builder_add_path(builder, path, NULL, &failure));
    }
    ck_assert_uint_eq(finish(builder, "ix").document_count, ALL);
}

START_TEST(segments_are_the_same_whatever_way_documents_come)
{
    char expected[512] = "";
    for (int way = 0; way < WAYS; way++) {
        for (uint32_t threads = 1; threads <= 2; threads++) {
            build_by((Way)way, threads);
            const char *names = segment_names("ix");
            if (!expected[0]) snprintf(expected, sizeof expected, "%s", names);
            ck_assert_str_eq(names, expected);
        }
    }
}
END_TEST

static const char rows[] = "sku;words\n1;apple pear\n2;apple\n";
static const char records[] =
    "{\"uid\":\"a\",\"headline\":\"pear\",\"abstract\":\"apple\",\"year\":1}\n"
    "{\"uid\":\"b\",\"abstract\":\"apple\",\"year\":2}\n";
static const char trec[] =
    "<DOC><DOCNO>t1</DOCNO><TEXT>apple pear</TEXT></DOC>\n"
    "<DOC><DOCNO>t2</DOCNO><TEXT>apple</TEXT></DOC>\n";
static const char table[] = "x1\tapple pear\nx2\tapple\n";
static const char commas[] = "id,text\n1,apple pear\n2,apple\n";

static const char *content_of(int way)
{
    static const char *const contents[] = {records, trec, table, commas, rows};
    return contents[way];
}

static quern_reader_options reader_of(int way)
{
    quern_reader_options options = QUERN_READER_OPTIONS_INIT;
    switch (way) {
    case 0:
        options.id_field = quern_text("uid");
        options.title_field = quern_text("headline");
        options.text_field = quern_text("abstract");
        break;
    case 1: break; /* detected */
    case 2:
        options.format = QUERN_FORMAT_TSV;
        options.columns = quern_text("id,text");
        break;
    case 3:
        options.format = QUERN_FORMAT_CSV;
        options.header = QUERN_HEADER_YES;
        break;
    default:
        options.format = QUERN_FORMAT_TEXT;
        options.title_from = QUERN_TITLE_FIRST_LINE;
        break;
    }
    return options;
}

START_TEST(files_are_read_as_the_options_say)
{
    const char *content = content_of(_i);
    quern_reader_options options = reader_of(_i);
    quern_builder *builder = builder_in("ix", NULL);
    scratch_write(&scratch, "in", span_text(content));
    MUST(quern_builder_add_path(builder, in_scratch("in"), &options, &failure));
    bool is_text = options.format == QUERN_FORMAT_TEXT;
    ck_assert_uint_eq(finish(builder, "ix").document_count, is_text ? 1 : 2);
    ck_assert_uint_eq(count_hits("ix", "pear"), 1);
    ck_assert_uint_eq(count_hits("ix", "apple"), is_text ? 1 : 2);
    ck_assert_uint_eq(count_hits("ix", "title:words"), is_text);
}
END_TEST

START_TEST(a_folder_of_files_goes_with_documents_that_have_stored_fields)
{
    quern_string year = quern_text("year");
    quern_stored_field field = {year, quern_text("1999")};
    quern_build_options options = small_options();
    options.store_fields = &year;
    options.store_field_count = 1;
    quern_reader_options reader = reader_of(0), hidden = reader_of(1);
    hidden.hidden = true;
    scratch_folder(&scratch, "notes");
    scratch_write(&scratch, "notes/a.txt", span_text("alpha"));
    scratch_write(&scratch, "notes/.b.txt", span_text("beta"));
    scratch_write(&scratch, "c.jsonl", span_text(records));
    quern_builder *builder = builder_in("notes/ix", &options);
    quern_document document = QUERN_DOCUMENT_INIT;
    document.id = quern_text("m");
    document.fields = &field;
    document.field_count = 1;
    MUST(quern_builder_add(builder, &document, &failure));
    MUST(quern_builder_add_path(builder, in_scratch("notes"), &hidden,
                                &failure));
    MUST(quern_builder_add_path(builder, in_scratch("c.jsonl"), &reader,
                                &failure));
    quern_build_report report = finish(builder, "notes/ix");
    ck_assert_uint_eq(report.document_count, 5);
    ck_assert_uint_eq(report.skipped_count, 0);
    ck_assert_uint_eq(count_hits("notes/ix", "beta"), 1);
}
END_TEST

/* How many documents a folder has with these options. */
static uint64_t count_read(const quern_reader_options *options)
{
    quern_build_options build = small_options();
    build.replace = true;
    quern_builder *builder = builder_in("ix", &build);
    MUST(quern_builder_add_path(builder, in_scratch("notes"), options,
                                &failure));
    return finish(builder, "ix").document_count;
}

START_TEST(options_say_which_files_of_a_folder_are_read)
{
    static const char *const files[][2] = {{"notes/.ignore", "a.txt\n"},
                                           {"notes/a.txt", "1"},
                                           {"notes/b.log", "2"},
                                           {"notes/c.txt", "3"},
                                           {"notes/d.txt", "longer"}};
    scratch_folder(&scratch, "notes");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        scratch_write(&scratch, files[i][0], span_text(files[i][1]));
    scratch_write(&scratch, "e.txt", span_text("4"));
    ck_assert_int_eq(symlink("../e.txt", scratch_path(&scratch, "notes/e")), 0);
    quern_reader_options options = QUERN_READER_OPTIONS_INIT;
    ck_assert_uint_eq(count_read(&options), 3);
    options.no_ignore = true;
    ck_assert_uint_eq(count_read(&options), 4);
    options.exclude = quern_text("*.log\nc.*");
    ck_assert_uint_eq(count_read(&options), 2);
    options.max_file_bytes = 5;
    ck_assert_uint_eq(count_read(&options), 1);
    options.follow = true;
    ck_assert_uint_eq(count_read(&options), 2);
    options.struct_size = offsetof(quern_reader_options, max_file_bytes);
    ck_assert_uint_eq(count_read(&options), 3); /* of an older version */
}
END_TEST

START_TEST(inputs_are_listed_as_they_were_given)
{
    quern_builder *builder = builder_in("ix", NULL);
    write_documents("a.jsonl", 0, 3);
    ck_assert_int_eq(chdir(scratch.path), 0);
    MUST(quern_builder_add_path(builder, quern_text("./a.jsonl"), NULL,
                                &failure));
    ck_assert_int_eq(chdir("/"), 0);
    finish(builder, "ix");
    quern_index *index;
    MUST(quern_index_open(in_scratch("ix"), &index, &failure));
    const quern_index_info *info = quern_index_get_info(index);
    ck_assert_uint_eq(info->source_count, 1);
    ck_assert_str_eq(info->sources[0].data, "./a.jsonl");
    quern_index_close(index);
}
END_TEST

/* Calls of quern_builder_add_path that must fail, and how. */
static quern_status add_wrongly(quern_builder *builder, int way)
{
    static const char zero[] = "a\0b";
    quern_reader_options options = QUERN_READER_OPTIONS_INIT;
    quern_string path = in_scratch("good.jsonl");
    switch (way) {
    case 0: options.format = (quern_format)6; break;
    case 1: options.format = (quern_format)-1; break;
    case 2: options.header = (quern_header_row)3; break;
    case 3: options.title_from = (quern_title_from)3; break;
    case 4: options.id_field = (quern_string){NULL, 1}; break;
    case 5: options.title_field = (quern_string){zero, 3}; break;
    case 6: options.text_field = (quern_string){zero, 3}; break;
    case 7: options.columns = (quern_string){zero, 3}; break;
    case 8: options.struct_size = 0; break;
    case 9: path = (quern_string){zero, 3}; break;
    case 10: path = in_scratch("old"); break; /* an index */
    case 11: path = in_scratch("ix"); break;  /* that which is built */
    case 12:
        path = in_scratch("notes");
        options.id_field = quern_text("id");
        break;
    case 13: path = in_scratch("no_text.jsonl"); break;
    case 14: options.exclude = (quern_string){zero, 3}; break;
    case 15: options.git_excludes = (quern_string){NULL, 1}; break;
    default: path = in_scratch("nothing"); break;
    }
    return quern_builder_add_path(builder, path, &options, &failure);
}

enum { WRONG_PATHS = 17, FIRST_IO = 16 };

static void write_wrong_inputs(void)
{
    quern_builder *old = builder_in("old", NULL);
    add_documents(old, 0, 3);
    finish(old, "old");
    scratch_folder(&scratch, "notes");
    write_documents("good.jsonl", 0, 3);
    scratch_write(&scratch, "no_text.jsonl",
                  span_text("{\"uid\":\"a\",\"abstract\":\"apple apple\"}\n"));
}

START_TEST(a_path_that_cannot_be_added_ends_the_build_with_a_reason)
{
    write_wrong_inputs();
    quern_builder *builder = builder_in("ix", NULL);
    FAILS(_i < FIRST_IO ? QUERN_INVALID : QUERN_IO, add_wrongly(builder, _i));
    char first[QUERN_ERROR_MESSAGE_BYTES];
    snprintf(first, sizeof first, "%s", failure.message);
    FAILS(_i < FIRST_IO ? QUERN_INVALID : QUERN_IO,
          quern_builder_finish(builder, NULL, &failure));
    ck_assert_str_eq(failure.message, first);
    quern_builder_free(builder);
    ck_assert_int_eq(count_entries("ix"), -1);
}
END_TEST

START_TEST(records_without_a_text_suggest_the_fields_that_may_be_meant)
{
    write_wrong_inputs();
    quern_builder *builder = builder_in("ix", NULL);
    FAILS(QUERN_INVALID, add_wrongly(builder, 13));
    ck_assert_ptr_nonnull(
        strstr(failure.message, "; try id_field 'uid', text_field 'abstract'"));
    quern_builder_free(builder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_builder_path");
    TCase *tests = tcase_create("api_builder_path");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, make_scratch, remove_scratch);
    tcase_add_test(tests, segments_are_the_same_whatever_way_documents_come);
    tcase_add_loop_test(tests, files_are_read_as_the_options_say, 0, 5);
    tcase_add_test(
        tests, a_folder_of_files_goes_with_documents_that_have_stored_fields);
    tcase_add_test(tests, options_say_which_files_of_a_folder_are_read);
    tcase_add_test(tests, inputs_are_listed_as_they_were_given);
    tcase_add_loop_test(
        tests, a_path_that_cannot_be_added_ends_the_build_with_a_reason, 0,
        WRONG_PATHS);
    tcase_add_test(tests,
                   records_without_a_text_suggest_the_fields_that_may_be_meant);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
