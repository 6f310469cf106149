/* build_test.c - tests whole builds: what they write, what they leave. */
#include "common/segment/dictionary/dictionary.h"
#include "common/segment/documents/documents.h"
#include "common/segment/index.h"
#include "common/segment/positions/positions.h"
#include "indexer/build/index_folder.h"
#include "indexer/commands.h"
#include "tests/indexer/build/trial_build.h"
#include "tests/support/random.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

/* Documents with titles now and then, of lengths from none to some hundred
 * words, after Zipf. */
static const char *write_corpus(const char *name, uint32_t documents,
                                uint64_t seed)
{
    Random random = {seed};
    Buf out = {0};
    for (uint32_t d = 0; d < documents; d++) {
        buf_printf(&out, "{\"id\":\"doc-%u\",", d);
        if (d % 3 == 0)
            buf_printf(&out, "\"title\":\"title w%zu\",",
                       random_zipf(&random, 500));
        buf_put_text(&out, "\"text\":\"");
        size_t words = d % 50 == 7 ? 0 : random_below(&random, 120);
        for (size_t w = 0; w < words; w++)
            buf_printf(&out, "w%zu ", random_zipf(&random, 5000));
        buf_printf(&out, "\",\"url\":\"http://%u\"}\n", d);
    }
    const char *path = keep(scratch_write(&scratch, name, buf_span(&out)));
    buf_release(&out);
    return path;
}

START_TEST(an_index_passes_every_check)
{
    const char *input = write_corpus("a.jsonl", 3000, 1);
    BuildOptions options = options_for(input, "ix");
    options.has_positions = _i & 1;
    options.has_stored = _i & 2;
    options.segments = _i & 4 ? 5 : 1;
    build(&options);
    check_index(options.output);
    /* LOCK, MANIFEST, the history, segments, their contents */
    int files = _i & 2 ? 1 : 2;
    ck_assert_int_eq(folder_count_entries(options.output),
                     3 + (_i & 4 ? 5 * files : files));
}
END_TEST

START_TEST(bytes_do_not_depend_on_threads_memory_or_the_way_in)
{
    const char *input = write_corpus("a.jsonl", 12000, 2);
    static const struct {
        uint32_t threads;
        uint64_t memory;
    } ways[] = {{1, 64 << 20}, {2, 64 << 20}, {4, 16 << 20}, {3, 1 << 20}};
    static const char *const fields[] = {"url"};
    for (uint32_t segments = 1; segments <= 3; segments += 2) {
        Buf expected = {0};
        for (int i = 0; i < 4; i++) {
            BuildOptions options = options_for(input, "ix");
            options.threads = ways[i].threads;
            options.memory = ways[i].memory;
            options.segments = segments;
            options.replace = true;
            options.corpus.store_fields = fields;
            options.corpus.store_field_count = 1;
            build(&options);
            Buf bytes = segment_bytes(options.output);
            if (i == 0) expected = bytes;
            ck_assert(span_equal(buf_span(&bytes), buf_span(&expected)));
            if (i) buf_release(&bytes);
        }
        check_index(scratch_path(&scratch, "ix"));
        buf_release(&expected);
    }
}
END_TEST

START_TEST(packed_input_and_split_input_give_the_same_bytes)
{
    const char *input = write_corpus("a.jsonl", 500, 3);
    Buf plain = {0}, packed = {0};
    Error error;
    ck_assert_int_eq(file_read(input, 1 << 30, &plain, &error), OK);
    pack_gzip(&packed, buf_span(&plain));
    const char *gzip = scratch_write(&scratch, "a.gz", buf_span(&packed));
    const uint8_t *cut = memchr(plain.data + plain.size / 2, '\n', 10000);
    size_t first = (size_t)(cut - plain.data) + 1;
    const char *parts[] = {
        scratch_write(&scratch, "a1", span_of(plain.data, first)),
        scratch_write(&scratch, "a2",
                      span_of(plain.data + first, plain.size - first))};
    BuildOptions options[3] = {options_for(input, "i1"),
                               options_for(gzip, "i2"),
                               options_for(NULL, "i3")};
    options[2].inputs = parts;
    options[2].input_count = 2;
    Buf bytes[3];
    for (int i = 0; i < 3; i++) {
        build(&options[i]);
        bytes[i] = segment_bytes(options[i].output);
        ck_assert(span_equal(buf_span(&bytes[i]), buf_span(&bytes[0])));
    }
    for (int i = 0; i < 3; i++) buf_release(&bytes[i]);
    buf_release(&plain);
    buf_release(&packed);
}
END_TEST

