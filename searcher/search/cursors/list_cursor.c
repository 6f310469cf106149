/* list_cursor.c - walks one term's list in one segment. */
#include "searcher/search/cursors/list_cursor.h"

#include "common/codec/block_codec.h"

static const uint32_t NO_BLOCK = UINT32_MAX;

void list_cursor_init(ListCursor *cursor, const Postings *list,
                      const float *inverse, const uint8_t *norms, float weight)
{
    cursor->list = list;
    cursor->kernels = range_kernels();
    cursor->inverse = inverse;
    cursor->norms = norms;
    cursor->weight = weight;
    cursor->docs_block = NO_BLOCK;
    cursor->decoded = 0;
    list_cursor_rewind(cursor);
}

void list_cursor_rewind(ListCursor *cursor)
{
    cursor->block = 0;
}

void list_cursor_load(ListCursor *cursor, uint32_t block)
{
    if (cursor->docs_block == block) return;
    cursor->view = postings_block(cursor->list, block);
    cursor->docs_block = block;
    cursor->decoded++;
    codec_decode_deltas(cursor->view.docs, cursor->view.doc_bits,
                        cursor->view.count, cursor->view.before, cursor->docs);
}

/* The first block from `block` on that ends at docid or later (galloping
 * search); block_count if no block does. */
static uint32_t find_block(const Postings *list, uint32_t block, uint32_t docid)
{
    uint32_t count = list->block_count;
    if (block >= count || postings_last_docid(list, block) >= docid) {
        return block;
    }
    uint32_t low = block, step = 1; /* low ends before docid */
    while (count - low > step &&
           postings_last_docid(list, low + step) < docid) {
        low += step;
        step *= 2;
    }
    uint32_t high = count - low > step ? low + step : count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (postings_last_docid(list, middle) < docid) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

/* Moves on to the block that has docid if any has. */
static uint32_t seek_block(ListCursor *cursor, uint32_t docid)
{
    const Postings *list = cursor->list;
    if (!postings_has_directory(list)) return 0;
    return cursor->block = find_block(list, cursor->block, docid);
}

uint32_t list_cursor_below(const ListCursor *cursor, uint32_t docid)
{
    return cursor->kernels->count_below(cursor->docs, cursor->view.count,
                                        docid);
}

uint32_t list_cursor_find_block(ListCursor *cursor, uint32_t first)
{
    return cursor->block = find_block(cursor->list, cursor->block, first);
}

uint32_t list_cursor_enter(ListCursor *cursor, uint32_t first)
{
    cursor->block = find_block(cursor->list, cursor->block, first);
    if (cursor->block >= cursor->list->block_count) return 0;
    list_cursor_load(cursor, cursor->block);
    return list_cursor_below(cursor, first);
}

static bool find_in_blocks(ListCursor *cursor, uint32_t docid)
{
    const Postings *list = cursor->list;
    uint32_t block = seek_block(cursor, docid);
    if (block >= list->block_count) return false;
    list_cursor_load(cursor, block);
    uint32_t at = list_cursor_below(cursor, docid);
    cursor->at = at;
    cursor->ordinal = block * BLOCK_POSTINGS + at;
    return at < cursor->view.count && cursor->docs[at] == docid;
}

static bool find_in_bitmap(ListCursor *cursor, uint32_t docid)
{
    const Postings *list = cursor->list;
    if (!(list->bits[docid / 64] >> (docid % 64) & 1)) return false;
    cursor->ordinal = postings_rank(list, docid);
    return true;
}

bool list_cursor_find(ListCursor *cursor, uint32_t docid)
{
    const Postings *list = cursor->list;
    if (postings_is_bitmap(list)) return find_in_bitmap(cursor, docid);
    if (!postings_is_inline(list)) return find_in_blocks(cursor, docid);
    cursor->ordinal = 0;
    return list->docid == docid;
}

uint32_t list_cursor_tf(const ListCursor *cursor)
{
    const Postings *list = cursor->list;
    if (postings_is_bitmap(list)) {
        return postings_bitmap_tf(list, cursor->ordinal);
    }
    if (postings_is_inline(list)) return list->tf;
    return codec_get(cursor->view.tfs, cursor->view.tf_bits, cursor->at) + 1;
}

static void visit_blocks(ListCursor *cursor, uint32_t first, uint32_t end,
                         PostingVisitor visit, void *self)
{
    const Postings *list = cursor->list;
    uint32_t block = seek_block(cursor, first);
    for (; block < list->block_count; block++) {
        list_cursor_load(cursor, block);
        const Block *view = &cursor->view;
        uint32_t i = list_cursor_below(cursor, first);
        for (; i < view->count; i++) {
            if (cursor->docs[i] >= end) return;
            uint32_t tf = codec_get(view->tfs, view->tf_bits, i) + 1;
            visit(self, cursor->docs[i], tf);
        }
    }
}

static void visit_bitmap(const Postings *list, uint32_t first, uint32_t end,
                         PostingVisitor visit, void *self)
{
    uint32_t ordinal = postings_rank(list, first);
    for (uint32_t word = first / 64; word * 64 < end; word++) {
        uint64_t bits = list->bits[word];
        if (word == first / 64) bits &= ~0ull << (first % 64);
        if (end - word * 64 < 64) bits &= (1ull << (end - word * 64)) - 1;
        for (; bits; bits &= bits - 1) {
            uint32_t docid = word * 64 + (uint32_t)__builtin_ctzll(bits);
            visit(self, docid, postings_bitmap_tf(list, ordinal++));
        }
    }
}

void list_cursor_visit(ListCursor *cursor, uint32_t first, uint32_t end,
                       PostingVisitor visit, void *self)
{
    const Postings *list = cursor->list;
    if (postings_is_bitmap(list)) {
        visit_bitmap(list, first, end, visit, self);
    } else if (!postings_is_inline(list)) {
        visit_blocks(cursor, first, end, visit, self);
    } else if (list->docid >= first && list->docid < end) {
        visit(self, list->docid, list->tf);
    }
}

static void mark_blocks(ListCursor *cursor, uint32_t first, uint32_t end,
                        uint64_t *bits)
{
    const Postings *list = cursor->list;
    uint32_t block = seek_block(cursor, first);
    for (; block < list->block_count; block++) {
        list_cursor_load(cursor, block);
        uint32_t count = cursor->view.count;
        uint32_t i = list_cursor_below(cursor, first);
        for (; i < count; i++) {
            uint32_t slot = cursor->docs[i] - first;
            if (cursor->docs[i] >= end) return;
            bits[slot / 64] |= 1ull << (slot % 64);
        }
    }
}

void list_cursor_mark(ListCursor *cursor, uint32_t first, uint32_t end,
                      uint64_t *bits)
{
    const Postings *list = cursor->list;
    if (postings_is_bitmap(list)) {
        for (uint32_t docid = first; docid < end; docid += 64) {
            bits[(docid - first) / 64] |= list->bits[docid / 64];
        }
    } else if (!postings_is_inline(list)) {
        mark_blocks(cursor, first, end, bits);
    } else if (list->docid >= first && list->docid < end) {
        uint32_t slot = list->docid - first;
        bits[slot / 64] |= 1ull << (slot % 64);
    }
}

static void score_slots(const ListCursor *cursor, const uint8_t *slots,
                        uint32_t count, float *scores)
{
    const Block *view = &cursor->view;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t tf = codec_get(view->tfs, view->tf_bits, slots[i]) + 1;
        uint32_t code = list_cursor_norm(cursor, slots[i]);
        scores[i] = bm25_score(cursor->weight, tf, cursor->inverse[code]);
    }
}

