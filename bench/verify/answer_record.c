/* answer_record.c - the answers to one query, from process to process. */
#include "bench/verify/answer_record.h"

#include "common/base/bytes.h"

#include <stdlib.h>

enum { HIT_BYTES = 12, MAX_DEPTH = 1000000 };

static Status add_depth(Depths *depths, uint32_t depth, Span text, Error *error)
{
    for (size_t i = 0; i < depths->count; i++) {
        if (depths->items[i] == depth)
            return fail(error, ERR_USAGE, "-k: %u is given twice", depth);
    }
    if (depth == 0) {
        return fail(error, ERR_USAGE,
                    "-k: '%.*s' is not a number from 1 to %d; separate several "
                    "by commas",
                    SPAN_ARGS(text), MAX_DEPTH);
    }
    if (depths->count == MAX_DEPTHS)
        return fail(error, ERR_USAGE, "-k: more than %d numbers", MAX_DEPTHS);
    depths->items[depths->count++] = depth;
    return OK;
}

/* 0 if it is not a number from 1 to MAX_DEPTH. */
static uint32_t parse_depth(Span text)
{
    uint32_t depth = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return 0;
        depth = 10 * depth + (uint32_t)(text.data[i] - '0');
        if (depth > MAX_DEPTH) return 0;
    }
    return depth;
}

Status depths_parse(const char *text, Depths *out, Error *error)
{
    *out = (Depths){0};
    for (;;) {
        Span one = span_of(text, strcspn(text, ","));
        Status status = add_depth(out, parse_depth(one), one, error);
        if (status != OK || !text[one.size]) return status;
        text += one.size + 1;
    }
}

static RecordHit hit_at(const Hit *hits, size_t count, size_t i)
{
    if (i >= count) return (RecordHit){0};
    RecordHit hit = {.has_hit = true, .document = hits[i].document};
    memcpy(&hit.score_bits, &hits[i].score, sizeof hit.score_bits);
    return hit;
}

static bool is_same(RecordHit a, RecordHit b)
{
    return a.has_hit == b.has_hit && a.document == b.document &&
           a.score_bits == b.score_bits;
}

HitDifference hits_first_difference(const Hit *first, size_t first_count,
                                    const Hit *second, size_t second_count)
{
    for (size_t i = 0; i < first_count || i < second_count; i++) {
        RecordHit a = hit_at(first, first_count, i);
        RecordHit b = hit_at(second, second_count, i);
        if (!is_same(a, b)) return (HitDifference){(uint32_t)i + 1, a, b};
    }
    return (HitDifference){0};
}

static void put_hit(Buf *out, RecordHit hit)
{
    buf_put_u64le(out, hit.document);
    buf_put_u32le(out, hit.score_bits);
}

void put_record_hits(Buf *out, const Hit *hits, size_t count,
                     const HitDifference *difference)
{
    buf_put_u32le(out, (uint32_t)count);
    for (size_t i = 0; i < count; i++) put_hit(out, hit_at(hits, count, i));
    buf_put_u32le(out, difference->rank);
    buf_put_byte(out, difference->first.has_hit);
    put_hit(out, difference->first);
    buf_put_byte(out, difference->second.has_hit);
    put_hit(out, difference->second);
}

void put_record_counts(Buf *out, uint64_t count, uint64_t exhaustive_count)
{
    buf_put_u64le(out, count);
    buf_put_u64le(out, exhaustive_count);
}

/* Removes `size` bytes from the front; false if there are fewer. */
static bool take(Span *rest, size_t size, Span *out)
{
    if (rest->size < size) return false;
    *out = span_of(rest->data, size);
    *rest = span_of(rest->data + size, rest->size - size);
    return true;
}

static RecordHit read_hit(const uint8_t *at, bool has_hit)
{
    return (RecordHit){has_hit, get_u64le(at), get_u32le(at + 8)};
}

static bool take_part(Span *rest, RecordPart *part)
{
    Span count, rank, one, other;
    if (!take(rest, 4, &count)) return false;
    part->hit_count = get_u32le(count.data);
    if (!take(rest, (size_t)part->hit_count * HIT_BYTES, &part->hits) ||
        !take(rest, 4, &rank) || !take(rest, 1 + HIT_BYTES, &one) ||
        !take(rest, 1 + HIT_BYTES, &other))
        return false;
    part->difference = (HitDifference){
        get_u32le(rank.data), read_hit(one.data + 1, one.data[0] != 0),
        read_hit(other.data + 1, other.data[0] != 0)};
    return true;
}

bool answer_record_parse(Span bytes, size_t depths, AnswerRecord *out)
{
    Span counts;
    for (size_t i = 0; i < depths; i++) {
        if (!take_part(&bytes, &out->parts[i])) return false;
    }
    if (!take(&bytes, 16, &counts) || bytes.size) return false;
    out->count = get_u64le(counts.data);
    out->exhaustive_count = get_u64le(counts.data + 8);
    return true;
}

RecordHit record_hit(const RecordPart *part, uint32_t index)
{
    if (index >= part->hit_count) return (RecordHit){0};
    return read_hit(part->hits.data + (size_t)index * HIT_BYTES, true);
}

HitDifference record_first_difference(const RecordPart *first,
                                      const RecordPart *second)
{
    if (span_equal(first->hits, second->hits)) return (HitDifference){0};
    for (uint32_t i = 0; i < first->hit_count || i < second->hit_count; i++) {
        RecordHit a = record_hit(first, i), b = record_hit(second, i);
        if (!is_same(a, b)) return (HitDifference){i + 1, a, b};
    }
    return (HitDifference){0};
}