static const char three[] =
    "{\"id\":\"x\",\"title\":\"Solar eclipse\",\"text\":\"the moon the sun\"}\n"
    "{\"id\":\"y\",\"text\":\"sun\"}\n"
    "{\"id\":\"z\",\"title\":\"Empty\",\"text\":\"\"}\n";

static const Postings *open_term(Segment *segment, const char *term)
{
    static Postings list;
    TermRecord record;
    Error error;
    bool found;
    ck_assert_int_eq(
        dictionary_find(segment, span_text(term), &record, &found, &error), OK);
    ck_assert(found);
    ck_assert_int_eq(postings_open(segment, &record, &list, &error), OK);
    return &list;
}

START_TEST(title_and_text_are_one_field_with_a_gap)
{
    const char *input = scratch_write(&scratch, "a.jsonl", span_text(three));
    BuildOptions options = options_for(input, "ix");
    options.limits = default_limits;
    build(&options);
    Index *index;
    Error error;
    ck_assert_int_eq(index_open(options.output, &index, &error), OK);
    ck_assert_uint_eq(index->manifest.document_count, 3);
    ck_assert_uint_eq(index->manifest.nonempty_count, 3);
    ck_assert_uint_eq(index->manifest.token_count, 2 + 4 + 1 + 1);
    Segment *segment = index->segments[0];
    ck_assert_mem_eq(segment->sections[SECTION_NORMS].data, "\6\1\1", 3);
    Positions positions;
    uint32_t at[4];
    const Postings *list = open_term(segment, "the");
    ck_assert_int_eq(positions_open(segment, list, &positions, &error), OK);
    ck_assert_uint_eq(positions_get(&positions, 0, at, 4), 2);
    ck_assert_uint_eq(at[0], 3); /* solar 0, eclipse 1, none 2 */
    ck_assert_uint_eq(at[1], 5);
    const uint8_t *ends;
    uint32_t width;
    ck_assert_int_eq(document_title_ends(segment, &ends, &width, &error), OK);
    ck_assert_uint_eq(title_end_of(ends, width, 0), 2);
    ck_assert_uint_eq(title_end_of(ends, width, 1), 0);
    ck_assert_uint_eq(title_end_of(ends, width, 2), 1);
    ck_assert_uint_eq(open_term(segment, "sun")->df, 2);
    index_close(index);
}
END_TEST

/* Builds and gives the number of documents of each segment: "32 32 36". */
static const char *documents_of_segments(const BuildOptions *options)
{
    static char text[256];
    Manifest manifest;
    Error error;
    size_t size = 0;
    build(options);
    ck_assert_int_eq(manifest_read(options->output, &manifest, &error), OK);
    for (size_t i = 0; i < manifest.segment_count; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%d",
                                 i ? " " : "",
                                 (int)manifest.segments[i].documents);
    manifest_release(&manifest);
    check_index(options->output);
    return text;
}

START_TEST(as_many_segments_as_asked_for_share_the_documents)
{
    BuildOptions options = options_for(write_corpus("a.jsonl", 100, 5), "ix");
    options.replace = true;
    options.segments = 3; /* whole frames of 16: 2, 2 and 3 */
    ck_assert_str_eq(documents_of_segments(&options), "32 32 36");
    options.segments = 8; /* not a frame for each */
    ck_assert_str_eq(documents_of_segments(&options),
                     "12 13 12 13 12 13 12 13");
    options = options_for(write_corpus("b.jsonl", 3, 5), "ix");
    options.replace = true;
    options.segments = 5;
    ck_assert_str_eq(documents_of_segments(&options), "1 1 1");
}
END_TEST

START_TEST(an_index_inside_its_source_is_no_part_of_it)
{
    scratch_folder(&scratch, "notes");
    scratch_write(&scratch, "notes/a.txt", span_text("alpha"));
    scratch_write(&scratch, "notes/b.txt", span_text("beta"));
    BuildOptions options = options_for(scratch_path(&scratch, "notes"),
                                       "notes/ix");
    options.fail_on_skip = true;
    options.replace = true;
    build(&options);
    Buf first = segment_bytes(options.output);
    build(&options);
    Buf second = segment_bytes(options.output);
    ck_assert(span_equal(buf_span(&first), buf_span(&second)));
    buf_release(&first);
    buf_release(&second);
}
END_TEST

/* Failures */

static Status fails(const BuildOptions *options, Error *error)
{
    BuildReport report;
    Status status = index_build(options, &report, error);
    ck_assert_int_ne(status, OK);
    return status;
}

