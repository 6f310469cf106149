/* pair_facts.c - the record of a pair, and the bytes that a pair takes. */
#include "common/segment/pairs/pair_facts.h"

#include "common/base/varint.h"
#include "common/segment/segment_internal.h"

void pair_record_put(Buf *out, const TermFacts *facts,
                     const PairOffsets *offsets)
{
    bool tf_one = facts->total_tf == facts->df;
    buf_put_byte(out, (uint8_t)((uint32_t)facts->kind |
                                (facts->has_bounds ? RECORD_HAS_BOUNDS : 0) |
                                facts->kth_count << RECORD_KTH_SHIFT |
                                (tf_one ? PAIR_TF_ONE : 0)));
    if (class_is_inline(facts->kind)) {
        buf_put_varint(out, facts->docid);
        if (!tf_one) buf_put_varint(out, facts->total_tf);
        return;
    }
    buf_put_varint(out, facts->df);
    if (!tf_one) buf_put_varint(out, facts->total_tf - facts->df);
    buf_put_u16le(out, facts->max);
    for (uint32_t i = 0; i < facts->kth_count; i++)
        buf_put_u16le(out, facts->kth[i]);
    if (class_is_short(facts->kind)) {
        buf_put_byte(out, facts->doc_bits);
        if (!tf_one) buf_put_byte(out, facts->tf_bits);
        return;
    }
    if (class_is_bitmap(facts->kind)) {
        buf_put_byte(out, facts->tf_bits);
        buf_put_varint(out, facts->exception_count);
    }
    buf_put_u32le(out, offsets->list);
    if (facts->has_bounds) buf_put_u32le(out, offsets->bounds);
}

static uint32_t varint_bytes(uint64_t value)
{
    uint8_t bytes[VARINT_MAX_BYTES];
    return (uint32_t)(varint_put(bytes, value) - bytes);
}

/* As pair_record_put writes it. */
uint64_t pair_record_bytes(const PairFacts *pair)
{
    const TermFacts *facts = &pair->facts;
    bool tf_one = facts->total_tf == facts->df;
    uint64_t size = 1;
    if (class_is_inline(facts->kind)) {
        size += varint_bytes(facts->docid);
        if (!tf_one) size += varint_bytes(facts->total_tf);
    } else {
        size += varint_bytes(facts->df) + 2 + 2 * facts->kth_count;
        if (!tf_one) size += varint_bytes(facts->total_tf - facts->df);
    }
    if (class_is_short(facts->kind))
        size += (tf_one ? 1 : 2) + pair->list_bytes;
    if (class_is_bitmap(facts->kind))
        size += 1 + varint_bytes(facts->exception_count);
    if (class_has_groups(facts->kind)) size += 4;
    if (facts->has_bounds) size += 4;
    return varint_bytes(size) + size;
}

uint64_t pair_bounds_bytes(uint32_t documents)
{
    uint64_t ranges = divide_up(documents, RANGE_DOCUMENTS);
    uint64_t windows = divide_up(documents, WINDOW_DOCUMENTS);
    return round_up(ranges, BOUNDS_ALIGNMENT) +
           round_up(windows, BOUNDS_ALIGNMENT);
}
