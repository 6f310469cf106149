/* postings_open.c - from a term's record to its list, verified on first use.
 *
 * Where everything of a list is follows from its record alone, without a look
 * at the list; so opening the list of a term again costs a bit test and
 * additions.
 */
#include "common/base/compiler.h"
#include "common/codec/block_codec.h"
#include "common/segment/postings/postings.h"
#include "common/segment/segment_internal.h"

/* Pointers to the parts of the list, which has not been read yet. */
static void locate_lists(const Segment *segment, const TermRecord *record,
                         Postings *out)
{
    const uint8_t *list = segment->sections[list_section(record)].data +
                          record->postings_offset;
    PREFETCH(list);
    PREFETCH(list + 64);
    out->data = list;
    if (class_is_short(record->kind)) {
        out->block_count = 1;
    } else if (class_has_directory(record->kind)) {
        size_t count = divide_up(record->df, BLOCK_POSTINGS);
        out->block_count = (uint32_t)count;
        out->last_docids = list;
        out->headers = list + 4 * count;
        out->data = out->headers + BLOCK_HEADER_BYTES * count;
    } else if (class_is_bitmap(record->kind)) {
        size_t rank_count = divide_up(segment->document_count,
                                      BITMAP_RANK_DOCUMENTS);
        size_t bits_bytes = rank_count * (BITMAP_RANK_DOCUMENTS / 8);
        size_t tf_bytes = codec_size(record->df, record->tf_bits);
        size_t tf_start = bits_bytes + 4 * rank_count;
        out->bits = (const void *)list;
        out->ranks = (const void *)(list + bits_bytes);
        out->tf_stream = list + tf_start;
        out->exceptions = list + round_up(tf_start + tf_bytes, 4);
        out->exception_count = record->exception_count;
    }
    if (record->has_bounds) {
        out->range_bounds =
            segment->sections[list_bounds_section(record)].data +
            record->bounds_offset;
        out->window_bounds = out->range_bounds +
                             round_up(segment->range_count, BOUNDS_ALIGNMENT);
    }
}

Status postings_open(Segment *segment, const TermRecord *record, Postings *out,
                     Error *error)
{
    *out = (Postings){.kind = record->kind,
                      .is_pair = record->is_pair,
                      .df = record->df,
                      .total_tf = record->total_tf,
                      .max = record->max,
                      .docid = record->docid,
                      .doc_bits = record->doc_bits,
                      .tf_bits = record->tf_bits,
                      .norm_bits = record->norm_bits,
                      .norm_min = record->norm_min,
                      .number = record->number,
                      .has_positions = record->has_positions,
                      .inline_positions = record->inline_positions,
                      .positions_offset = record->positions_offset};
    memcpy(out->kth, record->kth, sizeof out->kth);
    if (class_is_inline(record->kind)) {
        out->tf = (uint32_t)record->total_tf;
    } else {
        locate_lists(segment, record, out);
    }
    _Atomic uint64_t *verified = record->is_pair ? segment->verified_pairs
                                                 : segment->verified_terms;
    if (verified_bit(verified, record->number)) return OK;
    Status status = postings_validate(segment, record, out, error);
    if (status == OK) set_verified_bit(verified, record->number);
    return status;
}
