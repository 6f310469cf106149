/* phrase.c - the k best documents of an exact phrase, and how many there are.
 *
 * Document-at-a-time by the rarest list, which is that of two neighbouring
 * words where such pairs are stored: each block is reduced to the documents
 * that have all pairs and words, first by their bounds (a phrase occurs at most
 * as often as its rarest part there), then by intersection. What is left waits,
 * some dozens at a time, while the cache lines of its positions are fetched: a
 * document needs three per word, one after the other, and almost none is in the
 * cache.
 */
#include "searcher/search/executors/executors.h"
#include "searcher/search/executors/phrase_proof.h"

#include "common/segment/score_bounds.h"

enum {
    MAX_WORDS = 8, /* different ones; longer phrases are rare */
    MAX_LISTS = 2 * MAX_WORDS,
    AHEAD = 32 /* documents that wait */
};

/* The list of a word or of a pair of words. */
typedef struct PhraseList {
    const Postings *list;
    ListCursor *cursor;
    MatchWord *word; /* NULL: a pair */
    uint32_t number; /* index in ordinals */
    uint32_t slot;   /* of the word, or the first of the pair, in the phrase */
    bool is_bitmap;
    bool is_covered; /* a pair has the word */
} PhraseList;

/* Documents of one block that are in all lists so far. */
typedef struct PhraseBlock {
    uint32_t count;
    uint32_t docs[CURSOR_ROOM];
    float bounds[CURSOR_ROOM];                 /* of their scores */
    uint32_t ordinals[MAX_LISTS][CURSOR_ROOM]; /* of their posting in each list
                                                  that is not a bitmap */
} PhraseBlock;

typedef struct Waiting {
    uint32_t docid;
    float bound;
    uint32_t ordinals[MAX_LISTS];
} Waiting;

typedef struct PhraseSearch {
    Execution *x;
    const PlanNode *root;
    PhraseMatcher *matcher;
    PhraseList lists[MAX_LISTS]; /* in the order of intersection */
    size_t list_count;
    MatchWord *words[MAX_WORDS]; /* by number; pairs have the numbers after */
    uint32_t word_count;
    bool proves; /* whether pairs may make positions unnecessary */
    PhraseProof proof;
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
        for (uint32_t w = 0; w < s->word_count; w++)
            positions_fetch_directory(s->words[w]->positions,
                                      s->waiting[i].ordinals[w]);
}

static void fetch_groups(const PhraseSearch *s)
{
    for (uint32_t i = 0; i < s->waiting_count; i++)
        for (uint32_t w = 0; w < s->word_count; w++)
            positions_fetch_group(s->words[w]->positions,
                                  s->waiting[i].ordinals[w]);
}

static void fetch_values(const PhraseSearch *s)
{
    for (uint32_t i = 0; i < s->waiting_count; i++)
        for (uint32_t w = 0; w < s->word_count; w++)
            positions_fetch_values(s->words[w]->positions,
                                   s->waiting[i].ordinals[w]);
}

static uint32_t tf_at(const Postings *list, uint32_t ordinal)
{
    if (postings_is_inline(list)) return list->tf;
    if (postings_is_bitmap(list)) return postings_bitmap_tf(list, ordinal);
    Block block = postings_block(list, ordinal / BLOCK_POSTINGS);
    return codec_get(block.tfs, block.tf_bits, ordinal % BLOCK_POSTINGS) + 1;
}

/* Tells the proof how often each word and pair occurs in the document; returns
 * the least of it. */
static uint32_t take_frequencies(PhraseSearch *s, const Waiting *document)
{
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < s->list_count; i++) {
        const PhraseList *list = &s->lists[i];
        uint32_t ordinal = document->ordinals[list->number];
        uint32_t tf = list->word
                          ? positions_count(list->word->positions, ordinal)
                          : tf_at(list->list, ordinal);
        uint32_t *tfs = list->word ? s->proof.tfs : s->proof.pair_tfs;
        tfs[list->slot] = tf;
        if (tf < least) least = tf;
    }
    for (size_t i = 0; i < s->matcher->word_count; i++) {
        const MatchWord *word = &s->matcher->words[i];
        if (word->repeat_of) s->proof.tfs[i] = s->proof.tfs[word->group];
    }
    return least;
}

/* Lets the matcher leave out the words that the others imply. */
static void skip_implied(PhraseSearch *s)
{
    uint32_t implied = phrase_proof_implied(&s->proof);
    for (size_t i = 0; i < s->matcher->word_count; i++) {
        MatchWord *word = &s->matcher->words[i];
        word->is_implied = (implied >> i & 1) && word->copies == 1 &&
                           !word->repeat_of;
    }
}

static float score_of(const PhraseSearch *s, uint32_t docid, float frequency)
{
    float inverse = s->x->plan->bm25->inverse[s->x->norms[docid]];
    return bm25_score_frequency(s->root->weight, frequency, inverse);
}

/* How often the phrase occurs; any number if the document can be neither
 * counted nor among the best. */
static float frequency_in(PhraseSearch *s, const Waiting *document,
                          bool *candidate)
{
    if (s->proves) {
        uint32_t least = take_frequencies(s, document);
        if (*candidate) {
            *candidate = is_candidate(
                s, document->docid, score_of(s, document->docid, (float)least));
        }
        if (!*candidate && !s->counts) return 0.0f;
        uint32_t proved = phrase_proof_frequency(&s->proof);
        if (proved) return (float)proved;
        skip_implied(s);
    }
    for (uint32_t w = 0; w < s->word_count; w++)
        s->words[w]->ordinal = document->ordinals[w];
    return phrase_matcher_frequency_found(s->matcher);
}