START_TEST(an_index_is_replaced_only_when_asked)
{
    const char *input = write_corpus("a.jsonl", 300, 1);
    const char *other = write_corpus("b.jsonl", 300, 2);
    BuildOptions options = options_for(input, "ix");
    Error error;
    build(&options);
    Buf before = segment_bytes(options.output);
    BuildOptions again = options_for(other, "ix");
    ck_assert_int_eq(fails(&again, &error), ERR_CONFLICT);
    ck_assert_ptr_nonnull(
        strstr(error.message, "exists (300 documents, built today)"));
    ck_assert_int_eq(error.advice, ADVICE_REPLACE_INDEX);
    Buf after = segment_bytes(options.output);
    ck_assert(span_equal(buf_span(&before), buf_span(&after)));
    again.replace = true;
    build(&again);
    buf_release(&after);
    after = segment_bytes(options.output);
    ck_assert(!span_equal(buf_span(&before), buf_span(&after)));
    ck_assert_int_eq(folder_count_entries(options.output), 4);
    Manifest manifest;
    ck_assert_int_eq(manifest_read(options.output, &manifest, &error), OK);
    ck_assert_uint_eq(manifest.generation, 2);
    manifest_release(&manifest);
    buf_release(&before);
    buf_release(&after);
}
END_TEST

START_TEST(a_folder_that_is_no_index_is_never_touched)
{
    const char *input = write_corpus("a.jsonl", 10, 1);
    scratch_folder(&scratch, "ix");
    scratch_write(&scratch, "ix/letter.txt", span_text("dear"));
    BuildOptions options = options_for(input, "ix");
    options.replace = true;
    Error error;
    ck_assert_int_eq(fails(&options, &error), ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(error.message, "not an index"));
    ck_assert_int_eq(folder_count_entries(options.output), 1);
}
END_TEST

/* What can go wrong: a duplicate id, no document, a wish to stop, a skip that
 * must not be, an input that is not there. */
static bool stop_at_once(void *self)
{
    (void)self;
    return true;
}

static const BuildListener stopping = {.cancelled = stop_at_once};

static Status fail_build(int way, BuildOptions *options, Error *error)
{
    static const char twice[] = "{\"id\":\"a\",\"text\":\"x\"}\n"
                                "{\"id\":\"b\",\"text\":\"x\"}\n"
                                "{\"id\":\"a\",\"text\":\"y\"}\n";
    static const char bad[] = "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\n";
    static const char *input[1];
    switch (way) {
    case 0: input[0] = scratch_write(&scratch, "in", span_text(twice)); break;
    case 1: input[0] = scratch_write(&scratch, "in", (Span){0}); break;
    case 2:
        input[0] = write_corpus("in", 5000, 9);
        options->listener = &stopping;
        break;
    case 3:
        input[0] = scratch_write(&scratch, "in", span_text(bad));
        options->fail_on_skip = true;
        break;
    default: input[0] = scratch_path(&scratch, "nothing"); break;
    }
    options->inputs = input;
    return fails(options, error);
}

static const Status wrongs[] = {ERR_CONFLICT, ERR_USAGE, ERR_INTERRUPTED,
                                ERR_CONFLICT, OK /* any */};

START_TEST(a_failed_build_leaves_no_trace)
{
    BuildOptions options = options_for(NULL, "ix");
    Error error;
    Status status = fail_build(_i, &options, &error);
    if (wrongs[_i] != OK) ck_assert_int_eq(status, wrongs[_i]);
    ck_assert_int_eq(folder_count_entries(options.output), -1);
}
END_TEST

START_TEST(a_failed_build_leaves_the_old_index)
{
    const char *input = write_corpus("a.jsonl", 300, 1);
    BuildOptions options = options_for(input, "ix");
    Error error;
    build(&options);
    Buf before = segment_bytes(options.output);
    options.replace = true;
    options.threads = 3;
    fail_build(_i, &options, &error);
    Buf after = segment_bytes(options.output);
    ck_assert(span_equal(buf_span(&before), buf_span(&after)));
    ck_assert_int_eq(folder_count_entries(options.output), 4);
    check_index(options.output);
    buf_release(&before);
    buf_release(&after);
}
END_TEST

START_TEST(a_duplicate_id_names_both_places)
{
    BuildOptions options = options_for(NULL, "ix");
    Error error;
    fail_build(0, &options, &error);
    ck_assert_ptr_nonnull(strstr(error.message, "/in:3: duplicate id 'a'"));
    ck_assert_ptr_nonnull(strstr(error.message, "/in:1"));
}
END_TEST

