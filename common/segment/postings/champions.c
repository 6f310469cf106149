/* champions.c - the documents to which a frequent term gives most. */
#include "common/segment/postings/champions.h"

#include "common/codec/bitpack.h"
#include "common/segment/segment_internal.h"

static uint32_t list_count(Span section)
{
    return get_u32le(section.data + CHAMPIONS_COUNT);
}

static const uint8_t *entry_at(Span section, uint32_t i)
{
    return section.data + CHAMPIONS_HEADER_BYTES +
           CHAMPIONS_ENTRY_BYTES * (size_t)i;
}

/* The entry of a term, or NULL. */
static const uint8_t *find_entry(Span section, uint32_t term)
{
    uint32_t low = 0, high = list_count(section);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const uint8_t *entry = entry_at(section, middle);
        uint32_t here = get_u32le(entry + CHAMPIONS_TERM);
        if (here == term) return entry;
        if (here < term) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* Where its list is, from the start of the section. */
static uint64_t list_offset(Span section, const uint8_t *entry)
{
    return CHAMPIONS_HEADER_BYTES +
           CHAMPIONS_ENTRY_BYTES * (uint64_t)list_count(section) +
           get_u64le(entry + CHAMPIONS_OFFSET);
}

static Champions list_at(Span section, const uint8_t *entry)
{
    const uint8_t *list = section.data + list_offset(section, entry);
    Champions out = {.count = get_u32le(entry + CHAMPIONS_TERM_COUNT),
                     .docs = list + CHAMPIONS_WIDTHS,
                     .doc_bits = list[0],
                     .tf_bits = list[1],
                     .norm_bits = list[2],
                     .norm_min = list[3]};
    out.tfs = out.docs + bitpack_bytes(out.count, out.doc_bits);
    out.norms = out.tfs + bitpack_bytes(out.count, out.tf_bits);
    return out;
}

Champions champions_find(const Segment *segment, const Postings *list)
{
    Span section = segment->sections[SECTION_CHAMPIONS];
    /* Whatever a damaged file says, others have not been verified. */
    if (!section.data || list->kind != POSTINGS_BITMAP) return (Champions){0};
    const uint8_t *entry = find_entry(section, list->number);
    return entry ? list_at(section, entry) : (Champions){0};
}

Champion champion_at(const Champions *champions, uint32_t i)
{
    const Champions *c = champions;
    return (Champion){bitpack_get(c->docs, c->doc_bits, i),
                      bitpack_get(c->tfs, c->tf_bits, i) + 1,
                      bitpack_get(c->norms, c->norm_bits, i) + c->norm_min};
}

static Status champions_fail(const Segment *segment, uint32_t term,
                             Error *error, const char *what)
{
    return segment_fail(segment, SECTION_CHAMPIONS, error,
                        "the list of term %u: %s", term, what);
}

static Status validate_numbers(const Segment *segment, uint32_t term,
                               const Champions *champions, Error *error)
{
    for (uint32_t i = 0; i < champions->count; i++) {
        Champion champion = champion_at(champions, i);
        if (champion.docid < segment->document_count && champion.tf &&
            champion.code < NORM_CODES) {
            continue;
        }
        return champions_fail(segment, term, error, "a number out of range");
    }
    return OK;
}

static Status verify_list(Segment *segment, uint32_t term, const uint8_t *entry,
                          Error *error)
{
    uint64_t offset = list_offset(segment->sections[SECTION_CHAMPIONS], entry);
    Status status = segment_verify(segment, SECTION_CHAMPIONS, offset,
                                   CHAMPIONS_WIDTHS, error);
    if (status != OK) return status;
    Champions list = list_at(segment->sections[SECTION_CHAMPIONS], entry);
    if (!width_legal(list.doc_bits) || !width_legal(list.tf_bits) ||
        !width_legal(list.norm_bits)) {
        return champions_fail(segment, term, error, "an impossible width");
    }
    if (list.count > MOST_CHAMPIONS) {
        return champions_fail(segment, term, error, "an impossible count");
    }
    uint64_t bytes = (uint64_t)(list.norms - list.docs) +
                     bitpack_bytes(list.count, list.norm_bits);
    status = segment_verify(segment, SECTION_CHAMPIONS,
                            offset + CHAMPIONS_WIDTHS, bytes, error);
    return status == OK ? validate_numbers(segment, term, &list, error)
                        : status;
}

Status champions_validate(Segment *segment, uint32_t term, Error *error)
{
    Span section = segment->sections[SECTION_CHAMPIONS];
    if (!section.data) return OK;
    Status status = segment_verify(segment, SECTION_CHAMPIONS, 0,
                                   CHAMPIONS_HEADER_BYTES, error);
    if (status != OK) return status;
    status = segment_verify(
        segment, SECTION_CHAMPIONS, CHAMPIONS_HEADER_BYTES,
        CHAMPIONS_ENTRY_BYTES * (uint64_t)list_count(section), error);
    if (status != OK) return status;
    const uint8_t *entry = find_entry(section, term);
    return entry ? verify_list(segment, term, entry, error) : OK;
}
