/* phrase.c - the k best documents of an exact phrase, and how many there are.
 *
 * Document-at-a-time by the rarest word: each block of its list is reduced to
 * the documents that have all words, first by their bounds (a phrase occurs at
 * most as often as its rarest word there), then by intersection. What is left
 * waits, some dozens at a time, while the cache lines of its positions are
 * fetched: a document needs three per word, one after the other, and almost
 * none is in the cache.
 */
#include "searcher/search/executors/executors.h"

#include "common/segment/score_bounds.h"

enum {
    MAX_WORDS = 8, /* different ones; longer phrases are rare */
    AHEAD = 32     /* documents that wait */
};

typedef struct PhraseWordList {
    const Postings *list;
    ListCursor *cursor;
    Positions *positions;
    uint32_t slot; /* index of the word in the phrase */
    bool is_bitmap;
} PhraseWordList;

/* Documents of one block that have all words so far. */
typedef struct PhraseBlock {
    uint32_t count;
    uint32_t docs[CURSOR_ROOM];
    float bounds[CURSOR_ROOM];                 /* of their scores */
    uint32_t ordinals[MAX_WORDS][CURSOR_ROOM]; /* of their posting in the list
                                                  of each word; not of
                                                  bitmaps */
} PhraseBlock;

typedef struct Waiting {
    uint32_t docid;
    float bound;
    uint32_t ordinals[MAX_WORDS];
} Waiting;

typedef struct PhraseSearch {
    Execution *x;
    const PlanNode *root;
    PhraseMatcher *matcher;
    PhraseWordList words[MAX_WORDS]; /* the rarest first, then bitmaps, which
                                        are quick to test, then the others */
    size_t word_count;
    float correction; /* of stored bounds: see ranged_correction */
    bool counts;
    uint64_t matches;
    PhraseBlock block;
    Waiting waiting[AHEAD];
    uint32_t waiting_count;
} PhraseSearch;

/* Whether a document of this bound can be among the k best. */
static bool is_candidate(const PhraseSearch *s, uint32_t docid, float bound)
{
    const Execution *x = s->x;
    return x->collector &&
           bound >= collector_needed(x->collector, x->first_docid + docid);
}

static void fetch_directories(const PhraseSearch *s)
{
    for (uint32_t i = 0; i < s->waiting_count; i++)
        for (size_t w = 0; w < s->word_count; w++)
            positions_fetch_directory(s->words[w].positions,
                                      s->waiting[i].ordinals[w]);
}

static void fetch_groups(const PhraseSearch *s)
{
    for (uint32_t i = 0; i < s->waiting_count; i++)
        for (size_t w = 0; w < s->word_count; w++)
            positions_fetch_group(s->words[w].positions,
                                  s->waiting[i].ordinals[w]);
}

static void fetch_values(const PhraseSearch *s)
{
    for (uint32_t i = 0; i < s->waiting_count; i++)
        for (size_t w = 0; w < s->word_count; w++)
            positions_fetch_values(s->words[w].positions,
                                   s->waiting[i].ordinals[w]);
}

static void match_document(PhraseSearch *s, const Waiting *document)
{
    Execution *x = s->x;
    bool candidate = is_candidate(s, document->docid, document->bound);
    if (!candidate && !s->counts) return;
    for (size_t w = 0; w < s->word_count; w++)
        s->matcher->words[s->words[w].slot].ordinal = document->ordinals[w];
    float frequency = phrase_matcher_frequency_found(s->matcher);
    if (frequency == 0.0f) return;
    s->matches++;
    if (!candidate) return;
    float inverse = x->plan->bm25->inverse[x->norms[document->docid]];
    collector_push(x->collector,
                   bm25_score_frequency(s->root->weight, frequency, inverse),
                   x->first_docid + document->docid);
}

static void match_waiting(PhraseSearch *s)
{
    fetch_directories(s);
    fetch_groups(s);
    fetch_values(s);
    for (uint32_t i = 0; i < s->waiting_count; i++)
        match_document(s, &s->waiting[i]);
    s->waiting_count = 0;
}

