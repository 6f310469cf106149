/* huge_segment_test.c - a segment with the maximum number of documents.
 *
 * Norms, ids and their order are holes of a sparse file: 22 GB that take no
 * space. Their checksums are not computed; the test marks them as verified.
 */
#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/varint.h"
#include "common/segment/index.h"
#include "searcher/query/query_parser.h"
#include "searcher/search/search.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"

#include <fcntl.h>

/* Docids of the documents with words: one near the start, three before the end.
 */
enum { EARLY = 5, BEFORE_A = 70, BEFORE_B = 64, BEFORE_C = 1 };

static Scratch scratch;
static Error error;

typedef struct HugeSegment {
    int file;
    uint32_t documents;
    uint8_t header[SEGMENT_HEADER_BYTES];
    uint32_t section_count;
    uint64_t end, parts;
} HugeSegment;

static uint64_t divide_up(uint64_t value, uint64_t by)
{
    return (value + by - 1) / by;
}

static void put_at(const HugeSegment *huge, uint64_t offset, const void *bytes,
                   size_t size)
{
    ck_assert_int_eq(pwrite(huge->file, bytes, size, (off_t)offset),
                     (ssize_t)size);
}

/* Reserves space for a section; returns its offset. */
static uint64_t add_section(HugeSegment *huge, SectionKind kind, uint64_t size)
{
    uint64_t start = huge->end;
    uint8_t *entry = huge->header + SEGMENT_TABLE_OFFSET +
                     SEGMENT_TABLE_ENTRY_BYTES * huge->section_count++;
    put_u32le(entry + ENTRY_KIND, kind);
    put_u64le(entry + ENTRY_OFFSET, start);
    put_u64le(entry + ENTRY_SIZE, size);
    if (kind != SECTION_CHECKSUMS) {
        put_u64le(entry + ENTRY_FIRST_CHECKSUM, huge->parts);
        huge->parts += divide_up(size, CHECKSUM_PART_BYTES);
    }
    huge->end = divide_up(start + size + SECTION_PADDING, SECTION_ALIGNMENT) *
                SECTION_ALIGNMENT;
    return start;
}

static void put_number(Buf *out, uint64_t number)
{
    uint8_t bytes[10];
    buf_put(out, bytes, (size_t)(varint_put(bytes, number) - bytes));
}

static void put_sized(Buf *out, const Buf *bytes)
{
    put_number(out, bytes->size);
    buf_put_span(out, buf_span(bytes));
}

/* "blocks" in 5, N - 70 and N - 1; "lone" in N - 1; "short" in N - 64 and
 * N - 1. A block of the dictionary: keys, then records. */
static void make_terms(uint32_t documents, Buf *out)
{
    static const char keys[] = "\6blocks\0\4lone\0\5short";
    Buf record = {0};
    for (int i = 0; i < 3; i++) buf_put_byte(out, 0);
    put_number(out, sizeof keys - 1);
    buf_put(out, keys, sizeof keys - 1);
    buf_put(&record, "\2\3\0\0\xff\xff", 6);
    put_sized(out, &record);
    buf_clear(&record);
    buf_put_byte(&record, 0);
    put_number(&record, documents - BEFORE_C);
    put_number(&record, 1);
    put_sized(out, &record);
    buf_clear(&record);
    buf_put(&record, "\1\2\0\x1d\xff\xff\x20\0\2\1", 10);
    put_sized(out, &record);
    buf_release(&record);
}

/* Docids in 32 bits; tf 1; norm codes 1, and 3 of the last document. */
static void make_postings(uint32_t documents, Buf *out)
{
    buf_put_u32le(out, documents - BEFORE_C);
    buf_put(out, "\0\0\0\0\x20\0\2\1\xff\0\0\0", BLOCK_HEADER_BYTES);
    buf_put_u32le(out, EARLY);
    buf_put_u32le(out, documents - BEFORE_A - EARLY - 1);
    buf_put_u32le(out, BEFORE_A - BEFORE_C - 1);
    buf_put_byte(out, 2 << 4);
    buf_put_u32le(out, documents - BEFORE_B);
    buf_put_u32le(out, BEFORE_B - BEFORE_C - 1);
    buf_put_byte(out, 2 << 2);
}

