/* segment_fuzz.c - a segment with good checksums and bad content: an error or
 * an answer, never a crash.
 *
 * The input is a list of patches, each a u32 place and a byte to put there,
 * for the segment of tests/golden. Checksums are then made good (FORMAT.md),
 * so that nothing but the checks of structure stands in the way of searches of
 * every form.
 */
#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/base/hash.h"
#include "common/segment/index.h"
#include "searcher/execute/search.h"
#include "searcher/query/query_parser.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>
#include <unistd.h>

enum { PATCH_BYTES = 5, MAX_PATCHES = 64 };

static const char *const QUERIES[] = {
    "baba debaba giba unique", "+baba +debaba", "\"baba giba\"~2", "gi*",
    "title:baba -sagi",        "often unique"};

enum { QUERY_COUNT = sizeof QUERIES / sizeof *QUERIES };

static char folder[] = "/tmp/quern-fuzz.XXXXXX";
static char segment_path[256];
static Buf golden; /* the segment as it was */

static void remove_copy(void)
{
    char path[300];
    snprintf(path, sizeof path, "%s/MANIFEST", folder);
    unlink(path);
    unlink(segment_path);
    rmdir(folder);
}

static void copy_golden(void)
{
    Error error;
    Manifest manifest;
    Buf bytes = {0};
    bool replaced;
    char path[300];
    if (manifest_read(QUERN_GOLDEN_INDEX, &manifest, &error) != OK) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
    PROMISE(mkdtemp(folder));
    snprintf(segment_path, sizeof segment_path, "%s/%s", folder,
             manifest.segments[0].name);
    snprintf(path, sizeof path, "%s/%s", QUERN_GOLDEN_INDEX,
             manifest.segments[0].name);
    PROMISE(file_read(path, 1 << 30, &golden, &error) == OK);
    PROMISE(file_read(QUERN_GOLDEN_INDEX "/MANIFEST", 1 << 20, &bytes,
                      &error) == OK);
    snprintf(path, sizeof path, "%s/MANIFEST", folder);
    PROMISE(file_replace(path, buf_span(&bytes), &replaced, &error) == OK);
    buf_release(&bytes);
    manifest_release(&manifest);
    atexit(remove_copy);
}

/* Where the table says a section is, if that lies in the file. */
static Span section_of(const uint8_t *file, size_t size, const uint8_t *entry)
{
    uint64_t offset = get_u64le(entry + ENTRY_OFFSET);
    uint64_t bytes = get_u64le(entry + ENTRY_SIZE);
    if (offset > size || bytes > size - offset) return (Span){0};
    return span_of(file + offset, (size_t)bytes);
}

static const uint8_t *table_entry(const uint8_t *file, uint32_t i)
{
    return file + SEGMENT_TABLE_OFFSET + SEGMENT_TABLE_ENTRY_BYTES * (size_t)i;
}

static void mend_section(const uint8_t *entry, Span section, Span sums)
{
    uint64_t sum = get_u64le(entry + ENTRY_FIRST_CHECKSUM);
    for (size_t at = 0; at < section.size; at += CHECKSUM_PART_BYTES, sum++) {
        size_t left = section.size - at;
        size_t part = left < CHECKSUM_PART_BYTES ? left : CHECKSUM_PART_BYTES;
        if (sum >= sums.size / 8) return;
        put_u64le((uint8_t *)(uintptr_t)sums.data + 8 * sum,
                  hash_bytes(section.data + at, part));
    }
}

static void mend_checksums(uint8_t *file, size_t size)
{
    Span sums = {0};
    for (uint32_t i = 0; i < SEGMENT_TABLE_ENTRIES; i++) {
        const uint8_t *entry = table_entry(file, i);
        if (get_u32le(entry) == SECTION_CHECKSUMS) {
            sums = section_of(file, size, entry);
        }
    }
    for (uint32_t i = 0; i < SEGMENT_TABLE_ENTRIES; i++) {
        const uint8_t *entry = table_entry(file, i);
        uint32_t kind = get_u32le(entry);
        if (!kind || kind == SECTION_CHECKSUMS) continue;
        mend_section(entry, section_of(file, size, entry), sums);
    }
    put_u64le(file + HEADER_CHECKSUMS_CHECKSUM, hash_span(sums));
    put_u64le(file + SEGMENT_CHECKSUM_OFFSET,
              hash_bytes(file, SEGMENT_CHECKSUM_OFFSET));
}

static void search_all(Index *index)
{
    static Arena arena;
    Error error;
    SearchContext *context;
    QueryParser *parser;
    PROMISE(search_context_new(index, &context, &error) == OK);
    PROMISE(query_parser_new(index->analyzer, &parser, &error) == OK);
    for (int i = 0; i < 2 * QUERY_COUNT; i++) {
        Query query;
        SearchResult result;
        ParseOptions parse = {0};
        SearchOptions options = {.k = 10,
                                 .count = true,
                                 .exhaustive = i >= QUERY_COUNT,
                                 .k1 = NAN,
                                 .b = NAN,
                                 .max_expansions = DEFAULT_MAX_EXPANSIONS};
        arena_reset(&arena);
        PROMISE(query_parse(parser, span_text(QUERIES[i % QUERY_COUNT]), &parse,
                            &arena, &query, &error) == OK);
        Status status = search_run(context, &query, &options, &result, &error);
        PROMISE(status == OK || error.message[0]);
    }
    query_parser_free(parser);
    search_context_free(context);
}

/* Unlike file_replace it does not wait for the disk. */
static void write_copy(const uint8_t *bytes)
{
    FILE *file = fopen(segment_path, "wb");
    PROMISE(file);
    PROMISE(fwrite(bytes, 1, golden.size, file) == golden.size);
    PROMISE(fclose(file) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error error;
    Index *index;
    if (!golden.size) copy_golden();
    uint8_t *file = malloc(golden.size);
    PROMISE(file);
    memcpy(file, golden.data, golden.size);
    for (size_t i = 0; i + PATCH_BYTES <= size && i < MAX_PATCHES * PATCH_BYTES;
         i += PATCH_BYTES) {
        file[get_u32le(data + i) % golden.size] = data[i + 4];
    }
    mend_checksums(file, golden.size);
    write_copy(file);
    free(file);
    Status status = index_open(folder, &index, &error);
    PROMISE(status == OK || error.message[0]);
    if (status == OK) search_all(index);
    if (status == OK) index_close(index);
    return 0;
}