static void add_waiting(PhraseSearch *s, uint32_t at)
{
    const PhraseBlock *block = &s->block;
    uint32_t docid = block->docs[at];
    if (!execution_is_live(s->x, docid)) return;
    if (!s->counts && !is_candidate(s, docid, block->bounds[at])) return;
    Waiting *document = &s->waiting[s->waiting_count++];
    document->docid = docid;
    document->bound = block->bounds[at];
    for (size_t w = 0; w < s->word_count; w++) {
        const PhraseWordList *word = &s->words[w];
        document->ordinals[w] = word->is_bitmap
                                    ? postings_rank(word->list, docid)
                                    : block->ordinals[w][at];
    }
    if (s->waiting_count == AHEAD) match_waiting(s);
}

/* --- The documents of a block --- */

/* Keeps the documents number found[0 .. count), with the ordinals of the first
 * words. */
static void keep_found(PhraseSearch *s, size_t words, const uint8_t *found,
                       uint32_t count)
{
    PhraseBlock *block = &s->block;
    for (uint32_t i = 0; i < count; i++) {
        block->docs[i] = block->docs[found[i]];
        block->bounds[i] = block->bounds[found[i]];
    }
    for (size_t w = 0; w < words; w++) {
        uint32_t *ordinals = block->ordinals[w];
        if (s->words[w].is_bitmap) continue;
        for (uint32_t i = 0; i < count; i++) ordinals[i] = ordinals[found[i]];
    }
    block->count = count;
}

static void load_inline(PhraseSearch *s, const Postings *list)
{
    PhraseBlock *block = &s->block;
    const Execution *x = s->x;
    block->count = 1;
    block->docs[0] = list->docid;
    block->bounds[0] = bm25_score(
        s->root->weight, list->tf,
        x->plan->bm25->inverse[x->norms[list->docid]]);
    block->ordinals[0][0] = 0;
}

/* The documents of a block of the rarest word; the score of as many phrases as
 * the word occurs is their bound. */
static void load_block(PhraseSearch *s, uint32_t number)
{
    PhraseBlock *block = &s->block;
    const ListCursor *cursor = s->words[0].cursor;
    list_cursor_load(s->words[0].cursor, number);
    const Block *view = &cursor->view;
    block->count = view->count;
    memcpy(block->docs, cursor->docs, view->count * sizeof *block->docs);
    if (s->x->collector) {
        block_scores(s->x->kernels, view, cursor->inverse, s->root->weight,
                     block->bounds);
    }
    for (uint32_t i = 0; i < view->count; i++)
        block->ordinals[0][i] = number * BLOCK_POSTINGS + i;
}

static void drop_low_bounds(PhraseSearch *s)
{
    PhraseBlock *block = &s->block;
    uint8_t found[CURSOR_ROOM];
    uint32_t count = 0;
    if (s->counts) return;
    for (uint32_t i = 0; i < block->count; i++) {
        found[count] = (uint8_t)i;
        count += is_candidate(s, block->docs[i], block->bounds[i]);
    }
    if (count < block->count) keep_found(s, 1, found, count);
}

/* Keeps the documents that word w has, too. */
static void intersect(PhraseSearch *s, size_t w)
{
    PhraseBlock *block = &s->block;
    const PhraseWordList *word = &s->words[w];
    uint8_t found[CURSOR_ROOM];
    uint32_t count = 0;
    if (word->is_bitmap) {
        for (uint32_t i = 0; i < block->count; i++) {
            uint32_t docid = block->docs[i];
            found[count] = (uint8_t)i;
            count += word->list->bits[docid / 64] >> (docid % 64) & 1;
        }
    } else {
        count = list_cursor_match_ordinals(
            word->cursor, block->docs, block->count, found, block->ordinals[w]);
    }
    if (count < block->count) keep_found(s, w, found, count);
}

static void search_block(PhraseSearch *s, uint32_t number)
{
    if (postings_is_inline(s->words[0].list)) {
        load_inline(s, s->words[0].list);
    } else {
        load_block(s, number);
    }
    drop_low_bounds(s);
    for (size_t w = 1; s->block.count && w < s->word_count; w++)
        intersect(s, w);
    for (uint32_t i = 0; i < s->block.count; i++) add_waiting(s, i);
}