/* The number of docids that are not after the end of a block. */
static uint32_t count_inside(const ListCursor *cursor, uint32_t block,
                             const uint32_t *docs, uint32_t count)
{
    if (!postings_has_directory(cursor->list)) return count;
    uint32_t last = postings_last_docid(cursor->list, block);
    if (docs[count - 1] <= last) return count;
    return cursor->kernels->count_below(docs, count, last + 1);
}

static uint32_t match_inline(const ListCursor *cursor, const uint32_t *docs,
                             uint32_t count, uint8_t *found, float *scores)
{
    const Postings *list = cursor->list;
    uint32_t at = cursor->kernels->count_below(docs, count, list->docid);
    if (at == count || docs[at] != list->docid) return 0;
    found[0] = (uint8_t)at;
    if (scores) {
        scores[0] = bm25_score(cursor->weight, list->tf,
                               cursor->inverse[cursor->norms[list->docid]]);
    }
    return 1;
}

/* The docids from number `first` on that are in the next block which may have
 * them: *inside of them are considered, 0 at the end of the list. */
static uint32_t match_next_block(ListCursor *cursor, const uint32_t *docs,
                                 uint32_t count, uint32_t *inside,
                                 uint8_t *found, uint8_t *slots)
{
    uint32_t block = seek_block(cursor, docs[0]);
    *inside = 0;
    if (block >= cursor->list->block_count) return 0;
    *inside = count_inside(cursor, block, docs, count);
    list_cursor_load(cursor, block);
    return cursor->kernels->match(docs, *inside, cursor->docs,
                                  cursor->view.count, found, slots);
}

/* Block by block: all docids within a block are intersected at once. Fills in
 * scores and ordinals unless they are NULL. */
static ALWAYS_INLINE uint32_t match_list(ListCursor *cursor,
                                         const uint32_t *docs, uint32_t count,
                                         uint8_t *found, float *scores,
                                         uint32_t *ordinals)
{
    uint8_t slots[CURSOR_ROOM];
    uint32_t matches = 0;
    if (postings_is_inline(cursor->list)) {
        if (ordinals) ordinals[0] = 0;
        return match_inline(cursor, docs, count, found, scores);
    }
    for (uint32_t i = 0, inside; i < count; i += inside) {
        uint8_t *more_found = found + matches;
        uint32_t more = match_next_block(cursor, docs + i, count - i, &inside,
                                         more_found, slots);
        if (!inside) break;
        uint32_t first = cursor->docs_block * BLOCK_POSTINGS;
        for (uint32_t j = 0; j < more; j++) {
            more_found[j] = (uint8_t)(more_found[j] + i);
            if (ordinals) ordinals[matches + j] = first + slots[j];
        }
        if (scores) score_slots(cursor, slots, more, scores + matches);
        matches += more;
    }
    return matches;
}

uint32_t list_cursor_match(ListCursor *cursor, const uint32_t *docs,
                           uint32_t count, uint8_t *found, float *scores)
{
    return match_list(cursor, docs, count, found, scores, NULL);
}

uint32_t list_cursor_match_ordinals(ListCursor *cursor, const uint32_t *docs,
                                    uint32_t count, uint8_t *found,
                                    uint32_t *ordinals)
{
    return match_list(cursor, docs, count, found, NULL, ordinals);
}

uint32_t list_cursor_keep(ListCursor *cursor, uint32_t *docs, uint32_t count)
{
    const Postings *list = cursor->list;
    if (postings_is_bitmap(list)) {
        return (uint32_t)cursor->kernels->test_bits(docs, count, list->bits,
                                                    docs);
    }
    uint8_t found[CURSOR_ROOM];
    uint32_t kept = list_cursor_match(cursor, docs, count, found, NULL);
    for (uint32_t i = 0; i < kept; i++) docs[i] = docs[found[i]];
    return kept;
}
