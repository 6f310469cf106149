/* phrase.c - the k best documents of an exact phrase, and how many there are.
 *
 * Document-at-a-time by the rarest list, which is that of two neighbouring
 * words where such pairs are stored: each block is reduced to the documents
 * that have all pairs and words, first by their bounds (a phrase occurs at most
 * as often as its rarest part there), then by intersection. What is left is
 * verified (phrase_verify.h).
 */
#include "searcher/search/executors/executors.h"
#include "searcher/search/executors/phrase_verify.h"

#include "common/segment/score_bounds.h"

/* Documents of one block that are in all lists so far. */
typedef struct PhraseBlock {
    uint32_t count;
    uint32_t docs[CURSOR_ROOM];
    float bounds[CURSOR_ROOM];                    /* of their scores */
    uint32_t ordinals[PHRASE_LISTS][CURSOR_ROOM]; /* of their posting in each
                                                  list that is not a bitmap */
} PhraseBlock;

typedef struct PhraseSearch {
    PhraseVerifier verifier; /* its lists in the order of intersection */
    float correction;        /* of stored bounds: see ranged_correction */
    PhraseBlock block;
} PhraseSearch;

static void add_document(PhraseSearch *s, uint32_t at)
{
    const PhraseBlock *block = &s->block;
    PhraseVerifier *verifier = &s->verifier;
    uint32_t docid = block->docs[at];
    float bound = block->bounds[at];
    if (!execution_is_live(verifier->x, docid)) return;
    if (!verifier->counts && !phrase_is_candidate(verifier, docid, bound))
        return;
    PhraseDocument *document = phrase_verifier_next(verifier);
    document->docid = docid;
    document->bound = bound;
    for (size_t i = 0; i < verifier->list_count; i++) {
        const PhraseList *list = &verifier->lists[i];
        document->ordinals[list->number] =
            list->is_bitmap ? postings_rank(list->list, docid)
                            : block->ordinals[list->number][at];
    }
    phrase_verifier_add(verifier);
}

/* --- The documents of a block --- */

/* Keeps the documents number found[0 .. count), with their ordinals in the
 * first lists. */
static void keep_found(PhraseSearch *s, size_t lists, const uint8_t *found,
                       uint32_t count)
{
    PhraseBlock *block = &s->block;
    for (uint32_t i = 0; i < count; i++) {
        block->docs[i] = block->docs[found[i]];
        block->bounds[i] = block->bounds[found[i]];
    }
    for (size_t l = 0; l < lists; l++) {
        const PhraseList *list = &s->verifier.lists[l];
        if (list->is_bitmap) continue;
        uint32_t *ordinals = block->ordinals[list->number];
        for (uint32_t i = 0; i < count; i++) ordinals[i] = ordinals[found[i]];
    }
    block->count = count;
}

static void load_inline(PhraseSearch *s, const Postings *list)
{
    PhraseBlock *block = &s->block;
    const Execution *x = s->verifier.x;
    block->count = 1;
    block->docs[0] = list->docid;
    block->bounds[0] = bm25_score(
        s->verifier.phrase->weight, list->tf,
        x->plan->bm25->inverse[x->norms[list->docid]]);
    block->ordinals[s->verifier.lists[0].number][0] = 0;
}

/* The documents of a block of the rarest list; the score of as many phrases as
 * it counts there is their bound. */
static void load_block(PhraseSearch *s, uint32_t number)
{
    PhraseBlock *block = &s->block;
    const PhraseList *lead = &s->verifier.lists[0];
    const ListCursor *cursor = lead->cursor;
    list_cursor_load(lead->cursor, number);
    block->count = cursor->view.count;
    memcpy(block->docs, cursor->docs, block->count * sizeof *block->docs);
    if (s->verifier.x->collector)
        list_cursor_block_scores(cursor, s->verifier.phrase->weight,
                                 block->bounds);
    for (uint32_t i = 0; i < block->count; i++)
        block->ordinals[lead->number][i] = number * BLOCK_POSTINGS + i;
}

static void drop_low_bounds(PhraseSearch *s)
{
    PhraseBlock *block = &s->block;
    uint8_t found[CURSOR_ROOM];
    uint32_t count = 0;
    if (s->verifier.counts) return;
    for (uint32_t i = 0; i < block->count; i++) {
        found[count] = (uint8_t)i;
        count += phrase_is_candidate(&s->verifier, block->docs[i],
                                     block->bounds[i]);
    }
    if (count < block->count) keep_found(s, 1, found, count);
}

/* Which documents of the block a list has. */
static uint32_t find_common(PhraseSearch *s, const PhraseList *list,
                            uint8_t *found)
{
    PhraseBlock *block = &s->block;
    uint32_t count = 0;
    if (!list->is_bitmap) {
        return list_cursor_match_ordinals(list->cursor, block->docs,
                                          block->count, found,
                                          block->ordinals[list->number]);
    }
    for (uint32_t i = 0; i < block->count; i++) {
        uint32_t docid = block->docs[i];
        found[count] = (uint8_t)i;
        count += (uint32_t)(list->list->bits[docid / 64] >> (docid % 64) & 1);
    }
    return count;
}

