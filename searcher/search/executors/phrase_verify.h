/* phrase_verify.h - how often an exact phrase occurs in documents that have all
 * its words and pairs, some dozens at a time.
 *
 * A document needs three cache lines per word, one after the other, and almost
 * none is in the cache. So documents wait until there are enough of them to
 * fetch their lines together.
 */
#ifndef QUERN_EXECUTORS_PHRASE_VERIFY_H
#define QUERN_EXECUTORS_PHRASE_VERIFY_H

#include "searcher/search/executors/execution.h"
#include "searcher/search/executors/phrase_proof.h"

enum {
    PHRASE_WORDS = 8, /* different ones; longer phrases are rare */
    PHRASE_LISTS = 2 * PHRASE_WORDS,
    PHRASE_AHEAD = 32 /* documents that wait */
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

/* A document that waits. */
typedef struct PhraseDocument {
    uint32_t docid;
    float bound; /* of its score */
    uint32_t
        ordinals[PHRASE_LISTS]; /* of its posting in each list, by number */
    PositionPlace places[PHRASE_WORDS]; /* of the positions of each word */
} PhraseDocument;

typedef struct PhraseVerifier {
    Execution *x;
    const PlanNode *phrase;
    PhraseMatcher *matcher;
    PhraseList lists[PHRASE_LISTS]; /* in any order */
    size_t list_count;
    MatchWord *words[PHRASE_WORDS]; /* by number; pairs have the numbers after
                                     */
    uint32_t word_count;
    bool proves; /* whether pairs may make positions unnecessary */
    PhraseProof proof;
    bool counts; /* documents that cannot be among the k best, too */
    uint64_t matches;
    PhraseDocument waiting[PHRASE_AHEAD];
    uint32_t waiting_count;
} PhraseVerifier;

/* For the exact phrase that is the root of the plan; *self is 0 on entry. False
 * if it has alternatives or too many words. */
bool phrase_verifier_init(PhraseVerifier *self, Execution *execution);

/* Whether a document of this bound can be among the k best. */
static inline bool phrase_is_candidate(const PhraseVerifier *self,
                                       uint32_t docid, float bound)
{
    const Execution *x = self->x;
    return x->collector &&
           bound >= collector_needed(x->collector, x->first_docid + docid);
}

/* The next document to wait, for the caller to fill in; then
 * phrase_verifier_add, which drops it if its pairs are too infrequent. */
static inline PhraseDocument *phrase_verifier_next(PhraseVerifier *self)
{
    return &self->waiting[self->waiting_count];
}

void phrase_verifier_add(PhraseVerifier *self);

/* Collects and counts those of the documents that wait which match. */
void phrase_verifier_finish(PhraseVerifier *self);

#endif