START_TEST(only_one_writer_at_a_time)
{
    const char *input = write_corpus("a.jsonl", 10, 1);
    BuildOptions options = options_for(input, "ix");
    Error error;
    build(&options);
    int lock = open(scratch_path(&scratch, "ix/LOCK"), O_RDWR);
    ck_assert_int_eq(flock(lock, LOCK_EX | LOCK_NB), 0);
    options.replace = true;
    ck_assert_int_eq(fails(&options, &error), ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(error.message, "another indexer"));
    close(lock);
    build(&options);
}
END_TEST

/* What the file LOCK of the folder holds. */
static const char *lock_content(const char *folder)
{
    static char text[64];
    char path[4096];
    snprintf(path, sizeof path, "%s/LOCK", folder);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    return text;
}

START_TEST(who_must_wait_is_told_which_process_writes)
{
    const char *path = keep(scratch_folder(&scratch, "ix"));
    char own[64];
    IndexFolder folder, second;
    Error error;
    scratch_write(&scratch, "ix/LOCK", span_text("123456789, a killed one\n"));
    ck_assert_int_eq(
        index_folder_claim(path, (ClaimOptions){0}, &folder, &error), OK);
    snprintf(own, sizeof own, "%ld\n", (long)getpid());
    ck_assert_str_eq(lock_content(path), own);
    ck_assert_int_eq(
        index_folder_claim(path, (ClaimOptions){0}, &second, &error),
        ERR_CONFLICT);
    snprintf(own, sizeof own, "another indexer (process %ld) is writing to '",
             (long)getpid());
    ck_assert_ptr_nonnull(strstr(error.message, own));
    index_folder_release(&folder);
    ck_assert_str_eq(lock_content(path), "");
}
END_TEST

START_TEST(a_lock_without_a_process_number_names_none)
{
    static const char *const CONTENTS[] = {"",     "\n",  "12",  "12x\n",
                                           "me\n", "0\n", "-1\n"};
    const char *path = keep(scratch_folder(&scratch, "ix"));
    for (size_t i = 0; i < sizeof CONTENTS / sizeof *CONTENTS; i++) {
        IndexFolder folder;
        Error error;
        scratch_write(&scratch, "ix/LOCK", span_text(CONTENTS[i]));
        int lock = open(scratch_path(&scratch, "ix/LOCK"), O_RDWR);
        ck_assert_int_eq(flock(lock, LOCK_EX | LOCK_NB), 0);
        ck_assert_int_eq(
            index_folder_claim(path, (ClaimOptions){0}, &folder, &error),
            ERR_CONFLICT);
        ck_assert_ptr_nonnull(strstr(error.message, "another indexer is"));
        close(lock);
    }
}
END_TEST

START_TEST(what_a_killed_writer_left_is_swept)
{
    const char *input = write_corpus("a.jsonl", 10, 1);
    scratch_folder(&scratch, "ix");
    scratch_write(&scratch, "ix/LOCK", (Span){0});
    scratch_write(&scratch, "ix/segment.tmp", span_text("half"));
    scratch_write(&scratch, "ix/spill-12.tmp", span_text("half"));
    BuildOptions options = options_for(input, "ix");
    build(&options);
    ck_assert_int_eq(folder_count_entries(options.output), 4);
    check_index(options.output);
}
END_TEST

/* An input without a document, with which every build fails. */
static const char *write_nothing(void)
{
    return keep(scratch_write(&scratch, "nothing.jsonl", (Span){0}));
}

START_TEST(segments_that_lost_their_manifest_are_removed_only_when_asked)
{
    static const char name[] = "ix/0123456789abcdef.segment";
    const char *input = write_corpus("a.jsonl", 10, 1);
    scratch_folder(&scratch, "ix");
    scratch_write(&scratch, name, span_text("old"));
    scratch_write(&scratch, "ix/segment.tmp", span_text("half"));
    BuildOptions options = options_for(input, "ix");
    Error error;
    ck_assert_int_eq(fails(&options, &error), ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(error.message, "but no MANIFEST"));
    ck_assert_int_eq(folder_count_entries(options.output), 2);
    BuildOptions nothing = options_for(write_nothing(), "ix");
    nothing.replace = options.replace = true;
    ck_assert_int_eq(fails(&nothing, &error), ERR_USAGE);
    ck_assert_int_eq(access(scratch_path(&scratch, name), F_OK), 0);
    build(&options);
    ck_assert_int_eq(folder_count_entries(options.output), 4);
    check_index(options.output);
}
END_TEST

