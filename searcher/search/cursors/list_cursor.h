/* list_cursor.h - walks one term's list in one segment.
 *
 * Hides the class of the list (FORMAT.md, postings): seeks a docid and gives
 * the ordinal and tf of its posting, or visits the postings of a docid range.
 * Calls go forward; list_cursor_rewind starts again. The arrays belong to the
 * cursor.
 */
#ifndef QUERN_CURSORS_LIST_CURSOR_H
#define QUERN_CURSORS_LIST_CURSOR_H

#include "common/segment/bm25.h"
#include "searcher/search/kernels/block_scores.h"

typedef struct ListCursor {
    /* Of the block that is unpacked. Aligned, so that no load of a vector
     * crosses a cache line: conjunctions take 5 % less. */
    _Alignas(64) uint32_t docs[CURSOR_ROOM];

    const Postings *list;
    const RangeKernels *kernels;
    const float *inverse; /* Bm25.inverse */
    const uint8_t *norms; /* of the segment */
    float weight;

    uint32_t block; /* where the next search for a docid starts */
    uint32_t
        docs_block;   /* the block whose docids are in `docs`, or UINT32_MAX */
    Block view;       /* the streams of that block */
    uint32_t at;      /* index of the posting found, in its block */
    uint32_t ordinal; /* index of the posting found, in its list */
    uint32_t decoded; /* blocks unpacked since list_cursor_init, for traces */
} ListCursor;

/* list->df > 0. */
void list_cursor_init(ListCursor *cursor, const Postings *list,
                      const float *inverse, const uint8_t *norms, float weight);

void list_cursor_rewind(ListCursor *cursor);

/* Whether the list has docid. Docids must not descend. */
bool list_cursor_find(ListCursor *cursor, uint32_t docid);

/* The tf of the posting found last. */
uint32_t list_cursor_tf(const ListCursor *cursor);

static inline float list_cursor_score(const ListCursor *cursor, uint32_t docid)
{
    return bm25_score(cursor->weight, list_cursor_tf(cursor),
                      cursor->inverse[cursor->norms[docid]]);
}

/* For blocks lists: unpacks the block with the first docid >= `first` and
 * returns its index there. cursor->block is block_count if there is no such
 * docid. */
uint32_t list_cursor_enter(ListCursor *cursor, uint32_t first);

/* For blocks lists: the block with the first docid >= `first`. */
uint32_t list_cursor_find_block(ListCursor *cursor, uint32_t first);

/* The number of docids of the unpacked block that are below docid. */
uint32_t list_cursor_below(const ListCursor *cursor, uint32_t docid);

/* Unpacks the docids of a block of a short or blocks list. */
void list_cursor_load(ListCursor *cursor, uint32_t block);

/* The scores of all postings of the unpacked block, with this weight; scores
 * has CURSOR_ROOM. */
static inline void list_cursor_block_scores(const ListCursor *cursor,
                                            float weight, float *scores)
{
    BlockScoring scoring = {cursor->kernels, cursor->inverse, cursor->norms,
                            weight};
    block_scores(&scoring, &cursor->view, cursor->docs, scores);
}

/* The norm code of posting i of the unpacked block. */
static inline uint32_t list_cursor_norm(const ListCursor *cursor, uint32_t i)
{
    const Block *view = &cursor->view;
    return view->norms
               ? codec_get(view->norms, view->norm_bits, i) + view->norm_min
               : cursor->norms[cursor->docs[i]];
}

/* Intersects up to 128 ascending docids with a list that is not a bitmap:
 * docs[found[n]] are in the list, with scores[n] unless `scores` is NULL.
 * Returns how many. docs is readable for CURSOR_ROOM; found and scores have
 * CURSOR_ROOM. Calls go forward. */
uint32_t list_cursor_match(ListCursor *cursor, const uint32_t *docs,
                           uint32_t count, uint8_t *found, float *scores);

/* The same with the ordinals of their postings in place of scores. */
uint32_t list_cursor_match_ordinals(ListCursor *cursor, const uint32_t *docs,
                                    uint32_t count, uint8_t *found,
                                    uint32_t *ordinals);

/* Keeps the docids, of up to 128 ascending ones, that the list has; returns how
 * many. docs is readable for CURSOR_ROOM. Calls go forward. */
uint32_t list_cursor_keep(ListCursor *cursor, uint32_t *docs, uint32_t count);

/* Sets the bits of the list's documents with first <= docid < end; bit 0 is
 * document `first`, a multiple of 64. Docid ranges must ascend. */
void list_cursor_mark(ListCursor *cursor, uint32_t first, uint32_t end,
                      uint64_t *bits);

/* Called with the docid and tf of each posting. */
typedef void (*PostingVisitor)(void *self, uint32_t docid, uint32_t tf);

/* Visits the postings with first <= docid < end. Docid ranges must ascend. */
void list_cursor_visit(ListCursor *cursor, uint32_t first, uint32_t end,
                       PostingVisitor visit, void *self);

#endif
