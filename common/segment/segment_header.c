/* segment_header.c - header and section table of a segment, all checked.
 *
 * After this, all Segment.sections are inside the file, and sections whose size
 * follows from the header have that size.
 */
#include "common/base/hash.h"
#include "common/segment/segment_internal.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

static Status PRINTF_LIKE(3, 4)
    header_fail(const Segment *segment, Error *error, const char *format, ...)
{
    char what[ERROR_MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return fail(error, ERR_CORRUPT, "%s: header: %s", segment->path, what);
}

/* Whether the version is between `oldest` and this one. */
static Status check_version(const Segment *segment, uint32_t oldest,
                            Error *error)
{
    uint32_t version = get_u32le(segment->file.bytes.data + HEADER_VERSION);
    if (version >= oldest && version <= SEGMENT_VERSION) return OK;
    if (version >= SEGMENT_OLDEST_VERSION && version < SEGMENT_VERSION) {
        return fail_advising(error, ERR_UNSUPPORTED, ADVICE_UPGRADE_INDEX,
                             "%s: format version %u; this program reads "
                             "version %d",
                             segment->path, version, SEGMENT_VERSION);
    }
    return fail(error, ERR_UNSUPPORTED,
                "%s: header: format version %u is not supported (this program "
                "reads version %d); use a newer version of the program",
                segment->path, version, SEGMENT_VERSION);
}

/* Whether this is a complete segment of a version that can be read. */
static Status check_identity(const Segment *segment, uint32_t oldest,
                             Error *error)
{
    Span file = segment->file.bytes;
    const uint8_t *header = file.data;
    size_t magic_size = strlen(SEGMENT_MAGIC);
    if (file.size < magic_size ||
        memcmp(header, SEGMENT_MAGIC, magic_size) != 0) {
        return header_fail(segment, error, "not a Quern segment");
    }
    if (file.size < SEGMENT_HEADER_BYTES) {
        return header_fail(segment, error, "truncated after %zu bytes",
                           file.size);
    }
    Status status = check_version(segment, oldest, error);
    if (status != OK) return status;
    if (hash_bytes(header, SEGMENT_CHECKSUM_OFFSET) !=
        get_u64le(header + SEGMENT_CHECKSUM_OFFSET)) {
        return header_fail(segment, error,
                           "wrong checksum; the file is damaged");
    }
    uint64_t features = get_u64le(header + HEADER_REQUIRED_FEATURES);
    if (features) {
        return fail(error, ERR_UNSUPPORTED,
                    "%s: header: requires unknown features %#" PRIx64
                    "; use a newer version",
                    segment->path, features);
    }
    uint64_t file_bytes = get_u64le(header + HEADER_FILE_BYTES);
    if (file_bytes != file.size) {
        return header_fail(segment, error,
                           "the file has %zu bytes instead of %" PRIu64,
                           file.size, file_bytes);
    }
    return OK;
}

static void read_numbers(Segment *segment)
{
    const uint8_t *header = segment->file.bytes.data;
    segment->version = get_u32le(header + HEADER_VERSION);
    segment->document_count = get_u32le(header + HEADER_DOCUMENT_COUNT);
    segment->nonempty_count = get_u32le(header + HEADER_NONEMPTY_COUNT);
    segment->token_count = get_u64le(header + HEADER_TOKEN_COUNT);
    segment->term_count = get_u32le(header + HEADER_TERM_COUNT);
    segment->posting_count = get_u64le(header + HEADER_POSTING_COUNT);
    segment->k1 = get_f32le(header + HEADER_K1);
    segment->b = get_f32le(header + HEADER_B);
    segment->average_length = get_f32le(header + HEADER_AVERAGE_LENGTH);
    segment->limits.bitmap_share = get_u32le(header + HEADER_BITMAP_SHARE);
    segment->limits.bounds_share = get_u32le(header + HEADER_BOUNDS_SHARE);
    segment->limits.short_limit = get_u32le(header + HEADER_SHORT_LIMIT);
    segment->pair_min_df = get_u32le(header + HEADER_PAIR_MIN_DF);
    segment->pair_words = get_u32le(header + HEADER_PAIR_WORDS);
    segment->pair_count = get_u32le(header + HEADER_PAIR_COUNT);
    segment->pair_postings = get_u64le(header + HEADER_PAIR_POSTINGS);
    memcpy(segment->norm_codes, header + HEADER_NORM_CODES,
           sizeof segment->norm_codes);
    uint32_t documents = segment->document_count;
    segment->range_count = (uint32_t)divide_up(documents, RANGE_DOCUMENTS);
    segment->window_count = (uint32_t)divide_up(documents, WINDOW_DOCUMENTS);
}

/* D, the words and the pairs are all there or none of them. */
static bool pair_counts_agree(const Segment *segment)
{
    uint64_t words = segment->pair_words, pairs = segment->pair_count;
    return (segment->pair_min_df > 0) == (words > 0) &&
           words <= PAIR_MAX_WORDS && words <= segment->term_count &&
           segment->pair_min_df <= segment->nonempty_count &&
           pairs <= words * words && pairs <= segment->pair_postings &&
           (pairs > 0) == (words > 0) &&
           (pairs > 0) == (segment->pair_postings > 0) &&
           segment->pair_postings <= pairs * segment->nonempty_count;
}

static Status check_numbers(const Segment *segment, Error *error)
{
    uint32_t header_bytes = get_u32le(segment->file.bytes.data +
                                      HEADER_HEADER_BYTES);
    if (header_bytes != SEGMENT_HEADER_BYTES) {
        return header_fail(segment, error, "header_bytes is %u", header_bytes);
    }
    if (segment->document_count == 0) {
        return header_fail(segment, error, "no documents");
    }
    if (segment->document_count > MAX_DOCUMENTS) {
        return header_fail(segment, error,
                           "%u documents; a segment has at most %u",
                           segment->document_count, MAX_DOCUMENTS);
    }
    if (segment->nonempty_count > segment->document_count ||
        segment->nonempty_count > segment->token_count ||
        segment->term_count > segment->posting_count ||
        segment->token_count >
            (uint64_t)segment->nonempty_count * POSITION_LIMIT ||
        segment->posting_count >
            (uint64_t)segment->nonempty_count * segment->term_count ||
        !pair_counts_agree(segment)) {
        return header_fail(segment, error, "its counts contradict each other");
    }
    if (!(segment->k1 >= 0 && isfinite(segment->k1)) ||
        !(segment->b >= 0 && segment->b <= 1)) {
        return header_fail(segment, error, "k1 or b out of range");
    }
    /* No document with a token has less than one. */
    if (segment->token_count &&
        !(segment->average_length >= 1 &&
          segment->average_length <= (float)POSITION_LIMIT)) {
        return header_fail(segment, error, "average_length out of range");
    }
    if (segment->limits.short_limit < 1 ||
        segment->limits.short_limit > BLOCK_POSTINGS) {
        return header_fail(segment, error, "short_limit out of range");
    }
    if (segment->limits.bounds_share < segment->limits.bitmap_share) {
        return header_fail(segment, error, "bitmaps without bounds");
    }
    return OK;
}

/* Sections do not overlap, the zeros after each included. */
static Status check_apart(const Segment *segment, Error *error)
{
    for (int a = 0; a < SECTION_KINDS; a++) {
        Span one = segment->sections[a];
        for (int b = 0; one.data && b < SECTION_KINDS; b++) {
            Span other = segment->sections[b];
            if (b == a || !other.data || other.data < one.data) continue;
            if ((size_t)(other.data - one.data) < one.size + SECTION_PADDING) {
                return header_fail(segment, error, "sections %s and %s overlap",
                                   section_name((SectionKind)a),
                                   section_name((SectionKind)b));
            }
        }
    }
    return OK;
}

/* One entry of the table; *parts counts the parts of those before. */
static Status read_entry(Segment *segment, const uint8_t *entry,
                         uint64_t *parts, Error *error)
{
    Span file = segment->file.bytes;
    uint32_t kind = get_u32le(entry + ENTRY_KIND);
    uint64_t offset = get_u64le(entry + ENTRY_OFFSET);
    uint64_t size = get_u64le(entry + ENTRY_SIZE);
    if (kind == 0 || kind >= SECTION_KINDS || segment->sections[kind].data) {
        return header_fail(segment, error,
                           "invalid or repeated section kind %u", kind);
    }
    const char *name = section_name((SectionKind)kind);
    if (offset % SECTION_ALIGNMENT || offset < SEGMENT_HEADER_BYTES ||
        offset > file.size || size > file.size - offset ||
        file.size - offset - size < SECTION_PADDING) {
        return header_fail(segment, error, "section %s is not inside the file",
                           name);
    }
    segment->sections[kind] = span_of(file.data + offset, size);
    if (kind == SECTION_CHECKSUMS) return OK;
    if (get_u64le(entry + ENTRY_FIRST_CHECKSUM) != *parts) {
        return header_fail(segment, error,
                           "the checksums of section %s are misplaced", name);
    }
    segment->first_part[kind] = *parts;
    *parts += divide_up(size, CHECKSUM_PART_BYTES);
    return OK;
}

static Status read_table(Segment *segment, Error *error)
{
    const uint8_t *header = segment->file.bytes.data;
    uint32_t count = get_u32le(header + HEADER_SECTION_COUNT);
    if (count > SEGMENT_TABLE_ENTRIES) {
        return header_fail(segment, error, "%u sections", count);
    }
    uint64_t parts = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *entry = header + SEGMENT_TABLE_OFFSET +
                               SEGMENT_TABLE_ENTRY_BYTES * (size_t)i;
        Status status = read_entry(segment, entry, &parts, error);
        if (status != OK) return status;
    }
    if (segment->sections[SECTION_CHECKSUMS].size != 8 * parts) {
        return header_fail(segment, error,
                           "the number of checksums is not that of the parts");
    }
    return check_apart(segment, error);
}