static void write_words(HugeSegment *huge)
{
    Buf terms = {0}, postings = {0};
    make_terms(huge->documents, &terms);
    make_postings(huge->documents, &postings);
    uint8_t index[32] = {0};
    for (int i = 0; i < 16; i += 8) memcpy(index + i, "\0\0skcolb", 8);
    put_u64le(index + 24, terms.size);
    put_at(huge, add_section(huge, SECTION_TERMS, terms.size), terms.data,
           terms.size);
    put_at(huge, add_section(huge, SECTION_TERMS_INDEX, sizeof index), index,
           sizeof index);
    put_at(huge, add_section(huge, SECTION_POSTINGS, postings.size),
           postings.data, postings.size);
    add_section(huge, SECTION_BOUNDS, 0);
    buf_release(&terms);
    buf_release(&postings);
}

static void write_documents(HugeSegment *huge)
{
    uint64_t documents = huge->documents;
    uint64_t norms = add_section(huge, SECTION_NORMS, documents);
    put_at(huge, norms + EARLY, "\1", 1);
    put_at(huge, norms + documents - BEFORE_A, "\1", 1);
    put_at(huge, norms + documents - BEFORE_B, "\1", 1);
    put_at(huge, norms + documents - BEFORE_C, "\3", 1);
    add_section(huge, SECTION_IDS,
                8 * (divide_up(documents, ID_GROUP_IDS) + 1));
    add_section(huge, SECTION_ID_ORDER, 4 * documents);
}

static void write_header(HugeSegment *huge)
{
    uint8_t *header = huge->header;
    uint64_t size = 8 * huge->parts;
    uint8_t *sums = calloc(1, size);
    ck_assert_ptr_nonnull(sums);
    add_section(huge, SECTION_CHECKSUMS, size);
    memcpy(header + HEADER_MAGIC, SEGMENT_MAGIC, 8);
    put_u32le(header + HEADER_VERSION, SEGMENT_VERSION);
    put_u32le(header + HEADER_HEADER_BYTES, SEGMENT_HEADER_BYTES);
    put_u64le(header + HEADER_FILE_BYTES, huge->end);
    put_u32le(header + HEADER_DOCUMENT_COUNT, huge->documents);
    put_u32le(header + HEADER_NONEMPTY_COUNT, 4);
    put_u64le(header + HEADER_TOKEN_COUNT, 6);
    put_u32le(header + HEADER_TERM_COUNT, 3);
    put_u32le(header + HEADER_SECTION_COUNT, huge->section_count);
    put_u64le(header + HEADER_POSTING_COUNT, 6);
    put_u64le(header + HEADER_CHECKSUMS_CHECKSUM, hash_bytes(sums, size));
    put_f32le(header + HEADER_K1, 0.9f);
    put_f32le(header + HEADER_B, 0.4f);
    put_f32le(header + HEADER_AVERAGE_LENGTH, 1.5f);
    put_u32le(header + HEADER_BITMAP_SHARE, DEFAULT_BITMAP_SHARE);
    put_u32le(header + HEADER_BOUNDS_SHARE, DEFAULT_BOUNDS_SHARE);
    put_u32le(header + HEADER_SHORT_LIMIT, 2);
    header[HEADER_NORM_CODES] = 1 << 1 | 1 << 3;
    put_u64le(header + SEGMENT_CHECKSUM_OFFSET,
              hash_bytes(header, SEGMENT_CHECKSUM_OFFSET));
    put_at(huge, 0, header, SEGMENT_HEADER_BYTES);
    free(sums);
}

static void write_manifest(const HugeSegment *huge, const char *name)
{
    ManifestSegment segment = {
        .name = name, .documents = huge->documents, .bytes = huge->end};
    Manifest manifest = {.generation = 1,
                         .created = "2026-01-01T00:00:00Z",
                         .version = "test",
                         .analyzer.name = "default",
                         .data_versions = "",
                         .k1 = 0.9f,
                         .b = 0.4f,
                         .document_count = huge->documents,
                         .nonempty_count = 4,
                         .token_count = 6,
                         .segments = &segment,
                         .segment_count = 1};
    Buf text = {0};
    manifest_format(&manifest, &text);
    scratch_write(&scratch, "MANIFEST", buf_span(&text));
    buf_release(&text);
}

