/* dictionary_writer.c - the sections terms and terms_index of a segment. */
#include "common/segment/dictionary/dictionary_writer.h"

#include "common/base/bytes.h"
#include "common/segment/dictionary/dictionary.h"

void dictionary_writer_init(DictionaryWriter *writer, const char *folder,
                            size_t memory_limit)
{
    *writer = (DictionaryWriter){0};
    spool_init(&writer->terms, folder, memory_limit);
}

void dictionary_writer_release(DictionaryWriter *writer)
{
    spool_release(&writer->terms);
    buf_release(&writer->prefixes);
    buf_release(&writer->starts);
    buf_release(&writer->keys);
    buf_release(&writer->last_term);
    buf_release(&writer->block);
    buf_release(&writer->record);
}

/* What offsets of a block are counted from: the first of each kind. */
typedef struct BlockBases {
    uint64_t postings, positions, bounds;
} BlockBases;

static bool positions_in_record(const TermFacts *facts)
{
    return class_is_inline(facts->kind) && facts->total_tf <= INLINE_POSITIONS;
}

/* Offsets only grow, so the last one looked at is the least. */
static BlockBases block_bases(const TermFacts *facts, uint32_t count)
{
    BlockBases bases = {0, 0, 0};
    for (uint32_t i = count; i-- > 0;) {
        const TermFacts *term = &facts[i];
        if (!class_is_inline(term->kind))
            bases.postings = term->postings_offset;
        if (term->has_positions && !positions_in_record(term))
            bases.positions = term->positions_offset;
        if (term->has_bounds)
            bases.bounds = term->bounds_offset / BOUNDS_ALIGNMENT;
    }
    return bases;
}

static void put_inline(Buf *out, const TermFacts *facts,
                       const BlockBases *bases)
{
    buf_put_varint(out, facts->docid);
    buf_put_varint(out, facts->total_tf);
    if (!facts->has_positions) return;
    if (!positions_in_record(facts)) {
        buf_put_varint(out, facts->positions_offset - bases->positions);
        return;
    }
    for (uint64_t i = 0; i < facts->total_tf; i++)
        buf_put_varint(out, (uint64_t)facts->positions[i] + (i > 0));
}

static void put_list(Buf *out, const TermFacts *facts, const BlockBases *bases)
{
    buf_put_varint(out, facts->df);
    buf_put_varint(out, facts->total_tf - facts->df);
    buf_put_varint(out, facts->postings_offset - bases->postings);
    if (facts->has_positions)
        buf_put_varint(out, facts->positions_offset - bases->positions);
    if (facts->has_bounds) {
        buf_put_varint(out,
                       facts->bounds_offset / BOUNDS_ALIGNMENT - bases->bounds);
    }
    buf_put_u16le(out, facts->max);
    for (uint32_t i = 0; i < facts->kth_count; i++)
        buf_put_u16le(out, facts->kth[i]);
    if (class_is_short(facts->kind)) {
        buf_put_byte(out, facts->doc_bits);
        buf_put_byte(out, facts->tf_bits);
        buf_put_byte(out, facts->norm_bits);
        buf_put_byte(out, facts->norm_min);
    } else if (class_is_bitmap(facts->kind)) {
        buf_put_byte(out, facts->tf_bits);
        buf_put_varint(out, facts->exception_count);
    }
}

static void put_record(Buf *out, const TermFacts *facts,
                       const BlockBases *bases)
{
    uint32_t tag = (uint32_t)facts->kind |
                   (facts->has_bounds ? RECORD_HAS_BOUNDS : 0) |
                   facts->kth_count << RECORD_KTH_SHIFT |
                   (facts->has_positions ? RECORD_HAS_POSITIONS : 0);
    buf_put_byte(out, (uint8_t)tag);
    if (class_is_inline(facts->kind)) {
        put_inline(out, facts, bases);
    } else {
        put_list(out, facts, bases);
    }
}

static void flush_block(DictionaryWriter *writer)
{
    if (writer->pending == 0) return;
    BlockBases bases = block_bases(writer->facts, writer->pending);
    Buf *block = &writer->block;
    buf_clear(block);
    buf_put_varint(block, bases.postings);
    buf_put_varint(block, bases.positions);
    buf_put_varint(block, bases.bounds);
    buf_put_varint(block, writer->keys.size);
    buf_put_span(block, buf_span(&writer->keys));
    for (uint32_t i = 0; i < writer->pending; i++) {
        buf_clear(&writer->record);
        put_record(&writer->record, &writer->facts[i], &bases);
        buf_put_varint(block, writer->record.size);
        buf_put_span(block, buf_span(&writer->record));
        buf_keep_failure(&writer->starts, &writer->record);
    }
    buf_put_u64le(&writer->starts, spool_size(&writer->terms));
    spool_put_span(&writer->terms, buf_span(block));
    buf_keep_failure(&writer->starts, block);
    buf_keep_failure(&writer->starts, &writer->keys);
    buf_clear(&writer->keys);
    writer->pending = 0;
}

void dictionary_writer_put(DictionaryWriter *writer, Span term,
                           const TermFacts *facts)
{
    Buf *keys = &writer->keys;
    if (writer->pending == 0) {
        buf_put_u64le(&writer->prefixes, term_prefix(term));
        buf_put_varint(keys, term.size);
        buf_put_span(keys, term);
    } else {
        size_t shared = span_common(buf_span(&writer->last_term), term);
        buf_put_varint(keys, shared);
        buf_put_varint(keys, term.size - shared);
        buf_put(keys, term.data + shared, term.size - shared);
    }
    buf_clear(&writer->last_term);
    buf_put_span(&writer->last_term, term);
    buf_keep_failure(&writer->starts, &writer->last_term);
    writer->facts[writer->pending++] = *facts;
    writer->term_count++;
    if (writer->pending == TERM_BLOCK_TERMS) flush_block(writer);
}

static Status check_bufs(const DictionaryWriter *writer, const Buf *index,
                         Error *error)
{
    const Buf *bufs[] = {&writer->prefixes, &writer->starts, index};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) {
        Status status = buf_check(bufs[i], "writing terms", error);
        if (status != OK) return status;
    }
    return spool_check(&writer->terms, error);
}

Status dictionary_writer_finish(DictionaryWriter *writer, Buf *index,
                                Error *error)
{
    flush_block(writer);
    Status status = check_bufs(writer, index, error);
    if (status != OK) return status;
    size_t block_count = writer->starts.size / sizeof(uint64_t);
    for (size_t i = 0; i < block_count; i += TERM_INDEX_STEP)
        buf_put(index, writer->prefixes.data + i * sizeof(uint64_t),
                sizeof(uint64_t));
    buf_put_span(index, buf_span(&writer->prefixes));
    buf_put_span(index, buf_span(&writer->starts));
    buf_put_u64le(index, spool_size(&writer->terms));
    return check_bufs(writer, index, error);
}
