/* term_record.c - reads the record of a term and checks every number of it.
 *
 * The class, the bounds and the count of k-th values follow from df and the
 * limits in the header (posting_class.h): a record that says otherwise is
 * damaged, and no later code has to expect, say, a short list of 500 postings.
 */
#include "common/codec/block_codec.h"
#include "common/segment/dictionary/dictionary.h"
#include "common/segment/dictionary/record_reader.h"
#include "common/segment/segment_internal.h"

#include <inttypes.h>

/* An offset counted from a base, which must lie in the section. */
static uint64_t take_offset(RecordReader *reader, const Segment *segment,
                            SectionKind kind, uint64_t base, uint64_t unit)
{
    uint64_t size = segment->sections[kind].size;
    if (base > size) reader->good = false;
    return base + unit * record_number(reader, 0, (size - base) / unit);
}

/* Checks the varints of a lone posting's positions, and keeps them. */
static void take_inline_positions(RecordReader *reader, TermRecord *out)
{
    const uint8_t *start = reader->at;
    uint64_t position = record_number(reader, 0, POSITION_LIMIT - 1);
    for (uint64_t i = 1; i < out->total_tf; i++) {
        uint64_t step = record_number(reader, 0, POSITION_LIMIT - 1 - position);
        if (step == 0) reader->good = false;
        position += step;
    }
    out->inline_positions = span_of(start, (size_t)(reader->at - start));
}

static void take_inline(RecordReader *reader, const Segment *segment,
                        const TermBlock *block, TermRecord *out)
{
    out->df = 1;
    out->docid = (uint32_t)record_number(reader, 0,
                                         segment->document_count - 1);
    out->total_tf = record_number(reader, 0, record_max_tf(segment));
    if (out->total_tf == 0 || segment->nonempty_count == 0) {
        reader->good = false;
    }
    out->max = UINT16_MAX;
    if (!out->has_positions || !reader->good) return;
    if (out->total_tf <= INLINE_POSITIONS) {
        take_inline_positions(reader, out);
    } else {
        out->positions_offset = take_offset(reader, segment, SECTION_POSITIONS,
                                            block->positions_base, 1);
    }
}

static void take_short(RecordReader *reader, TermRecord *out)
{
    const uint8_t *widths = record_bytes(reader, 4);
    out->doc_bits = widths[0];
    out->tf_bits = widths[1];
    out->norm_bits = widths[2];
    out->norm_min = widths[3];
    if (!codec_width_is_legal(out->doc_bits) ||
        !codec_width_is_legal(out->tf_bits) || out->norm_bits > 8) {
        reader->good = false;
    }
}

static void take_bitmap(RecordReader *reader, TermRecord *out)
{
    out->tf_bits = record_bytes(reader, 1)[0];
    if (out->tf_bits != 4 && out->tf_bits != 8) reader->good = false;
    out->exception_count = (uint32_t)record_number(reader, 0, out->df);
}

/* Class, bounds and k-th values are those that df has. */
static bool follows_rules(const Segment *segment, const TermRecord *record)
{
    uint32_t df = record->df, documents = segment->document_count;
    const ListLimits *limits = &segment->limits;
    return record->kind == posting_class(df, documents, limits) &&
           record->has_bounds == list_has_bounds(df, documents, limits) &&
           record->kth_count == kth_value_count(df);
}

static void take_list(RecordReader *reader, const Segment *segment,
                      const TermBlock *block, TermRecord *out)
{
    out->df = (uint32_t)record_number(reader, 0, segment->nonempty_count);
    out->total_tf = out->df + record_number(reader, 0, segment->token_count);
    out->postings_offset = take_offset(reader, segment, SECTION_POSTINGS,
                                       block->postings_base, 1);
    if (out->has_positions) {
        out->positions_offset = take_offset(reader, segment, SECTION_POSITIONS,
                                            block->positions_base, 1);
    }
    if (out->has_bounds) {
        out->bounds_offset = take_offset(reader, segment, SECTION_BOUNDS,
                                         block->bounds_base, BOUNDS_ALIGNMENT);
    }
    out->max = get_u16le(record_bytes(reader, 2));
    for (int i = 0; i < out->kth_count; i++) {
        out->kth[i] = get_u16le(record_bytes(reader, 2));
        if (out->kth[i] > (i ? out->kth[i - 1] : out->max)) {
            reader->good = false;
        }
    }
    if (class_is_short(out->kind)) take_short(reader, out);
    if (class_is_bitmap(out->kind)) take_bitmap(reader, out);
    if (out->df < 2 || out->total_tf > segment->token_count ||
        !follows_rules(segment, out)) {
        reader->good = false;
    }
}

static void take_tag(RecordReader *reader, const Segment *segment,
                     TermRecord *out)
{
    uint8_t tag = record_bytes(reader, 1)[0];
    out->kind = (PostingsClass)(tag & RECORD_CLASS_MASK);
    out->has_bounds = tag & RECORD_HAS_BOUNDS;
    out->has_positions = tag & RECORD_HAS_POSITIONS;
    out->kth_count = tag >> RECORD_KTH_SHIFT & RECORD_KTH_MASK;
    if (tag & RECORD_ZERO_BITS ||
        out->has_positions != segment_has(segment, SECTION_POSITIONS)) {
        reader->good = false;
    }
    if (class_is_inline(out->kind) && (out->has_bounds || out->kth_count)) {
        reader->good = false;
    }
}

Status term_record_parse(const Segment *segment, const TermBlock *block,
                         uint32_t number, Span bytes, TermRecord *out,
                         Error *error)
{
    RecordReader reader = {bytes.data, bytes.data + bytes.size, true};
    *out = (TermRecord){.number = number};
    take_tag(&reader, segment, out);
    if (class_is_inline(out->kind)) {
        take_inline(&reader, segment, block, out);
    } else {
        take_list(&reader, segment, block, out);
    }
    if (reader.good && reader.at == reader.end) return OK;
    return segment_fail(segment, SECTION_TERMS, error,
                        "invalid record of term %u", number);
}