static bool size_follows(const Segment *segment, SectionKind kind,
                         uint64_t size)
{
    return segment->sections[kind].size == size;
}

/* There are pairs if and only if there are words for them; no pair needs fewer
 * bytes than its part of the tables. */
static SectionKind wrong_pair_section(const Segment *segment)
{
    bool has_pairs = segment->pair_words > 0;
    if (segment_has(segment, SECTION_PAIRS) != has_pairs ||
        (has_pairs && !segment_has(segment, SECTION_POSITIONS)) ||
        segment->sections[SECTION_PAIRS].size <
            (has_pairs
                 ? pair_tables_size(segment->pair_words, segment->pair_count)
                 : 0)) {
        return SECTION_PAIRS;
    }
    if (segment_has(segment, SECTION_PAIR_CHAMPIONS) &&
        segment->sections[SECTION_PAIR_CHAMPIONS].size < CHAMPIONS_HEADER_BYTES)
        return SECTION_PAIR_CHAMPIONS;
    return (SectionKind)0;
}

/* Required sections, and those whose size follows from the header. */
static Status check_sections(const Segment *segment, Error *error)
{
    static const SectionKind needed[] = {SECTION_TERMS,    SECTION_TERMS_INDEX,
                                         SECTION_POSTINGS, SECTION_BOUNDS,
                                         SECTION_NORMS,    SECTION_IDS,
                                         SECTION_ID_ORDER, SECTION_CHECKSUMS};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (segment_has(segment, needed[i])) continue;
        return header_fail(segment, error, "section %s is missing",
                           section_name(needed[i]));
    }
    if (segment_has(segment, SECTION_STORED) !=
        segment_has(segment, SECTION_STORED_INDEX)) {
        return header_fail(segment, error,
                           "one of stored and stored_index is missing");
    }
    uint64_t documents = segment->document_count;
    uint64_t blocks = divide_up(segment->term_count, TERM_BLOCK_TERMS);
    uint64_t index_numbers = divide_up(blocks, TERM_INDEX_STEP) + 2 * blocks +
                             1;
    uint64_t id_numbers = divide_up(documents, ID_GROUP_IDS) + 1;
    SectionKind wrong = (SectionKind)0;
    if (!size_follows(segment, SECTION_TERMS_INDEX, 8 * index_numbers)) {
        wrong = SECTION_TERMS_INDEX;
    } else if (!size_follows(segment, SECTION_NORMS, documents)) {
        wrong = SECTION_NORMS;
    } else if (!size_follows(segment, SECTION_ID_ORDER, 4 * documents)) {
        wrong = SECTION_ID_ORDER;
    } else if (segment->sections[SECTION_IDS].size < 8 * id_numbers) {
        wrong = SECTION_IDS;
    } else if (segment_has(segment, SECTION_SKIP_LOG) &&
               segment->sections[SECTION_SKIP_LOG].size <
                   SKIP_LOG_HEADER_BYTES) {
        wrong = SECTION_SKIP_LOG;
    } else if (segment_has(segment, SECTION_CHAMPIONS) &&
               segment->sections[SECTION_CHAMPIONS].size <
                   CHAMPIONS_HEADER_BYTES) {
        wrong = SECTION_CHAMPIONS;
    } else {
        wrong = wrong_pair_section(segment);
    }
    if (!wrong) return OK;
    return segment_fail(segment, wrong, error,
                        "its size of %zu bytes contradicts the header",
                        segment->sections[wrong].size);
}

Status segment_read_header(Segment *segment, uint32_t oldest, Error *error)
{
    Status status = check_identity(segment, oldest, error);
    if (status != OK) return status;
    read_numbers(segment);
    status = check_numbers(segment, error);
    if (status == OK) status = read_table(segment, error);
    if (status == OK) status = check_sections(segment, error);
    if (status != OK) return status;
    uint64_t sum = get_u64le(segment->file.bytes.data +
                             HEADER_CHECKSUMS_CHECKSUM);
    if (hash_span(segment->sections[SECTION_CHECKSUMS]) != sum) {
        return segment_fail(segment, SECTION_CHECKSUMS, error,
                            "wrong checksum; the file is damaged");
    }
    return OK;
}
