/* champions.c - the best postings of a frequent term. */
#include "common/segment/postings/champions.h"

#include "common/codec/block_codec.h"
#include "common/segment/segment_internal.h"

#include <math.h>

static SectionKind section_of(const Postings *list)
{
    return list->is_pair ? SECTION_PAIR_CHAMPIONS : SECTION_CHAMPIONS;
}

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
    out.tfs = out.docs + codec_size(out.count, out.doc_bits);
    out.norms = out.tfs + codec_size(out.count, out.tf_bits);
    return out;
}

Champions champions_find(const Segment *segment, const Postings *list)
{
    Span section = segment->sections[section_of(list)];
    /* Only those of bitmaps have been verified. */
    if (!section.data || !postings_is_bitmap(list)) return (Champions){0};
    const uint8_t *entry = find_entry(section, list->number);
    return entry ? list_at(section, entry) : (Champions){0};
}

Champion champion_at(const Champions *champions, uint32_t i)
{
    const Champions *c = champions;
    return (Champion){codec_get(c->docs, c->doc_bits, i),
                      codec_get(c->tfs, c->tf_bits, i) + 1,
                      codec_get(c->norms, c->norm_bits, i) + c->norm_min};
}

static Status champions_fail(const Segment *segment, const Postings *list,
                             Error *error, const char *what)
{
    return segment_fail(segment, section_of(list), error,
                        "the list of %s %u: %s",
                        list->is_pair ? "pair" : "term", list->number, what);
}

/* Whether it is a posting of the list, whose bits are in order. */
static bool is_posting(const Segment *segment, const Postings *list,
                       const Champion *champion)
{
    uint32_t docid = champion->docid;
    if (docid >= segment->document_count) return false;
    if (!(list->bits[docid / 64] >> (docid % 64) & 1)) return false;
    return champion->code == segment->sections[SECTION_NORMS].data[docid] &&
           champion->tf == postings_bitmap_tf(list, postings_rank(list, docid));
}

/* Each is a posting of the list, in order of products, so none is repeated. */
static Status validate_numbers(const Segment *segment, const Postings *list,
                               const Champions *champions, Error *error)
{
    Bm25 bm25;
    bm25_init_average(&bm25, segment->k1, segment->b, segment->average_length);
    float product_before = INFINITY;
    uint32_t docid_before = 0;
    for (uint32_t i = 0; i < champions->count; i++) {
        Champion champion = champion_at(champions, i);
        if (!is_posting(segment, list, &champion)) {
            return champions_fail(
                segment, list, error,
                "a champion that is not a posting of the list");
        }
        float product = (float)champion.tf * bm25.inverse[champion.code];
        if (!(product < product_before) &&
            !(product == product_before &&
              (i == 0 || champion.docid > docid_before))) {
            return champions_fail(segment, list, error, "not in order");
        }
        product_before = product;
        docid_before = champion.docid;
    }
    return OK;
}

static Status verify_list(Segment *segment, const Postings *postings,
                          const uint8_t *entry, Error *error)
{
    SectionKind kind = section_of(postings);
    uint64_t offset = list_offset(segment->sections[kind], entry);
    Status status = segment_verify(segment, kind, offset, CHAMPIONS_WIDTHS,
                                   error);
    if (status != OK) return status;
    Champions list = list_at(segment->sections[kind], entry);
    if (!codec_width_is_legal(list.doc_bits) ||
        !codec_width_is_legal(list.tf_bits) ||
        !codec_width_is_legal(list.norm_bits)) {
        return champions_fail(segment, postings, error, "invalid width");
    }
    if (list.count == 0 || list.count > MAX_CHAMPIONS ||
        list.count > postings->df / CHAMPIONS_SHARE) {
        return champions_fail(segment, postings, error, "invalid count");
    }
    uint64_t bytes = (uint64_t)(list.norms - list.docs) +
                     codec_size(list.count, list.norm_bits);
    status = segment_verify(segment, kind, offset + CHAMPIONS_WIDTHS, bytes,
                            error);
    return status == OK ? validate_numbers(segment, postings, &list, error)
                        : status;
}

Status champions_validate(Segment *segment, const Postings *list, Error *error)
{
    SectionKind kind = section_of(list);
    Span section = segment->sections[kind];
    if (!section.data) return OK;
    Status status = segment_verify(segment, kind, 0, CHAMPIONS_HEADER_BYTES,
                                   error);
    if (status != OK) return status;
    status = segment_verify(
        segment, kind, CHAMPIONS_HEADER_BYTES,
        CHAMPIONS_ENTRY_BYTES * (uint64_t)list_count(section), error);
    if (status != OK) return status;
    const uint8_t *entry = find_entry(section, list->number);
    return entry ? verify_list(segment, list, entry, error) : OK;
}