/* False where the file system has no holes or no files of this size. */
static bool write_index(uint32_t documents)
{
    static const char unnamed[] = "unnamed.segment";
    HugeSegment huge = {.documents = documents, .end = SEGMENT_HEADER_BYTES};
    struct stat facts;
    char name[64];
    huge.file = open(scratch_path(&scratch, unnamed), O_RDWR | O_CREAT, 0600);
    ck_assert_int_ge(huge.file, 0);
    bool sparse = ftruncate(huge.file, (off_t)24 << 30) == 0 &&
                  fstat(huge.file, &facts) == 0 && facts.st_blocks < 1 << 16;
    if (sparse) {
        write_words(&huge);
        write_documents(&huge);
        write_header(&huge);
        ck_assert_int_eq(ftruncate(huge.file, (off_t)huge.end), 0);
    }
    close(huge.file);
    if (!sparse) return false;
    snprintf(
        name, sizeof name, "%016llx.segment",
        (unsigned long long)get_u64le(huge.header + SEGMENT_CHECKSUM_OFFSET));
    ck_assert_int_eq(
        rename(scratch_path(&scratch, unnamed), scratch_path(&scratch, name)),
        0);
    write_manifest(&huge, name);
    return true;
}

/* Avoids hashing 4 GB of zeros. */
static void trust_checksums(Segment *segment)
{
    uint64_t words = segment->sections[SECTION_CHECKSUMS].size / 8 / 64 + 1;
    for (uint64_t i = 0; i < words; i++) segment->verified_parts[i] = ~0ull;
}

/* Runs a query, ranked and counted, and checks its hits: `count` documents. */
static void check_hits(Index *index, const char *text, const uint32_t *expected,
                       uint32_t count)
{
    SearchContext *context;
    QueryParser *parser;
    Query query;
    SearchResult result;
    Arena arena = {0};
    ParseOptions parsing = {0};
    SearchOptions options = {
        .k = 10, .count = true, .k1 = NAN, .b = NAN, .max_expansions = 10};
    ck_assert_int_eq(search_context_new(index, &context, &error), OK);
    ck_assert_int_eq(query_parser_new(index->analyzer, &parser, &error), OK);
    ck_assert_int_eq(
        query_parse(parser, span_text(text), &parsing, &arena, &query, &error),
        OK);
    Status status = search_run(context, &query, &options, &result, &error);
    ck_assert_msg(status == OK, "%s: %s", text, error.message);
    ck_assert_msg(result.total == count, "%s: %llu hits counted", text,
                  (unsigned long long)result.total);
    ck_assert_uint_eq(result.hit_count, count);
    for (uint32_t i = 0; i < count; i++) {
        ck_assert_msg(result.hits[i].document == expected[i],
                      "%s: hit %u is document %llu", text, i,
                      (unsigned long long)result.hits[i].document);
    }
    query_parser_free(parser);
    search_context_free(context);
    arena_release(&arena);
}

static void set_up(void)
{
    scratch = scratch_new();
}

static void tear_down(void)
{
    scratch_remove(&scratch);
}

START_TEST(
    a_segment_with_the_maximum_number_of_documents_is_searched_to_its_end)
{
    const uint32_t a = MAX_DOCUMENTS - BEFORE_A, b = MAX_DOCUMENTS - BEFORE_B,
                   c = MAX_DOCUMENTS - BEFORE_C;
    Index *index;
    if (!write_index(MAX_DOCUMENTS)) return;
    Status status = index_open(scratch.path, &index, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    trust_checksums(index->segments[0]);
    check_hits(index, "lone", (const uint32_t[]){c}, 1);
    check_hits(index, "short", (const uint32_t[]){b, c}, 2);
    check_hits(index, "blocks", (const uint32_t[]){EARLY, a, c}, 3);
    check_hits(index, "+blocks +short", (const uint32_t[]){c}, 1);
    check_hits(index, "+blocks -short", (const uint32_t[]){EARLY, a}, 2);
    check_hits(index, "short lone", (const uint32_t[]){c, b}, 2);
    index_close(index);
}
END_TEST

START_TEST(a_segment_with_one_document_more_is_refused)
{
    Index *index;
    if (!write_index(MAX_DOCUMENTS + 1)) return;
    ck_assert_int_eq(index_open(scratch.path, &index, &error), ERR_CORRUPT);
    ck_assert_ptr_nonnull(strstr(error.message, "4294963201 documents; a "
                                                "segment has at most "
                                                "4294963200"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("huge segment");
    TCase *tests = tcase_create("huge segment");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(
        tests,
        a_segment_with_the_maximum_number_of_documents_is_searched_to_its_end);
    tcase_add_test(tests, a_segment_with_one_document_more_is_refused);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
