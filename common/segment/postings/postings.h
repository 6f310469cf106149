/* postings.h - one term's list in one segment, ready for the hot loops.
 *
 * postings_open verifies the checksums of everything the list occupies and,
 * the first time a process meets the term, every structure in it (FORMAT.md,
 * "What a reader must refuse"). After that nothing here can fail: docids
 * ascend below document_count, widths are legal, norm codes fit a byte.
 *
 * All pointers lead into the mapped file; decoders may read 64 bytes past any
 * list. Read-only, so any number of threads may share a Postings.
 */
#ifndef QUERN_POSTINGS_POSTINGS_H
#define QUERN_POSTINGS_POSTINGS_H

#include "common/base/bytes.h"
#include "common/segment/dictionary/dictionary.h"

#define DOCID_NONE UINT32_MAX

typedef struct Postings {
    PostingsClass kind;
    bool is_pair; /* the list of two adjacent terms (pairs.h): the norm codes of
                     its postings are in `norms` alone, and there are no
                     positions */
    uint32_t number; /* of the term or the pair, TermRecord.number */
    uint32_t df;
    uint64_t total_tf;
    uint16_t max;             /* FORMAT.md, bounds */
    uint16_t kth[KTH_LEVELS]; /* 0 where df is smaller than k */

    /* inline */
    uint32_t docid, tf;

    /* short (one block) and blocks */
    uint32_t block_count;
    const uint8_t *last_docids; /* u32 each; blocks only */
    const uint8_t *headers;     /* 12 bytes each; blocks only */
    const uint8_t *data;        /* of the first block */
    uint8_t doc_bits, tf_bits, norm_bits, norm_min; /* short; bitmap: tf_bits */

    /* bitmap */
    const uint64_t *bits;      /* a whole number of 8 words */
    const uint32_t *ranks;     /* before each 512 documents */
    const uint8_t *tf_stream;  /* tf - 1 by number of posting */
    const uint8_t *exceptions; /* u32 number, u32 tf; ascending */
    uint32_t exception_count;

    /* bounds, or NULL */
    const uint8_t *range_bounds;  /* Segment.range_count, 64-byte aligned */
    const uint8_t *window_bounds; /* Segment.window_count */

    /* positions: see positions.h */
    bool has_positions;
    Span inline_positions;
    uint64_t positions_offset;
} Postings;

NODISCARD Status postings_open(Segment *segment, const TermRecord *record,
                               Postings *out, Error *error);

/* Where a list and its bounds are. */
static inline SectionKind list_section(const TermRecord *record)
{
    if (!record->is_pair) return SECTION_POSTINGS;
    return class_is_short(record->kind) ? SECTION_PAIRS : SECTION_PAIR_POSTINGS;
}

static inline SectionKind list_bounds_section(const TermRecord *record)
{
    return record->is_pair ? SECTION_PAIR_BOUNDS : SECTION_BOUNDS;
}

/* What FORMAT.md tells a reader to refuse before a term's first use: checks
 * `list`, whose pointers have been set but not followed. Called by
 * postings_open. */
NODISCARD Status postings_validate(Segment *segment, const TermRecord *record,
                                   const Postings *list, Error *error);

/* A block of up to 128 postings of a short or blocks list. */
typedef struct Block {
    const uint8_t *docs, *tfs, *norms; /* streams; norms NULL: of a pair */
    uint8_t doc_bits, tf_bits, norm_bits, norm_min;
    uint32_t count;
    uint32_t before; /* docid before the first delta; UINT32_MAX for -1 */
} Block;

static inline bool postings_is_inline(const Postings *list)
{
    return class_is_inline(list->kind);
}

static inline bool postings_is_bitmap(const Postings *list)
{
    return class_is_bitmap(list->kind);
}

/* Whether last docids and bounds of blocks are known: not of a short list,
 * which is one block. */
static inline bool postings_has_directory(const Postings *list)
{
    return class_has_directory(list->kind);
}

/* In how many blocks postings come: 1 of an inline list, 0 of a bitmap. */
static inline uint32_t postings_block_count(const Postings *list)
{
    return postings_is_inline(list) ? 1 : list->block_count;
}

static inline uint32_t postings_last_docid(const Postings *list, uint32_t block)
{
    return get_u32le(list->last_docids + 4 * (size_t)block);
}

/* The greatest x of a block as a byte; blocks only. */
static inline uint8_t postings_block_bound(const Postings *list, uint32_t block)
{
    return list->headers[BLOCK_HEADER_BYTES * (size_t)block + BLOCK_BOUND];
}

/* Not for bitmaps or inline. */
Block postings_block(const Postings *list, uint32_t block);

/* The tf of posting `number` of a bitmap. */
uint32_t postings_bitmap_tf(const Postings *list, uint32_t number);

/* The tf of postings of a bitmap from `first` on, a multiple of 8; `out` has
 * room for 16 more. */
void postings_bitmap_tfs(const Postings *list, uint32_t first, uint32_t count,
                         uint32_t *out);

/* How many of a bitmap's exceptions belong to postings before `number`. */
uint32_t postings_exception(const Postings *list, uint32_t number);

/* How many postings of a bitmap lie before docid. */
static inline uint32_t postings_rank(const Postings *list, uint32_t docid)
{
    uint32_t word = docid / 64;
    uint32_t rank = list->ranks[docid / BITMAP_RANK_DOCUMENTS];
    for (uint32_t i = word & ~7u; i < word; i++) {
        rank += (uint32_t)__builtin_popcountll(list->bits[i]);
    }
    uint64_t below = list->bits[word] & ((1ull << (docid % 64)) - 1);
    return rank + (uint32_t)__builtin_popcountll(below);
}

#endif
