/* phrase_verify.c - how often an exact phrase occurs in documents that have all
 * its words and pairs, some dozens at a time.
 */
#include "searcher/search/executors/phrase_verify.h"

static PhraseList *add_list(PhraseVerifier *s, const PlanTerm *term,
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
static bool take_words(PhraseVerifier *s)
{
    const PlanNode *phrase = s->phrase;
    for (uint32_t i = 0; i < phrase->word_count; i++) {
        const PlanWord *word = &phrase->words[i];
        if (word->term_count != 1) return false;
        if (word->first != i) continue;
        if (s->word_count == PHRASE_WORDS) return false;
        PhraseList *list = add_list(s, word->terms[0], i);
        list->word = &s->matcher->words[i];
        list->cursor = list->word->cursors;
        list->is_covered = word->is_covered;
        s->words[s->word_count++] = list->word;
    }
    return true;
}

/* False if there are too many. */
static bool take_pairs(PhraseVerifier *s)
{
    const PlanNode *phrase = s->phrase;
    for (size_t i = 0; i < phrase->part_count; i++) {
        const PlanPart *part = &phrase->parts[i];
        if (!part->is_pair) continue;
        if (s->list_count == PHRASE_LISTS) return false;
        PhraseList *list = add_list(s, part->terms[0], part->slot);
        list->cursor = &s->x->cursors[part->first_cursor];
        s->proves = phrase->word_count <= PROOF_WORDS;
    }
    s->proof.word_count = (uint32_t)phrase->word_count;
    return true;
}

bool phrase_verifier_init(PhraseVerifier *self, Execution *execution)
{
    self->x = execution;
    self->phrase = execution->plan->root;
    self->matcher = execution->matchers[self->phrase->first_cursor];
    self->counts = execution->count;
    return take_words(self) && take_pairs(self);
}

/* Step by step for all that wait: see positions.h. */
static void find_positions(PhraseVerifier *s)
{
    for (uint32_t i = 0; i < s->waiting_count; i++)
        for (uint32_t w = 0; w < s->word_count; w++)
            positions_fetch_directory(s->words[w]->positions,
                                      s->waiting[i].ordinals[w]);
    for (uint32_t i = 0; i < s->waiting_count; i++)
        for (uint32_t w = 0; w < s->word_count; w++)
            positions_find_group(s->words[w]->positions,
                                 s->waiting[i].ordinals[w],
                                 &s->waiting[i].places[w]);
    for (uint32_t i = 0; i < s->waiting_count; i++)
        for (uint32_t w = 0; w < s->word_count; w++)
            positions_find_run(s->words[w]->positions,
                               &s->waiting[i].places[w]);
}

static uint32_t tf_at(const Postings *list, uint32_t ordinal)
{
    if (postings_is_inline(list)) return list->tf;
    if (postings_is_bitmap(list)) return postings_bitmap_tf(list, ordinal);
    Block block = postings_block(list, ordinal / BLOCK_POSTINGS);
    return codec_get(block.tfs, block.tf_bits, ordinal % BLOCK_POSTINGS) + 1;
}

static float score_of(const PhraseVerifier *s, uint32_t docid, float frequency)
{
    float inverse = s->x->plan->bm25->inverse[s->x->norms[docid]];
    return bm25_score_frequency(s->phrase->weight, frequency, inverse);
}

/* The phrase occurs at most as often as each of its pairs. */
static void tighten_bound(const PhraseVerifier *s, PhraseDocument *document)
{
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < s->list_count; i++) {
        const PhraseList *list = &s->lists[i];
        if (list->word) continue;
        uint32_t tf = tf_at(list->list, document->ordinals[list->number]);
        if (tf < least) least = tf;
    }
    float bound = score_of(s, document->docid, (float)least);
    if (bound < document->bound) document->bound = bound;
}

/* Tells the proof how often each word and pair occurs in the document; returns
 * the least of it. */
static uint32_t take_frequencies(PhraseVerifier *s,
                                 const PhraseDocument *document)
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
static void skip_implied(PhraseVerifier *s)
{
    uint32_t implied = phrase_proof_implied(&s->proof);
    for (size_t i = 0; i < s->matcher->word_count; i++) {
        MatchWord *word = &s->matcher->words[i];
        word->is_implied = (implied >> i & 1) && word->copies == 1 &&
                           !word->repeat_of;
    }
}

/* How often the phrase occurs; any number if the document can be neither
 * counted nor among the best. */
static float frequency_in(PhraseVerifier *s, const PhraseDocument *document,
                          bool *candidate)
{
    if (s->proves) {
        uint32_t least = take_frequencies(s, document);
        if (*candidate) {
            *candidate = phrase_is_candidate(
                s, document->docid, score_of(s, document->docid, (float)least));
        }
        if (!*candidate && !s->counts) return 0.0f;
        uint32_t proved = phrase_proof_frequency(&s->proof);
        if (proved) return (float)proved;
        skip_implied(s);
    }
    for (uint32_t w = 0; w < s->word_count; w++)
        s->words[w]->place = &document->places[w];
    return phrase_matcher_frequency_found(s->matcher);
}

static void match_document(PhraseVerifier *s, const PhraseDocument *document)
{
    Execution *x = s->x;
    uint32_t docid = document->docid;
    bool candidate = phrase_is_candidate(s, docid, document->bound);
    if (!candidate && !s->counts) return;
    float frequency = frequency_in(s, document, &candidate);
    if (frequency == 0.0f) return;
    s->matches++;
    if (!candidate) return;
    collector_push(x->collector, score_of(s, docid, frequency),
                   x->first_docid + docid);
}

void phrase_verifier_finish(PhraseVerifier *self)
{
    self->x->counters.documents_scored += self->waiting_count;
    if (self->x->collector && !self->counts)
        collector_be_exact(self->x->collector);
    find_positions(self);
    for (uint32_t i = 0; i < self->waiting_count; i++)
        match_document(self, &self->waiting[i]);
    self->waiting_count = 0;
}

void phrase_verifier_add(PhraseVerifier *self)
{
    PhraseDocument *document = phrase_verifier_next(self);
    if (self->proves && !self->counts) {
        tighten_bound(self, document);
        if (!phrase_is_candidate(self, document->docid, document->bound))
            return;
    }
    if (++self->waiting_count == PHRASE_AHEAD) phrase_verifier_finish(self);
}