static bool block_may_match(const PhraseSearch *s, uint32_t number)
{
    const Postings *list = s->words[0].list;
    if (s->counts || !postings_has_directory(list)) return true;
    double weight = (double)s->root->weight * (double)s->correction *
                    (1.0 + 0x1p-20);
    return bound_byte_score(weight, postings_block_bound(list, number)) >=
           (double)s->x->collector->threshold;
}

static void search_blocks(PhraseSearch *s)
{
    uint32_t blocks = postings_block_count(s->words[0].list);
    for (uint32_t block = 0; block < blocks; block++)
        if (block_may_match(s, block)) search_block(s, block);
}

/* --- If the lists of all words are bitmaps --- */

/* Of the documents of a range. */
static float range_bound_of(const PhraseSearch *s, uint32_t range)
{
    uint8_t min = UINT8_MAX;
    for (size_t w = 0; w < s->word_count; w++) {
        const uint8_t *bounds = s->words[w].list->range_bounds;
        if (bounds && bounds[range] < min) min = bounds[range];
    }
    double weight = (double)s->root->weight * (double)s->correction *
                    (1.0 + 0x1p-20);
    return (float)(bound_byte_score(weight, min) * (1.0 + 0x1p-20));
}

static void search_ranges(PhraseSearch *s)
{
    PhraseBlock *block = &s->block;
    for (uint32_t range = 0; range < s->x->segment->range_count; range++) {
        uint64_t common = ~0ull;
        for (size_t w = 0; w < s->word_count; w++)
            common &= s->words[w].list->bits[range];
        if (!common) continue;
        uint32_t first = range * RANGE_DOCUMENTS;
        float bound = range_bound_of(s, range);
        if (!s->counts && !is_candidate(s, first, bound)) continue;
        for (; common; common &= common - 1) {
            block->docs[0] = first + (uint32_t)__builtin_ctzll(common);
            block->bounds[0] = bound;
            add_waiting(s, 0);
        }
    }
}

/* --- */

static uint32_t order_of(const PhraseWordList *word)
{
    return word->is_bitmap ? 0 : word->list->df;
}

/* The rarest word first; of the others bitmaps first, then by df. */
static void sort_words(PhraseSearch *s)
{
    PhraseWordList *words = s->words;
    size_t rarest = 0;
    for (size_t i = 1; i < s->word_count; i++)
        if (words[i].list->df < words[rarest].list->df) rarest = i;
    PhraseWordList lead = words[rarest];
    words[rarest] = words[0];
    words[0] = lead;
    for (size_t i = 2; i < s->word_count; i++) {
        PhraseWordList word = words[i];
        size_t at = i;
        for (; at > 1 && order_of(&words[at - 1]) > order_of(&word); at--)
            words[at] = words[at - 1];
        words[at] = word;
    }
}

/* False if there are too many, or alternatives. */
static bool take_words(PhraseSearch *s)
{
    const PlanNode *root = s->root;
    for (uint32_t i = 0; i < root->word_count; i++) {
        const PlanWord *word = &root->words[i];
        if (word->term_count != 1) return false;
        if (word->first != i) continue;
        if (s->word_count == MAX_WORDS) return false;
        MatchWord *matched = &s->matcher->words[i];
        const Postings *list = &word->terms[0]->lists[s->x->segment_index];
        s->words[s->word_count++] = (PhraseWordList){
            .list = list,
            .cursor = matched->cursors,
            .positions = matched->positions,
            .slot = i,
            .is_bitmap = list->df && postings_is_bitmap(list)};
    }
    sort_words(s);
    return true;
}

Status execute_phrase(Execution *x, float correction, bool *done, Error *error)
{
    const PlanNode *root = x->plan->root;
    *done = root->kind == PLAN_PHRASE && !root->slop &&
            root->field == FIELD_ANY;
    if (!*done) return OK;
    PhraseSearch *s = arena_zeroed(x->arena, 1, sizeof *s);
    if (!s) return fail_memory(error, "searching");
    s->x = x;
    s->root = root;
    s->matcher = x->matchers[root->first_cursor];
    s->correction = correction;
    s->counts = x->count;
    *done = take_words(s);
    if (!*done) return OK;
    if (s->words[0].list->df) {
        if (s->words[0].is_bitmap)
            search_ranges(s);
        else
            search_blocks(s);
        match_waiting(s);
    }
    if (s->counts) execution_set_count(x, s->matches);
    return OK;
}
