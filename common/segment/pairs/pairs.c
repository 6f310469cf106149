/* pairs.c - finds the list of two adjacent words.
 *
 * Binary search for each word among the frequent ones, then for the second
 * among those that come after the first; nothing is hashed.
 */
#include "common/segment/pairs/pairs.h"

#include "common/base/varint.h"
#include "common/segment/pairs/pair_record.h"
#include "common/segment/pairs/pair_tables.h"
#include "common/segment/segment_internal.h"

Status pairs_verify(Segment *segment, Error *error)
{
    PairTables tables = pair_tables(segment);
    return segment_verify(segment, SECTION_PAIRS, 0, tables.records_start,
                          error);
}

uint32_t pairs_word(const Segment *segment, uint32_t i)
{
    PairTables tables = pair_tables(segment);
    return get_u32le(tables.words + 4 * (size_t)i);
}

/* Index of a word among the frequent ones; false if it is not one. */
static bool find_word(const Segment *segment, const PairTables *tables,
                      uint32_t ordinal, uint32_t *index)
{
    uint32_t low = 0, high = segment->pair_words;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t here = get_u32le(tables->words + 4 * (size_t)middle);
        if (here == ordinal) {
            *index = middle;
            return true;
        }
        if (here < ordinal) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

/* Which pairs a word begins: numbers *low to *high - 1. */
static void find_range(const Segment *segment, const PairTables *tables,
                       uint32_t first, uint32_t *low, uint32_t *high)
{
    const uint8_t *start = tables->starts + 4 * (size_t)first;
    *low = get_u32le(start);
    *high = get_u32le(start + 4);
    if (*high > segment->pair_count) *high = segment->pair_count;
    if (*low > *high) *low = *high;
}

/* Number of the pair with this second word among those from `low` to `high`;
 * false if there is none. */
static bool find_pair(const PairTables *tables, uint32_t low, uint32_t high,
                      uint32_t second, uint32_t *number)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t here = get_u16le(tables->seconds + 2 * (size_t)middle);
        if (here == second) {
            *number = middle;
            return true;
        }
        if (here < second) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

static Status group_fail(const Segment *segment, uint32_t group, Error *error)
{
    return segment_fail(segment, SECTION_PAIRS, error,
                        "invalid group %u of pairs", group);
}

/* The records of 16 pairs. */
static Status open_group(Segment *segment, uint32_t group, Span *out,
                         Error *error)
{
    PairTables tables = pair_tables(segment);
    const uint8_t *at = tables.groups + 8 * (size_t)group;
    Status status = segment_verify(
        segment, SECTION_PAIRS,
        (uint64_t)(at - segment->sections[SECTION_PAIRS].data), 16, error);
    if (status != OK) return status;
    uint64_t start = get_u64le(at), end = get_u64le(at + 8);
    uint64_t size = segment->sections[SECTION_PAIRS].size -
                    tables.records_start;
    if (start > end || end > size) return group_fail(segment, group, error);
    *out = span_of(tables.records + start, end - start);
    return segment_verify(segment, SECTION_PAIRS, tables.records_start + start,
                          end - start, error);
}

static bool take_record(const uint8_t **at, const uint8_t *end, Span *out)
{
    uint64_t size;
    if (!varint_get(at, end, &size) || size > (uint64_t)(end - *at))
        return false;
    *out = span_of(*at, size);
    *at += size;
    return true;
}

static Status find_record(Segment *segment, uint32_t number, TermRecord *out,
                          Error *error)
{
    Span group, record = {0};
    Status status = open_group(segment, number / PAIR_GROUP_PAIRS, &group,
                               error);
    if (status != OK) return status;
    const uint8_t *at = group.data, *end = group.data + group.size;
    for (uint32_t i = 0; i <= number % PAIR_GROUP_PAIRS; i++) {
        if (!take_record(&at, end, &record))
            return group_fail(segment, number / PAIR_GROUP_PAIRS, error);
    }
    return pair_record_parse(segment, number, record, out, error);
}

/* The number of the pair of two words, if *presence becomes PAIR_STORED. Only
 * the tables of words are verified as a whole: a segment may have millions of
 * pairs. */
static Status find_number(Segment *segment, uint32_t first, uint32_t second,
                          uint32_t *number, PairPresence *presence,
                          Error *error)
{
    PairTables tables = pair_tables(segment);
    uint64_t seconds_start = (uint64_t)(tables.seconds - tables.words) +
                             PAIRS_HEADER_BYTES;
    uint32_t a, b, low, high;
    Status status = segment_verify(segment, SECTION_PAIRS, 0, seconds_start,
                                   error);
    if (status != OK) return status;
    if (!find_word(segment, &tables, first, &a) ||
        !find_word(segment, &tables, second, &b)) {
        return OK;
    }
    find_range(segment, &tables, a, &low, &high);
    status = segment_verify(segment, SECTION_PAIRS,
                            seconds_start + 2 * (uint64_t)low,
                            2 * (uint64_t)(high - low), error);
    if (status != OK) return status;
    *presence = find_pair(&tables, low, high, b, number) ? PAIR_STORED
                                                         : PAIR_ABSENT;
    return OK;
}

Status pairs_find(Segment *segment, uint32_t first, uint32_t second,
                  Postings *out, PairPresence *presence, Error *error)
{
    *presence = PAIR_UNKNOWN;
    *out = (Postings){0};
    if (segment->pair_words == 0) return OK;
    uint32_t number = 0; /* gcc does not see that it is set if stored */
    Status status = find_number(segment, first, second, &number, presence,
                                error);
    if (status != OK || *presence != PAIR_STORED) return status;
    TermRecord record;
    status = find_record(segment, number, &record, error);
    if (status == OK) status = postings_open(segment, &record, out, error);
    if (status != OK) *presence = PAIR_UNKNOWN;
    return status;
}

Status pair_walk_next(PairWalk *walk, Pair *out, bool *found, Error *error)
{
    Segment *segment = walk->segment;
    *found = false;
    if (walk->next >= segment->pair_count) return OK;
    uint32_t number = walk->next;
    uint32_t group = number / PAIR_GROUP_PAIRS;
    Status status = OK;
    Span span, record;
    if (number % PAIR_GROUP_PAIRS == 0) {
        status = open_group(segment, group, &span, error);
        if (status != OK) return status;
        walk->at = span.data;
        walk->end = span.data + span.size;
    }
    if (!take_record(&walk->at, walk->end, &record))
        return group_fail(segment, group, error);
    PairTables tables = pair_tables(segment);
    while (walk->first + 1 < segment->pair_words &&
           get_u32le(tables.starts + 4 * ((size_t)walk->first + 1)) <= number) {
        walk->first++;
    }
    out->first = walk->first;
    out->second = get_u16le(tables.seconds + 2 * (size_t)number);
    status = pair_record_parse(segment, number, record, &out->record, error);
    *found = status == OK;
    walk->next++;
    return status;
}
