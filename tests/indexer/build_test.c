/* build_test.c - tests whole builds: what they write, what they leave. */
#include "indexer/build.h"

#include "common/base/log.h"
#include "common/segment/dictionary.h"
#include "common/segment/documents.h"
#include "common/segment/index.h"
#include "common/segment/ledger.h"
#include "common/segment/positions.h"
#include "indexer/verbs.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"
#include "tests/support/random.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>

static Scratch scratch;

static void make_scratch(void)
{
    log_start("build_test", LOG_QUIET);
    scratch = scratch_new();
}

static void remove_scratch(void)
{
    scratch_remove(&scratch);
}

/* A path that stays for the whole of a test. */
static const char *keep(const char *path)
{
    static char kept[64][256];
    static unsigned next;
    char *copy = kept[next++ % 64];
    snprintf(copy, sizeof kept[0], "%s", path);
    return copy;
}

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

/* Small limits bring every class of list about in small corpora. */
static BuildOptions options_for(const char *input, const char *output)
{
    static const char *inputs[64];
    static unsigned next;
    const char **slot = &inputs[next++ % 64];
    *slot = input ? keep(input) : NULL;
    BuildOptions options = build_defaults();
    options.inputs = slot;
    options.input_count = 1;
    options.output = keep(scratch_path(&scratch, output));
    options.threads = 1;
    options.limits = (ListLimits){8, 16, 5};
    return options;
}

static void build(const BuildOptions *options)
{
    BuildReport report;
    Error error;
    Status status = index_build(options, &report, &error);
    ck_assert_msg(status == OK, "%s", error.message);
}

/* The bytes of all segments of an index, one behind the other. */
static Buf segment_bytes(const char *folder)
{
    Manifest manifest;
    Error error;
    Buf bytes = {0};
    ck_assert_int_eq(manifest_read(folder, &manifest, &error), OK);
    for (size_t i = 0; i < manifest.segment_count; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, manifest.segments[i].name);
        ck_assert_int_eq(file_read(path, 1 << 30, &bytes, &error), OK);
    }
    manifest_release(&manifest);
    return bytes;
}

static void check_index(const char *folder)
{
    Error error;
    VerbOptions options = {0};
    FILE *out = fopen("/dev/null", "w");
    Status status = verb_check(folder, &options, out, &error);
    fclose(out);
    ck_assert_msg(status == OK, "%s", status == OK ? "" : error.message);
}

/* How many entries a folder has; -1: it is not there. */
static int count_entries(const char *folder)
{
    DIR *entries = opendir(folder);
    int count = 0;
    if (!entries) return -1;
    for (struct dirent *entry; (entry = readdir(entries));)
        count += entry->d_name[0] != '.';
    closedir(entries);
    return count;
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
    /* LOCK, MANIFEST, segments */
    ck_assert_int_eq(count_entries(options.output), _i & 4 ? 7 : 3);
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
    const uint8_t *parts;
    uint32_t width;
    ck_assert_int_eq(document_parts(segment, &parts, &width, &error), OK);
    ck_assert_uint_eq(part_end(parts, width, 0), 2);
    ck_assert_uint_eq(part_end(parts, width, 1), 0);
    ck_assert_uint_eq(part_end(parts, width, 2), 1);
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

/* What did not come in */

/* The ledger, a line an entry, with the scratch folder as @. */
static const char *ledger_of(const char *folder)
{
    static char text[8192];
    char *bytes = NULL;
    size_t size = 0, out = 0, folder_size = strlen(scratch.path);
    FILE *file = open_memstream(&bytes, &size);
    Error error;
    VerbOptions options = {0};
    Status status = verb_skipped(folder, &options, file, &error);
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

START_TEST(the_ledger_tells_what_was_skipped_cut_and_dropped)
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
    ck_assert_uint_eq(report.lost[LEDGER_SKIPPED], 2);
    ck_assert_uint_eq(report.lost[LEDGER_CUT], 1);
    ck_assert_uint_eq(report.lost[LEDGER_DUPLICATE], 1);
    ck_assert_uint_eq(report.documents, 2);
    char wanted[1024];
    snprintf(wanted, sizeof wanted,
             "@/in\t2\t22\tnot JSON: unallowed token at this point in JSON "
             "text\n"
             "@/in\t3\t30\tnot UTF-8: what is none was replaced by U+FFFD\n"
             "@/in\t4\t52\tno text: no key 'text'\n"
             "@/in\t%s\tid 'a' is also at @/in:%d, which is kept\n",
             _i ? "1\t0" : "5\t63", _i ? 5 : 1);
    ck_assert_str_eq(ledger_of(options.output), wanted);
}
END_TEST

START_TEST(a_folder_tells_of_files_it_left_out)
{
    scratch_folder(&scratch, "notes");
    scratch_write(&scratch, "notes/a.txt", span_text("alpha"));
    scratch_write(&scratch, "notes/b.bin", span_of("\0\1", 2));
    scratch_write(&scratch, "notes/c.txt", span_text("too large a file"));
    scratch_write(&scratch, "notes/.hidden", span_of("\0\1", 2));
    BuildOptions options = options_for(scratch_path(&scratch, "notes"), "ix");
    options.corpus.max_record_bytes = 10;
    build(&options);
    ck_assert_str_eq(ledger_of(options.output),
                     "@/notes/b.bin\t0\t0\tbinary: it holds NUL bytes\n"
                     "@/notes/c.txt\t0\t0\tlonger than 10 bytes\n");
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

START_TEST(bytes_with_losses_do_not_depend_on_threads_or_memory)
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

/* What indexer dump says of an index. */
static char *dump_of(const char *folder)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&bytes, &size);
    Error error;
    VerbOptions options = {0};
    ck_assert_int_eq(verb_dump(folder, &options, file, &error), OK);
    fclose(file);
    return bytes;
}