static void match_document(PhraseSearch *s, const Waiting *document)
{
    Execution *x = s->x;
    uint32_t docid = document->docid;
    bool candidate = is_candidate(s, docid, document->bound);
    if (!candidate && !s->counts) return;
    float frequency = frequency_in(s, document, &candidate);
    if (frequency == 0.0f) return;
    s->matches++;
    if (!candidate) return;
    collector_push(x->collector, score_of(s, docid, frequency),
                   x->first_docid + docid);
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
    for (size_t i = 0; i < s->list_count; i++) {
        const PhraseList *list = &s->lists[i];
        document->ordinals[list->number] =
            list->is_bitmap ? postings_rank(list->list, docid)
                            : block->ordinals[list->number][at];
    }
    if (s->waiting_count == AHEAD) match_waiting(s);
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
        const PhraseList *list = &s->lists[l];
        if (list->is_bitmap) continue;
        uint32_t *ordinals = block->ordinals[list->number];
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
    block->ordinals[s->lists[0].number][0] = 0;
}

/* The documents of a block of the rarest list; the score of as many phrases as
 * it counts there is their bound. */
static void load_block(PhraseSearch *s, uint32_t number)
{
    PhraseBlock *block = &s->block;
    const PhraseList *lead = &s->lists[0];
    const ListCursor *cursor = lead->cursor;
    list_cursor_load(lead->cursor, number);
    block->count = cursor->view.count;
    memcpy(block->docs, cursor->docs, block->count * sizeof *block->docs);
    if (s->x->collector)
        list_cursor_block_scores(cursor, s->root->weight, block->bounds);
    for (uint32_t i = 0; i < block->count; i++)
        block->ordinals[lead->number][i] = number * BLOCK_POSTINGS + i;
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
        count += list->list->bits[docid / 64] >> (docid % 64) & 1;
    }
    return count;
}

static void search_block(PhraseSearch *s, uint32_t number)
{
    uint8_t found[CURSOR_ROOM];
    if (postings_is_inline(s->lists[0].list)) {
        load_inline(s, s->lists[0].list);
    } else {
        load_block(s, number);
    }
    drop_low_bounds(s);
    for (size_t l = 1; s->block.count && l < s->list_count; l++) {
        uint32_t count = find_common(s, &s->lists[l], found);
        if (count < s->block.count) keep_found(s, l, found, count);
    }
    for (uint32_t i = 0; i < s->block.count; i++) add_waiting(s, i);
}

static bool block_may_match(const PhraseSearch *s, uint32_t number)
{
    const Postings *list = s->lists[0].list;
    if (s->counts || !postings_has_directory(list)) return true;
    double weight = (double)s->root->weight * (double)s->correction *
                    (1.0 + 0x1p-20);
    return bound_byte_score(weight, postings_block_bound(list, number)) >=
           (double)s->x->collector->threshold;
}

static void search_blocks(PhraseSearch *s)
{
    uint32_t blocks = postings_block_count(s->lists[0].list);
    for (uint32_t block = 0; block < blocks; block++)
        if (block_may_match(s, block)) search_block(s, block);
}

/* --- If all lists are bitmaps --- */

/* Of the documents of a range. */
static float range_bound_of(const PhraseSearch *s, uint32_t range)
{
    uint8_t min = UINT8_MAX;
    for (size_t l = 0; l < s->list_count; l++) {
        const uint8_t *bounds = s->lists[l].list->range_bounds;
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
        for (size_t l = 0; l < s->list_count; l++)
            common &= s->lists[l].list->bits[range];
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
    PhraseList *lists = s->lists;
    size_t rarest = 0;
    for (size_t i = 1; i < s->list_count; i++)
        if (lists[i].list->df < lists[rarest].list->df) rarest = i;
    PhraseList lead = lists[rarest];
    lists[rarest] = lists[0];
    lists[0] = lead;
    for (size_t i = 2; i < s->list_count; i++) {
        PhraseList list = lists[i];
        size_t at = i;
        for (; at > 1 && order_of(&lists[at - 1]) > order_of(&list); at--)
            lists[at] = lists[at - 1];
        lists[at] = list;
    }
}

static PhraseList *add_list(PhraseSearch *s, const PlanTerm *term,
                            uint32_t slot)
{
    PhraseList *out = &s->lists[s->list_count];
    out->slot = slot;
    out->number = (uint32_t)s->list_count++;
    out->list = &term->lists[s->x->segment_index];
    out->is_bitmap = out->list->df && postings_is_bitmap(out->list);
    return out;
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
        PhraseList *list = add_list(s, word->terms[0], i);
        list->word = &s->matcher->words[i];
        list->cursor = list->word->cursors;
        list->is_covered = word->is_covered;
        s->words[s->word_count++] = list->word;
    }
    return true;
}

/* False if there are too many. */
static bool take_pairs(PhraseSearch *s)
{
    const PlanNode *root = s->root;
    for (size_t i = 0; i < root->part_count; i++) {
        const PlanPart *part = &root->parts[i];
        if (!part->is_pair) continue;
        if (s->list_count == MAX_LISTS) return false;
        PhraseList *list = add_list(s, part->terms[0], part->slot);
        list->cursor = &s->x->cursors[part->first_cursor];
        s->proves = root->word_count <= PROOF_WORDS;
    }
    s->proof.word_count = (uint32_t)root->word_count;
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
    *done = take_words(s) && take_pairs(s);
    if (!*done) return OK;
    sort_lists(s);
    if (s->lists[0].list->df) {
        if (s->lists[0].is_bitmap)
            search_ranges(s);
        else
            search_blocks(s);
        match_waiting(s);
    }
    if (s->counts) execution_set_count(x, s->matches);
    return OK;
}
