/* skip_count_test.c - tests what a build does with records that it skips,
 * changes or drops, and the skip log that lists them.
 */
#include "common/base/file.h"
#include "common/segment/index.h"
#include "common/segment/skip_log/skip_log.h"
#include "indexer/commands.h"
#include "tests/indexer/build/trial_build.h"
#include "tests/support/random.h"

/* The skip log, a line an entry, with the scratch folder as @. */
static const char *skip_log_of(const char *folder)
{
    static char text[8192];
    char *bytes = NULL;
    size_t size = 0, out = 0, folder_size = strlen(scratch.path);
    FILE *file = open_memstream(&bytes, &size);
    Error error;
    CommandOptions options = {0};
    Status status = command_skipped(folder, &options, file, &error);
    fclose(file);
    ck_assert_msg(status == OK, "%s", error.message);
    for (size_t i = 0; i < size && out + 1 < sizeof text;) {
        bool here = !strncmp(bytes + i, scratch.path, folder_size);
        text[out++] = here ? '@' : bytes[i];
        i += here ? folder_size : 1;
    }
    text[out] = '\0';
    free(bytes);
    return text;
}

START_TEST(the_skip_log_lists_skipped_changed_and_dropped_records)
{
    static const char bad[] = "{\"id\":\"a\",\"text\":\"x\"}\n"
                              "{\"id\":}\n"
                              "{\"id\":\"b\",\"text\":\"\xff\"}\n"
                              "{\"id\":\"c\"}\n"
                              "{\"id\":\"a\",\"text\":\"y\"}\n";
    const char *input = scratch_write(&scratch, "in", span_text(bad));
    BuildOptions options = options_for(input, "ix");
    BuildReport report;
    Error error;
    options.on_duplicate = _i ? DUPLICATE_KEEP_LAST : DUPLICATE_KEEP_FIRST;
    ck_assert_int_eq(index_build(&options, &report, &error), OK);
    check_index(options.output);
    ck_assert_uint_eq(report.skips[LEDGER_SKIPPED], 2);
    ck_assert_uint_eq(report.skips[LEDGER_CUT], 1);
    ck_assert_uint_eq(report.skips[LEDGER_DUPLICATE], 1);
    ck_assert_uint_eq(report.documents, 2);
    char wanted[1024];
    snprintf(wanted, sizeof wanted,
             "@/in\t2\t22\tnot JSON: unallowed token at this point in JSON "
             "text\n"
             "@/in\t3\t30\tinvalid UTF-8 was replaced by U+FFFD\n"
             "@/in\t4\t52\tno text field 'text'\n"
             "@/in\t%s\tid 'a' is also at @/in:%d, which was kept\n",
             _i ? "1\t0" : "5\t63", _i ? 5 : 1);
    ck_assert_str_eq(skip_log_of(options.output), wanted);
}
END_TEST

START_TEST(the_skip_log_lists_skipped_files_of_a_folder)
{
    scratch_folder(&scratch, "notes");
    scratch_write(&scratch, "notes/a.txt", span_text("alpha"));
    scratch_write(&scratch, "notes/b.bin", span_of("\0\1", 2));
    scratch_write(&scratch, "notes/c.txt", span_text("too large a file"));
    scratch_write(&scratch, "notes/.hidden", span_of("\0\1", 2));
    BuildOptions options = options_for(scratch_path(&scratch, "notes"), "ix");
    options.corpus.max_record_bytes = 10;
    build(&options);
    ck_assert_str_eq(skip_log_of(options.output),
                     "@/notes/b.bin\t0\t0\tbinary: contains NUL bytes\n"
                     "@/notes/c.txt\t0\t0\tlarger than 10 bytes\n");
}
END_TEST

/* Many bad records, and every third id again. */
static const char *write_bad_corpus(const char *name, uint32_t documents)
{
    Random random = {77};
    Buf out = {0};
    for (uint32_t d = 0; d < documents; d++) {
        uint32_t id = d % 3 ? d : d / 2;
        if (d % 7 == 3) buf_printf(&out, "{\"id\":\"bad-%u\",\n", d);
        buf_printf(&out, "{\"id\":\"%u\",\"title\":\"t%u\",\"text\":\"", id,
                   d % 9);
        for (size_t w = random_below(&random, 60); w > 0; w--)
            buf_printf(&out, "w%zu ", random_zipf(&random, 3000));
        buf_printf(&out, "only%u%s\"}\n", d, d % 11 ? "" : "\xe9");
    }
    const char *path = keep(scratch_write(&scratch, name, buf_span(&out)));
    buf_release(&out);
    return path;
}

START_TEST(bytes_with_skips_do_not_depend_on_threads_or_memory)
{
    const char *input = write_bad_corpus("a.jsonl", 6000);
    static const struct {
        uint32_t threads;
        uint64_t memory;
    } ways[] = {{1, 64 << 20}, {4, 16 << 20}, {3, 1 << 20}};
    Buf expected = {0};
    for (int i = 0; i < 3; i++) {
        BuildOptions options = options_for(input, "ix");
        options.threads = ways[i].threads;
        options.memory = ways[i].memory;
        options.segments = _i & 2 ? 3 : 1;
        options.replace = true;
        options.on_duplicate = _i & 1 ? DUPLICATE_KEEP_LAST
                                      : DUPLICATE_KEEP_FIRST;
        build(&options);
        check_index(options.output);
        Buf bytes = segment_bytes(options.output);
        if (i == 0) expected = bytes;
        ck_assert(span_equal(buf_span(&bytes), buf_span(&expected)));
        if (i) buf_release(&bytes);
    }
    buf_release(&expected);
}
END_TEST

