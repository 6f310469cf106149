/* pair_record.c - reads the record of a pair and checks every number of it. */
#include "common/segment/pairs/pair_record.h"

#include "common/codec/block_codec.h"
#include "common/segment/dictionary/record_reader.h"
#include "common/segment/segment_internal.h"

static void take_inline(RecordReader *reader, const Segment *segment,
                        bool tf_one, TermRecord *out)
{
    out->df = 1;
    out->docid = (uint32_t)record_number(reader, 0,
                                         segment->document_count - 1);
    out->total_tf = tf_one ? 1
                           : record_number(reader, 2, record_max_tf(segment));
    out->max = UINT16_MAX;
}

/* The streams fill the rest of the record. */
static void take_short(RecordReader *reader, const Segment *segment,
                       bool tf_one, TermRecord *out)
{
    out->doc_bits = *record_bytes(reader, 1);
    out->tf_bits = tf_one ? 0 : *record_bytes(reader, 1);
    if (!codec_width_is_legal(out->doc_bits) ||
        !codec_width_is_legal(out->tf_bits)) {
        reader->good = false;
    }
    if (!reader->good) return;
    const uint8_t *streams = record_bytes(
        reader,
        codec_size(out->df, out->doc_bits) + codec_size(out->df, out->tf_bits));
    out->postings_offset = (uint64_t)(streams -
                                      segment->sections[SECTION_PAIRS].data);
}

/* Where the lists of class blocks begin in pair_postings. */
static uint64_t blocks_start(const Segment *segment)
{
    return get_u64le(segment->sections[SECTION_PAIRS].data +
                     PAIRS_BLOCKS_START);
}

/* An offset in a section, counted from `base`. */
static uint64_t take_offset(RecordReader *reader, const Segment *segment,
                            SectionKind kind, uint64_t base, uint64_t unit)
{
    uint64_t size = segment->sections[kind].size;
    uint64_t offset = unit * get_u32le(record_bytes(reader, 4));
    if (base > size || offset >= size - base) reader->good = false;
    return base + offset;
}

static void take_bitmap(RecordReader *reader, const Segment *segment,
                        TermRecord *out)
{
    out->tf_bits = *record_bytes(reader, 1);
    if (out->tf_bits != 4 && out->tf_bits != 8) reader->good = false;
    out->exception_count = (uint32_t)record_number(reader, 0, out->df);
    out->postings_offset = take_offset(reader, segment, SECTION_PAIR_POSTINGS,
                                       0, BITMAP_ALIGNMENT);
}

/* Class, bounds and k-th values are those that df has. */
static bool follows_rules(const Segment *segment, const TermRecord *record)
{
    uint32_t df = record->df, documents = segment->document_count;
    const ListLimits *limits = &segment->limits;
    return record->kind == posting_class(df, documents, limits) &&
           record->has_bounds == pair_has_bounds(df, documents, limits) &&
           record->kth_count == kth_value_count(df);
}

static void take_strongest(RecordReader *reader, TermRecord *out)
{
    out->max = get_u16le(record_bytes(reader, 2));
    for (int i = 0; i < out->kth_count; i++) {
        out->kth[i] = get_u16le(record_bytes(reader, 2));
        if (out->kth[i] > (i ? out->kth[i - 1] : out->max))
            reader->good = false;
    }
}

static void take_list(RecordReader *reader, const Segment *segment, bool tf_one,
                      TermRecord *out)
{
    out->df = (uint32_t)record_number(reader, 2, segment->nonempty_count);
    out->total_tf = out->df;
    if (!tf_one)
        out->total_tf += record_number(reader, 1, segment->token_count);
    take_strongest(reader, out);
    if (!follows_rules(segment, out) || out->total_tf > segment->token_count) {
        reader->good = false;
        return;
    }
    if (class_is_short(out->kind)) take_short(reader, segment, tf_one, out);
    if (class_is_bitmap(out->kind)) take_bitmap(reader, segment, out);
    if (class_has_directory(out->kind)) {
        out->postings_offset = take_offset(
            reader, segment, SECTION_PAIR_POSTINGS, blocks_start(segment),
            BLOCK_ALIGNMENT);
    }
    if (out->has_bounds) {
        out->bounds_offset = take_offset(reader, segment, SECTION_PAIR_BOUNDS,
                                         0, BOUNDS_ALIGNMENT);
    }
}

Status pair_record_parse(const Segment *segment, uint32_t number, Span bytes,
                         TermRecord *out, Error *error)
{
    RecordReader reader = {bytes.data, bytes.data + bytes.size, true};
    *out = (TermRecord){.is_pair = true, .number = number};
    uint8_t tag = *record_bytes(&reader, 1);
    bool tf_one = tag & PAIR_TF_ONE;
    out->kind = (PostingsClass)(tag & RECORD_CLASS_MASK);
    out->has_bounds = tag & RECORD_HAS_BOUNDS;
    out->kth_count = tag >> RECORD_KTH_SHIFT & RECORD_KTH_MASK;
    if (tag & RECORD_ZERO_BITS) reader.good = false;
    if (!class_is_inline(out->kind)) {
        take_list(&reader, segment, tf_one, out);
    } else if (out->has_bounds || out->kth_count) {
        reader.good = false;
    } else {
        take_inline(&reader, segment, tf_one, out);
    }
    if (reader.good && reader.at == reader.end) return OK;
    return segment_fail(segment, SECTION_PAIRS, error,
                        "invalid record of pair %u", number);
}
