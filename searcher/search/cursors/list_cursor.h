/* list_cursor.h - walks one term's list in one segment.
 *
 * Every class of list (FORMAT.md, postings) looks alike from here: seek a
 * docid, learn the number and tf of its posting, or take all postings of a
 * stretch of documents with their scores. Calls go forward; list_cursor_rewind
 * starts again. The arrays belong to the cursor.
 */
#ifndef QUERN_CURSORS_LIST_CURSOR_H
#define QUERN_CURSORS_LIST_CURSOR_H

#include "common/segment/bm25.h"
#include "searcher/search/kernels/block_scores.h"

typedef struct ListCursor {
    const Postings *list;
    const RangeKernels *kernels;
    const float *inverse; /* Bm25.inverse */
    const uint8_t *norms; /* of the segment */
    float weight;

    uint32_t block;      /* where the search for a docid goes on */
    uint32_t docs_block; /* whose docids are in `docs`; UINT32_MAX: none */
    Block view;          /* the streams of that block */
    uint32_t at;         /* of the posting that was found, in its block */
    uint32_t ordinal;    /* of the posting that was found, in its list */

    uint32_t docs[CURSOR_ROOM];
} ListCursor;

/* list->df > 0. */
void list_cursor_init(ListCursor *cursor, const Postings *list,
                      const float *inverse, const uint8_t *norms, float weight);

void list_cursor_rewind(ListCursor *cursor);

/* Whether the list holds docid; not less than at the last call. */
bool list_cursor_find(ListCursor *cursor, uint32_t docid);

/* Of the posting that was found last. */
uint32_t list_cursor_tf(const ListCursor *cursor);

static inline float list_cursor_score(const ListCursor *cursor, uint32_t docid)
{
    return bm25_score(cursor->weight, list_cursor_tf(cursor),
                      cursor->inverse[cursor->norms[docid]]);
}

/* For blocks lists: unpacks the block in which docids not below `first` begin
 * and returns the place of the first such docid in it. If there is none,
 * cursor->block is block_count. */
uint32_t list_cursor_enter(ListCursor *cursor, uint32_t first);

/* For blocks lists: the block in which docids not below `first` begin. */
uint32_t list_cursor_find_block(ListCursor *cursor, uint32_t first);

/* How many docids of the unpacked block are below docid. */
uint32_t list_cursor_below(const ListCursor *cursor, uint32_t docid);

/* Unpacks the docids of a block of a short or blocks list. */
void list_cursor_load(ListCursor *cursor, uint32_t block);

/* Which of up to 128 ascending docids a list that is no bitmap holds:
 * docs[found[n]]; how many. Their scores, unless `scores` is NULL. docs is
 * readable for CURSOR_ROOM, and so much room have the others. Calls go
 * forward. */
uint32_t list_cursor_match(ListCursor *cursor, const uint32_t *docs,
                           uint32_t count, uint8_t *found, float *scores);

/* Keeps of up to 128 ascending docids those that the list has; how many.
 * docs is readable for CURSOR_ROOM. Calls go forward. */
uint32_t list_cursor_keep(ListCursor *cursor, uint32_t *docs, uint32_t count);

/* Sets the bits of the list's documents with first <= docid < end; bit 0 is
 * document `first`, a multiple of 64. Stretches go forward. */
void list_cursor_mark(ListCursor *cursor, uint32_t first, uint32_t end,
                      uint64_t *bits);

/* Told of each posting in a stretch: its docid, number and tf. */
typedef void (*PostingVisitor)(void *self, uint32_t docid, uint32_t tf);

/* Visits the postings with first <= docid < end; stretches go forward. */
void list_cursor_visit(ListCursor *cursor, uint32_t first, uint32_t end,
                       PostingVisitor visit, void *self);

#endif
