/* pair_sections.c - writes the sections of pairs from what pairs_writer kept.
 *
 * Each section needs one more walk over the pairs: those of a word in fewer
 * than D documents are left out, what remains is copied from the spools.
 */
#include "common/base/bytes.h"
#include "common/base/varint.h"
#include "common/segment/pairs/pair_facts.h"
#include "common/segment/pairs/pair_tables.h"
#include "common/segment/pairs/pairs_writer.h"
#include "common/segment/segment_internal.h"

#include <stdlib.h>

/* --- Walking --- */

enum { WALK_PAIRS = 256 /* read at once */ };

/* All pairs of D. */
typedef struct FactsWalk {
    const PairsWriter *writer;
    uint32_t min_df;
    uint64_t at; /* in the spool */
    PairFacts pairs[WALK_PAIRS];
    size_t count, next;
    Status status;
    Error *error;
} FactsWalk;

static void walk_start(FactsWalk *walk, const PairsWriter *writer,
                       uint32_t min_df, Error *error)
{
    walk->writer = writer;
    walk->min_df = min_df;
    walk->at = 0;
    walk->count = walk->next = 0;
    walk->status = OK;
    walk->error = error;
}

static void refill(FactsWalk *walk)
{
    const Spool *spool = &walk->writer->pairs;
    uint64_t left = (spool_size(spool) - walk->at) / sizeof(PairFacts);
    walk->next = 0;
    walk->count = left < WALK_PAIRS ? (size_t)left : WALK_PAIRS;
    size_t bytes = walk->count * sizeof(PairFacts);
    walk->status = spool_read(spool, walk->at, walk->pairs, bytes, walk->error);
    walk->at += bytes;
    if (walk->status != OK) walk->count = 0;
}

/* The next pair whose words are both in at least D documents, or NULL. */
static const PairFacts *next_pair(FactsWalk *walk)
{
    const PairWord *words = walk->writer->words;
    for (;;) {
        if (walk->next == walk->count) refill(walk);
        if (walk->count == 0) return NULL;
        const PairFacts *pair = &walk->pairs[walk->next++];
        if (words[pair->first].df >= walk->min_df &&
            words[pair->second].df >= walk->min_df) {
            return pair;
        }
    }
}

/* Copies ranges of a spool; those that follow each other as one. */
typedef struct RangeCopy {
    SegmentWriter *out;
    const Spool *spool;
    uint64_t start, end;
} RangeCopy;

static void copy_flush(RangeCopy *copy)
{
    segment_writer_put_spool(copy->out, copy->spool, copy->start,
                             copy->end - copy->start);
    copy->start = copy->end;
}

static void copy_range(RangeCopy *copy, uint64_t start, uint64_t size)
{
    if (start != copy->end) {
        copy_flush(copy);
        copy->start = start;
    }
    copy->end = start + size;
}

/* --- The section pairs --- */

typedef struct PairsSection {
    const PairsWriter *writer;
    uint32_t min_df;
    uint16_t *indexes; /* owned: of a word among those that remain */
    Buf words, starts, seconds, groups, record;
    Spool records;
    uint64_t list_bytes[POSTINGS_BITMAP + 1], bounds_bytes;
    uint32_t pair_count;
} PairsSection;

static void section_release(PairsSection *section)
{
    free(section->indexes);
    buf_release(&section->words);
    buf_release(&section->starts);
    buf_release(&section->seconds);
    buf_release(&section->groups);
    buf_release(&section->record);
    spool_release(&section->records);
}

static void put_words(PairsSection *section)
{
    const PairsWriter *writer = section->writer;
    uint16_t kept = 0;
    for (uint32_t i = 0; i < writer->word_count; i++) {
        section->indexes[i] = kept;
        if (writer->words[i].df < section->min_df) continue;
        kept++;
        buf_put_u32le(&section->words, writer->words[i].ordinal);
    }
}

/* A short list is in its record. */
static Status put_short(PairsSection *section, const PairFacts *pair,
                        Error *error)
{
    Buf *record = &section->record;
    size_t size = (size_t)pair->list_bytes;
    uint8_t *streams = buf_reserve(record, size);
    if (!streams) return OK; /* kept in the buffer */
    record->size += size;
    return spool_read(&section->writer->lists[POSTINGS_SHORT].postings,
                      pair->facts.postings_offset, streams, size, error);
}

