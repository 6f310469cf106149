/* check_champions.c - a term's champions against its postings. */
#include "common/base/bytes.h"
#include "common/segment/check/segment_check_internal.h"
#include "common/segment/postings/champions.h"

#include <stdlib.h>

Status check_champion_table(const Segment *segment, SectionKind kind,
                            uint32_t limit, Error *error)
{
    Span section = segment->sections[kind];
    if (!section.data) return OK;
    uint64_t count = get_u32le(section.data + CHAMPIONS_COUNT);
    bool good = get_u32le(section.data + CHAMPIONS_ZERO) == 0 &&
                count <= (section.size - CHAMPIONS_HEADER_BYTES) /
                             CHAMPIONS_ENTRY_BYTES;
    uint64_t next = 0; /* the first term that may come */
    for (uint64_t i = 0; good && i < count; i++) {
        const uint8_t *entry = section.data + CHAMPIONS_HEADER_BYTES +
                               CHAMPIONS_ENTRY_BYTES * i;
        uint32_t term = get_u32le(entry + CHAMPIONS_TERM);
        good = term >= next && term < limit;
        next = (uint64_t)term + 1;
    }
    if (good) return OK;
    return segment_fail(segment, kind, error,
                        "its entries are not in ascending order of %s",
                        kind == SECTION_CHAMPIONS ? "terms" : "pairs");
}

/* Greatest product first, of equal ones the first docid. */
static int compare_strength(const void *a, const void *b)
{
    const Strength *x = a, *y = b;
    if (x->product != y->product) return x->product < y->product ? 1 : -1;
    return (x->docid > y->docid) - (x->docid < y->docid);
}

Status check_champions(SegmentCheck *check, const Postings *list, Error *error)
{
    const uint8_t *norms = check->segment->sections[SECTION_NORMS].data;
    Champions champions = champions_find(check->segment, list);
    if (!champions.count) return OK;
    if (list->is_pair) {
        check->pair_champion_lists++;
    } else {
        check->champion_lists++;
    }
    Strength *strengths = (void *)check->strengths.data;
    size_t count = check->strengths.size / sizeof *strengths;
    bool good = champions.count <= count;
    qsort(strengths, count, sizeof *strengths, compare_strength);
    for (uint32_t i = 0; good && i < champions.count; i++) {
        Champion champion = champion_at(&champions, i);
        good = champion.docid == strengths[i].docid &&
               champion.tf == strengths[i].tf &&
               champion.code == norms[champion.docid];
    }
    if (good) return OK;
    return segment_fail(
        check->segment,
        list->is_pair ? SECTION_PAIR_CHAMPIONS : SECTION_CHAMPIONS, error,
        "the list of %s %u is not that of its best postings",
        list->is_pair ? "pair" : "term", list->number);
}

Status check_champion_lists(const SegmentCheck *check, Error *error)
{
    Span section = check->segment->sections[SECTION_CHAMPIONS];
    if (!section.data ||
        get_u32le(section.data + CHAMPIONS_COUNT) == check->champion_lists) {
        return OK;
    }
    return segment_fail(check->segment, SECTION_CHAMPIONS, error,
                        "the champions of a term whose list is not a bitmap");
}