static char *terms_of(const char *folder)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&bytes, &size);
    Error error;
    VerbOptions options = {0};
    ck_assert_int_eq(verb_terms(folder, &options, file, &error), OK);
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

START_TEST(keep_last_is_as_if_the_others_had_not_been_there)
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
    char *dump = dump_of(options.output), *other = dump_of(by_hand.output);
    ck_assert_str_eq(dump, other);
    free(dump);
    free(other);
    dump = terms_of(options.output);
    other = terms_of(by_hand.output);
    ck_assert_str_eq(dump, other);
    free(dump);
    free(other);
}
END_TEST

START_TEST(a_full_ledger_counts_on_and_says_so)
{
    BuildOptions options = options_for(write_bad_corpus("a.jsonl", 2000), "ix");
    options.on_duplicate = DUPLICATE_KEEP_FIRST;
    options.ledger_limit = 1000;
    BuildReport report;
    Error error;
    ck_assert_int_eq(index_build(&options, &report, &error), OK);
    check_index(options.output);
    ck_assert_uint_eq(report.lost[LEDGER_SKIPPED], 286);
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
    ck_assert_ptr_nonnull(strstr(error.message, "more than 2 records skipped"));
    ck_assert_ptr_nonnull(strstr(error.message, "a.jsonl:20:16: not JSON: "));
    Buf after = segment_bytes(options.output);
    ck_assert(span_equal(buf_span(&before), buf_span(&after)));
    buf_release(&before);
    buf_release(&after);
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
    ck_assert_ptr_nonnull(strstr(error.message, "--force"));
    Buf after = segment_bytes(options.output);
    ck_assert(span_equal(buf_span(&before), buf_span(&after)));
    again.replace = true;
    build(&again);
    buf_release(&after);
    after = segment_bytes(options.output);
    ck_assert(!span_equal(buf_span(&before), buf_span(&after)));
    ck_assert_int_eq(count_entries(options.output), 3);
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
    ck_assert_int_eq(count_entries(options.output), 1);
}
END_TEST

/* What can go wrong: a duplicate id, no document, a wish to stop, a skip that
 * must not be, an input that is not there. */
static Interrupt stop_at_once = {.seen = true,
                                 .mutex = PTHREAD_MUTEX_INITIALIZER};

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
        options->interrupt = &stop_at_once;
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
    ck_assert_int_eq(count_entries(options.output), -1);
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
    ck_assert_int_eq(count_entries(options.output), 3);
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
    ck_assert_ptr_nonnull(strstr(error.message, "/in:3: id 'a'"));
    ck_assert_ptr_nonnull(strstr(error.message, "/in:1;"));
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

START_TEST(what_a_killed_writer_left_is_swept)
{
    const char *input = write_corpus("a.jsonl", 10, 1);
    scratch_folder(&scratch, "ix");
    scratch_write(&scratch, "ix/LOCK", (Span){0});
    scratch_write(&scratch, "ix/segment.tmp", span_text("half"));
    scratch_write(&scratch, "ix/0123456789abcdef.segment", span_text("old"));
    BuildOptions options = options_for(input, "ix");
    build(&options);
    ck_assert_int_eq(count_entries(options.output), 3);
    check_index(options.output);
}
END_TEST

START_TEST(a_damaged_index_may_be_replaced)
{
    const char *input = write_corpus("a.jsonl", 10, 1);
    BuildOptions options = options_for(input, "ix");
    Error error;
    build(&options);
    scratch_write(&scratch, "ix/MANIFEST",
                  span_text("quern 1\nchecksum 0000000000000000\n"));
    ck_assert_int_eq(fails(&options, &error), ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(error.message, "damaged"));
    options.replace = true;
    build(&options);
    check_index(options.output);
    ck_assert_int_eq(count_entries(options.output), 3);
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
    tcase_add_loop_test(
        tests, the_ledger_tells_what_was_skipped_cut_and_dropped, 0, 2);
    tcase_add_test(tests, a_folder_tells_of_files_it_left_out);
    tcase_add_loop_test(
        tests, bytes_with_losses_do_not_depend_on_threads_or_memory, 0, 4);
    tcase_add_loop_test(tests, keep_last_is_as_if_the_others_had_not_been_there,
                        0, 2);
    tcase_add_test(tests, a_full_ledger_counts_on_and_says_so);
    tcase_add_test(tests, too_many_errors_end_the_build);
    tcase_add_test(tests, an_index_inside_its_source_is_no_part_of_it);
    tcase_add_test(tests, an_index_is_replaced_only_when_asked);
    tcase_add_test(tests, a_folder_that_is_no_index_is_never_touched);
    tcase_add_loop_test(tests, a_failed_build_leaves_no_trace, 0, way_count);
    tcase_add_loop_test(tests, a_failed_build_leaves_the_old_index, 0,
                        way_count);
    tcase_add_test(tests, a_duplicate_id_names_both_places);
    tcase_add_test(tests, only_one_writer_at_a_time);
    tcase_add_test(tests, what_a_killed_writer_left_is_swept);
    tcase_add_test(tests, a_damaged_index_may_be_replaced);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