static Status put_pair(PairsSection *section, const PairFacts *pair,
                       Error *error)
{
    PostingsClass class = pair->facts.kind;
    uint64_t *list_bytes = &section->list_bytes[class];
    PairOffsets offsets = {
        (uint32_t)(*list_bytes / pair_alignment(class)),
        (uint32_t)(section->bounds_bytes / BOUNDS_ALIGNMENT)};
    Buf *record = &section->record;
    Status status = OK;
    record->size = 0;
    pair_record_put(record, &pair->facts, &offsets);
    if (class_is_short(class)) status = put_short(section, pair, error);
    uint8_t size[VARINT_MAX_BYTES];
    spool_put(&section->records, size,
              (size_t)(varint_put(size, record->size) - size));
    spool_put_span(&section->records, buf_span(record));
    *list_bytes += pair->list_bytes;
    if (pair->facts.has_bounds)
        section->bounds_bytes += pair_bounds_bytes(
            section->writer->norms.count);
    return status;
}

/* The first pairs of words up to `count`: none of them begins an earlier one.
 */
static void put_starts(PairsSection *section, size_t count)
{
    Buf *starts = &section->starts;
    while (starts->status == OK && starts->size < count * sizeof(uint32_t))
        buf_put_u32le(starts, section->pair_count);
}

/* Everything before the records but the header. */
static Status put_tables(PairsSection *section, Error *error)
{
    FactsWalk walk;
    walk_start(&walk, section->writer, section->min_df, error);
    put_words(section);
    Status status = OK;
    for (const PairFacts *pair;
         status == OK && (pair = next_pair(&walk)) != NULL;) {
        uint32_t first = section->indexes[pair->first];
        put_starts(section, (size_t)first + 1);
        buf_put_u16le(&section->seconds, section->indexes[pair->second]);
        if (section->pair_count % PAIR_GROUP_PAIRS == 0)
            buf_put_u64le(&section->groups, spool_size(&section->records));
        section->pair_count++;
        status = put_pair(section, pair, error);
        if (section->starts.status != OK) break;
    }
    if (status == OK) status = walk.status;
    put_starts(section, section->words.size / sizeof(uint32_t) + 1);
    buf_put_u64le(&section->groups, spool_size(&section->records));
    return status;
}

/* Offsets have 32 bits. */
static Status check_sizes(const PairsSection *section, Error *error)
{
    const Buf *bufs[] = {&section->words, &section->starts, &section->seconds,
                         &section->groups, &section->record};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) {
        Status status = buf_check(bufs[i], "writing pairs", error);
        if (status != OK) return status;
    }
    uint64_t most = (uint64_t)UINT32_MAX * BLOCK_ALIGNMENT;
    if (section->list_bytes[POSTINGS_BITMAP] > most ||
        section->list_bytes[POSTINGS_BLOCKS] > most ||
        section->bounds_bytes > most) {
        return fail_advising(error, ERR_LIMIT, ADVICE_MORE_SEGMENTS,
                             "the pairs of a segment have more than 64 GB");
    }
    return spool_check(&section->records, error);
}

static void put_buf(SegmentWriter *out, const Buf *buf)
{
    segment_writer_put(out, buf->data, buf->size);
}

static void put_section(const PairsSection *section, SegmentWriter *out)
{
    uint8_t head[PAIRS_HEADER_BYTES], zeros[8] = {0};
    put_u64le(head + PAIRS_BLOCKS_START, section->list_bytes[POSTINGS_BITMAP]);
    segment_writer_begin(out, SECTION_PAIRS);
    segment_writer_put(out, head, sizeof head);
    put_buf(out, &section->words);
    put_buf(out, &section->starts);
    put_buf(out, &section->seconds);
    size_t size = section->words.size + section->starts.size +
                  section->seconds.size;
    segment_writer_put(out, zeros, -size % 8);
    put_buf(out, &section->groups);
    segment_writer_put_spool(out, &section->records, 0,
                             spool_size(&section->records));
    segment_writer_end(out);
}

static Status write_pairs(const PairsWriter *writer, uint32_t min_df,
                          SegmentWriter *out, Error *error)
{
    PairsSection section = {.writer = writer, .min_df = min_df};
    spool_init(&section.records, writer->pairs.folder, writer->pairs.limit);
    section.indexes = malloc((writer->word_count + 1) * sizeof(uint16_t));
    Status status = section.indexes ? put_tables(&section, error)
                                    : fail_memory(error, "writing pairs");
    if (status == OK) status = check_sizes(&section, error);
    if (status == OK) put_section(&section, out);
    section_release(&section);
    return status;
}

/* --- The other sections --- */

static Status copy_lists(const PairsWriter *writer, uint32_t min_df,
                         PostingsClass class, SegmentWriter *out, Error *error)
{
    RangeCopy copy = {.out = out, .spool = &writer->lists[class].postings};
    FactsWalk walk;
    walk_start(&walk, writer, min_df, error);
    for (const PairFacts *pair; (pair = next_pair(&walk)) != NULL;) {
        if (pair->facts.kind != class) continue;
        copy_range(&copy, pair->facts.postings_offset, pair->list_bytes);
    }
    copy_flush(&copy);
    return walk.status;
}