typedef Status Verb(const char *folder, const CommandOptions *options,
                    FILE *out, Error *error);

/* What a command of indexer prints of an index. */
static char *printed(CommandFunction *command, const char *folder)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&bytes, &size);
    Error error;
    CommandOptions options = {0};
    ck_assert_int_eq(command(folder, &options, file, &error), OK);
    fclose(file);
    return bytes;
}

/* The corpus of write_bad_corpus again, without the documents whose id comes
 * once more further down, and without bad records. */
static const char *keep_last_by_hand(const char *input)
{
    Buf all = {0}, out = {0};
    Error error;
    ck_assert_int_eq(file_read(input, 1 << 30, &all, &error), OK);
    for (char *line = (char *)(uintptr_t)buf_text(&all), *next; *line;
         line = next) {
        char id[32];
        next = strchr(line, '\n') + 1;
        if (next[-2] != '}') continue;
        size_t size = strcspn(line + 7, "\"");
        snprintf(id, sizeof id, "\n{\"id\":\"%.*s\"", (int)size, line + 7);
        if (!strstr(next - 1, id)) buf_put(&out, line, (size_t)(next - line));
    }
    const char *path = keep(scratch_write(&scratch, "kept", buf_span(&out)));
    buf_release(&all);
    buf_release(&out);
    return path;
}

START_TEST(keep_last_equals_an_input_without_the_dropped_documents)
{
    const char *input = write_bad_corpus("a.jsonl", 2000);
    BuildOptions options = options_for(input, "ix");
    options.on_duplicate = DUPLICATE_KEEP_LAST;
    options.segments = _i ? 3 : 1;
    BuildOptions by_hand = options_for(keep_last_by_hand(input), "by_hand");
    by_hand.segments = options.segments;
    BuildReport report, by_hand_report;
    Error error;
    ck_assert_int_eq(index_build(&options, &report, &error), OK);
    ck_assert_int_eq(index_build(&by_hand, &by_hand_report, &error), OK);
    ck_assert_uint_eq(report.documents, by_hand_report.documents);
    ck_assert_uint_eq(report.terms, by_hand_report.terms);
    ck_assert_uint_eq(report.postings, by_hand_report.postings);
    for (int kind = SECTION_TERMS; kind <= SECTION_ID_ORDER; kind++)
        ck_assert_uint_eq(report.section_bytes[kind],
                          by_hand_report.section_bytes[kind]);
    char *dump = printed(command_dump, options.output),
         *other = printed(command_dump, by_hand.output);
    ck_assert_str_eq(dump, other);
    free(dump);
    free(other);
    dump = printed(command_terms, options.output);
    other = printed(command_terms, by_hand.output);
    ck_assert_str_eq(dump, other);
    free(dump);
    free(other);
}
END_TEST

START_TEST(a_full_skip_log_goes_on_counting)
{
    BuildOptions options = options_for(write_bad_corpus("a.jsonl", 2000), "ix");
    options.on_duplicate = DUPLICATE_KEEP_FIRST;
    options.ledger_limit = 1000;
    BuildReport report;
    Error error;
    ck_assert_int_eq(index_build(&options, &report, &error), OK);
    check_index(options.output);
    ck_assert_uint_eq(report.skips[LEDGER_SKIPPED], 286);
    ck_assert_uint_le(report.section_bytes[SECTION_LEDGER],
                      1000 + LEDGER_HEADER_BYTES);
    Index *index;
    LedgerCounts counts = {0};
    ck_assert_int_eq(index_open(options.output, &index, &error), OK);
    ck_assert_int_eq(ledger_count(index->segments[0], &counts, &error), OK);
    ck_assert_uint_eq(counts.of_kind[LEDGER_SKIPPED], 286);
    ck_assert_uint_gt(counts.entries, 10);
    ck_assert_uint_lt(counts.entries, 100);
    index_close(index);
}
END_TEST

START_TEST(too_many_errors_end_the_build)
{
    BuildOptions options = options_for(write_bad_corpus("a.jsonl", 2000), "ix");
    BuildReport report;
    Error error;
    options.on_duplicate = DUPLICATE_KEEP_FIRST;
    options.max_errors = 286;
    build(&options);
    options.replace = true;
    options.max_errors = 2;
    Buf before = segment_bytes(options.output);
    ck_assert_int_eq(index_build(&options, &report, &error), ERR_LIMIT);
    ck_assert_ptr_nonnull(
        strstr(error.message, "more than 2 records were skipped"));
    ck_assert_ptr_nonnull(strstr(error.message, "a.jsonl:20:16: not JSON: "));
    Buf after = segment_bytes(options.output);
    ck_assert(span_equal(buf_span(&before), buf_span(&after)));
    buf_release(&before);
    buf_release(&after);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("skip_count");
    TCase *tests = tcase_create("skip_count");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, make_scratch, remove_scratch);
    tcase_add_loop_test(
        tests, the_skip_log_lists_skipped_changed_and_dropped_records, 0, 2);
    tcase_add_test(tests, the_skip_log_lists_skipped_files_of_a_folder);
    tcase_add_loop_test(
        tests, bytes_with_skips_do_not_depend_on_threads_or_memory, 0, 4);
    tcase_add_loop_test(
        tests, keep_last_equals_an_input_without_the_dropped_documents, 0, 2);
    tcase_add_test(tests, a_full_skip_log_goes_on_counting);
    tcase_add_test(tests, too_many_errors_end_the_build);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