static void search_block(PhraseSearch *s, uint32_t number)
{
    uint8_t found[CURSOR_ROOM];
    if (postings_is_inline(s->verifier.lists[0].list)) {
        load_inline(s, s->verifier.lists[0].list);
    } else {
        load_block(s, number);
    }
    drop_low_bounds(s);
    for (size_t l = 1; s->block.count && l < s->verifier.list_count; l++) {
        uint32_t count = find_common(s, &s->verifier.lists[l], found);
        if (count < s->block.count) keep_found(s, l, found, count);
    }
    for (uint32_t i = 0; i < s->block.count; i++) add_document(s, i);
}

/* The weight of stored bounds. */
static double bound_weight(const PhraseSearch *s)
{
    return (double)s->verifier.phrase->weight * (double)s->correction *
           (1.0 + 0x1p-20);
}

static bool block_may_match(const PhraseSearch *s, uint32_t number)
{
    const Postings *list = s->verifier.lists[0].list;
    if (s->verifier.counts || !postings_has_directory(list)) return true;
    return bound_byte_score(bound_weight(s),
                            postings_block_bound(list, number)) >=
           (double)s->verifier.x->collector->threshold;
}

static void search_blocks(PhraseSearch *s)
{
    uint32_t blocks = postings_block_count(s->verifier.lists[0].list);
    for (uint32_t block = 0; block < blocks; block++)
        if (block_may_match(s, block)) search_block(s, block);
}

/* --- If all lists are bitmaps --- */

/* Of the documents of a range. */
static float range_bound_of(const PhraseSearch *s, uint32_t range)
{
    uint8_t min = UINT8_MAX;
    for (size_t l = 0; l < s->verifier.list_count; l++) {
        const uint8_t *bounds = s->verifier.lists[l].list->range_bounds;
        if (bounds && bounds[range] < min) min = bounds[range];
    }
    return (float)(bound_byte_score(bound_weight(s), min) * (1.0 + 0x1p-20));
}

static void search_ranges(PhraseSearch *s)
{
    PhraseBlock *block = &s->block;
    for (uint32_t range = 0; range < s->verifier.x->segment->range_count;
         range++) {
        uint64_t common = ~0ull;
        for (size_t l = 0; l < s->verifier.list_count; l++)
            common &= s->verifier.lists[l].list->bits[range];
        if (!common) continue;
        uint32_t first = range * RANGE_DOCUMENTS;
        float bound = range_bound_of(s, range);
        if (!s->verifier.counts &&
            !phrase_is_candidate(&s->verifier, first, bound))
            continue;
        s->verifier.x->counters.ranges_scored++;
        for (; common; common &= common - 1) {
            block->docs[0] = first + (uint32_t)__builtin_ctzll(common);
            block->bounds[0] = bound;
            add_document(s, 0);
        }
    }
}

/* --- */

/* Bitmaps are quick to test, and the others by df; words of a pair come last,
 * for the documents that are left have them all. */
static uint64_t order_of(const PhraseList *list)
{
    return (uint64_t)list->is_covered << 32 |
           (list->is_bitmap ? 0 : list->list->df);
}

/* The rarest first. */
static void sort_lists(PhraseSearch *s)
{
    PhraseList *lists = s->verifier.lists;
    size_t rarest = 0;
    for (size_t i = 1; i < s->verifier.list_count; i++)
        if (lists[i].list->df < lists[rarest].list->df) rarest = i;
    PhraseList lead = lists[rarest];
    lists[rarest] = lists[0];
    lists[0] = lead;
    for (size_t i = 2; i < s->verifier.list_count; i++) {
        PhraseList list = lists[i];
        size_t at = i;
        for (; at > 1 && order_of(&lists[at - 1]) > order_of(&list); at--)
            lists[at] = lists[at - 1];
        lists[at] = list;
    }
}

Status execute_phrase(Execution *x, float correction, bool *done, Error *error)
{
    const PlanNode *root = x->plan->root;
    *done = root->kind == PLAN_PHRASE && !root->slop &&
            root->field == FIELD_ANY;
    if (!*done) return OK;
    PhraseSearch *s = arena_zeroed(x->arena, 1, sizeof *s);
    if (!s) return fail_memory(error, "searching");
    s->correction = correction;
    *done = phrase_verifier_init(&s->verifier, x);
    if (!*done) return OK;
    sort_lists(s);
    const PhraseList *lead = &s->verifier.lists[0];
    x->counters.executor = !lead->list->df
                               ? "phrase, no document has all words and pairs"
                           : lead->is_bitmap ? "phrase, range by range"
                                             : "phrase, block by block";
    if (lead->list->df && lead->is_bitmap) search_ranges(s);
    if (lead->list->df && !lead->is_bitmap) search_blocks(s);
    phrase_verifier_finish(&s->verifier);
    if (x->count) execution_set_count(x, s->verifier.matches);
    return OK;
}