START_TEST(a_failed_build_over_a_damaged_index_removes_its_own_files_alone)
{
    const char *input = write_corpus("a.jsonl", 10, 1);
    BuildOptions options = options_for(input, "ix");
    Error error;
    build(&options);
    scratch_write(&scratch, "ix/MANIFEST", span_text("quern 2\ngarbage\n"));
    scratch_write(&scratch, "ix/MANIFEST.tmp", span_text("half"));
    BuildOptions nothing = options_for(write_nothing(), "ix");
    nothing.replace = true;
    ck_assert_int_eq(fails(&nothing, &error), ERR_USAGE);
    ck_assert_int_eq(folder_count_entries(options.output), 4);
}
END_TEST

START_TEST(a_default_folder_of_another_user_must_be_named)
{
    const char *path = keep(scratch_folder(&scratch, "ix"));
    ClaimOptions unnamed = {.unnamed = true};
    IndexFolder folder;
    Error error;
    if (geteuid() != 0) return; /* who cannot give files away */
    unsetenv("SUDO_UID");
    ck_assert_int_eq(chown(path, 54321, 54321), 0);
    ck_assert_int_eq(index_folder_claim(path, unnamed, &folder, &error),
                     ERR_CONFLICT);
    ck_assert_int_eq(error.advice, ADVICE_NAME_FOLDER);
    ck_assert_int_eq(folder_count_entries(path), 0);
    ck_assert_int_eq(
        index_folder_claim(path, (ClaimOptions){0}, &folder, &error), OK);
    index_folder_release(&folder);
}
END_TEST

START_TEST(a_failed_build_leaves_an_empty_folder_empty)
{
    scratch_folder(&scratch, "ix");
    BuildOptions options = options_for(write_nothing(), "ix");
    Error error;
    ck_assert_int_eq(fails(&options, &error), ERR_USAGE);
    ck_assert_int_eq(folder_count_entries(options.output), 0);
}
END_TEST

START_TEST(a_damaged_index_may_be_replaced)
{
    const char *input = write_corpus("a.jsonl", 10, 1);
    BuildOptions options = options_for(input, "ix");
    Error error;
    build(&options);
    scratch_write(&scratch, "ix/MANIFEST",
                  span_text("quern 2\nchecksum 0000000000000000\n"));
    ck_assert_int_eq(fails(&options, &error), ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(error.message, "damaged"));
    options.replace = true;
    build(&options);
    check_index(options.output);
    ck_assert_int_eq(folder_count_entries(options.output), 4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("build");
    TCase *tests = tcase_create("build");
    int way_count = sizeof wrongs / sizeof *wrongs;
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, make_scratch, remove_scratch);
    tcase_add_loop_test(tests, an_index_passes_every_check, 0, 8);
    tcase_add_test(tests, bytes_do_not_depend_on_threads_memory_or_the_way_in);
    tcase_add_test(tests, packed_input_and_split_input_give_the_same_bytes);
    tcase_add_test(tests, title_and_text_are_one_field_with_a_gap);
    tcase_add_test(tests, as_many_segments_as_asked_for_share_the_documents);
    tcase_add_test(tests, an_index_inside_its_source_is_no_part_of_it);
    tcase_add_test(tests, an_index_is_replaced_only_when_asked);
    tcase_add_test(tests, a_folder_that_is_no_index_is_never_touched);
    tcase_add_loop_test(tests, a_failed_build_leaves_no_trace, 0, way_count);
    tcase_add_loop_test(tests, a_failed_build_leaves_the_old_index, 0,
                        way_count);
    tcase_add_test(tests, a_duplicate_id_names_both_places);
    tcase_add_test(tests, only_one_writer_at_a_time);
    tcase_add_test(tests, who_must_wait_is_told_which_process_writes);
    tcase_add_test(tests, a_lock_without_a_process_number_names_none);
    tcase_add_test(tests, what_a_killed_writer_left_is_swept);
    tcase_add_test(
        tests, segments_that_lost_their_manifest_are_removed_only_when_asked);
    tcase_add_test(
        tests, a_failed_build_over_a_damaged_index_removes_its_own_files_alone);
    tcase_add_test(tests, a_default_folder_of_another_user_must_be_named);
    tcase_add_test(tests, a_failed_build_leaves_an_empty_folder_empty);
    tcase_add_test(tests, a_damaged_index_may_be_replaced);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