static Status write_lists(const PairsWriter *writer, uint32_t min_df,
                          SegmentWriter *out, Error *error)
{
    segment_writer_begin(out, SECTION_PAIR_POSTINGS);
    Status status = copy_lists(writer, min_df, POSTINGS_BITMAP, out, error);
    if (status == OK)
        status = copy_lists(writer, min_df, POSTINGS_BLOCKS, out, error);
    segment_writer_end(out);
    return status;
}

static Status write_bounds(const PairsWriter *writer, uint32_t min_df,
                           SegmentWriter *out, Error *error)
{
    RangeCopy copy = {.out = out, .spool = &writer->bounds.bounds};
    FactsWalk walk;
    walk_start(&walk, writer, min_df, error);
    segment_writer_begin(out, SECTION_PAIR_BOUNDS);
    for (const PairFacts *pair; (pair = next_pair(&walk)) != NULL;) {
        if (!pair->facts.has_bounds) continue;
        copy_range(&copy, pair->facts.bounds_offset,
                   pair_bounds_bytes(writer->norms.count));
    }
    copy_flush(&copy);
    segment_writer_end(out);
    return walk.status;
}

/* The entries of those that remain: their numbers and offsets change. */
static Status put_entries(const PairsWriter *writer, uint32_t min_df, Buf *out,
                          Error *error)
{
    FactsWalk walk;
    walk_start(&walk, writer, min_df, error);
    const uint8_t *counts = writer->champions.terms.data;
    uint32_t number = 0;
    uint64_t offset = 0;
    for (const PairFacts *pair; (pair = next_pair(&walk)) != NULL; number++) {
        if (!pair->champion_bytes) continue;
        const uint8_t *entry = counts +
                               CHAMPIONS_ENTRY_BYTES * (size_t)pair->champions;
        buf_put_u32le(out, number);
        buf_put_u32le(out, get_u32le(entry + CHAMPIONS_TERM_COUNT));
        buf_put_u64le(out, offset);
        offset += pair->champion_bytes;
    }
    Status status = buf_check(out, "writing pairs", error);
    return walk.status == OK ? status : walk.status;
}

static Status copy_champions(const PairsWriter *writer, uint32_t min_df,
                             SegmentWriter *out, Error *error)
{
    RangeCopy copy = {.out = out, .spool = &writer->champions.lists};
    FactsWalk walk;
    walk_start(&walk, writer, min_df, error);
    const uint8_t *entries = writer->champions.terms.data;
    for (const PairFacts *pair; (pair = next_pair(&walk)) != NULL;) {
        if (!pair->champion_bytes) continue;
        const uint8_t *entry = entries +
                               CHAMPIONS_ENTRY_BYTES * (size_t)pair->champions;
        copy_range(&copy, get_u64le(entry + CHAMPIONS_OFFSET),
                   pair->champion_bytes);
    }
    copy_flush(&copy);
    return walk.status;
}

static Status write_champions(const PairsWriter *writer, uint32_t min_df,
                              SegmentWriter *out, Error *error)
{
    Buf entries = {0};
    uint8_t head[CHAMPIONS_HEADER_BYTES] = {0};
    Status status = put_entries(writer, min_df, &entries, error);
    if (status == OK) {
        put_u32le(head + CHAMPIONS_COUNT,
                  (uint32_t)(entries.size / CHAMPIONS_ENTRY_BYTES));
        segment_writer_begin(out, SECTION_PAIR_CHAMPIONS);
        segment_writer_put(out, head, sizeof head);
        put_buf(out, &entries);
        status = copy_champions(writer, min_df, out, error);
        segment_writer_end(out);
    }
    buf_release(&entries);
    return status;
}

Status pairs_writer_write(PairsWriter *writer, uint32_t min_df,
                          SegmentWriter *out, SegmentFacts *facts, Error *error)
{
    Status status = pairs_writer_check(writer, error);
    if (status != OK) return status;
    PairLevel sum = pairs_writer_sum(writer, min_df);
    if (sum.pairs == 0) return OK;
    facts->pair_min_df = min_df;
    facts->pair_words = sum.words;
    facts->pair_count = sum.pairs;
    facts->pair_postings = sum.postings;
    status = write_pairs(writer, min_df, out, error);
    if (status == OK && sum.has_lists)
        status = write_lists(writer, min_df, out, error);
    if (status == OK && sum.has_bounds)
        status = write_bounds(writer, min_df, out, error);
    if (status == OK && sum.champion_lists)
        status = write_champions(writer, min_df, out, error);
    return status;
}
