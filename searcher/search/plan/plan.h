/* plan.h - a query tree with its words looked up, ready to execute.
 *
 * Weights are those of all live documents of the index (N, df, average length).
 * Each leaf has its lists in every segment, which have removed documents, too:
 * executors leave these out. All memory is the arena's; lists point into the
 * mapped segments.
 */
#ifndef QUERN_PLAN_PLAN_H
#define QUERN_PLAN_PLAN_H

#include "common/segment/index.h"
#include "common/segment/pairs/pairs.h"
#include "searcher/search/plan/scoring.h"
#include "searcher/search/plan/search_types.h"

/* A word of the index, over all segments. */
typedef struct PlanTerm {
    Span text;
    uint64_t df; /* live documents */
    float idf;
    Postings *lists; /* one a segment; df 0 if no live document there has it */
    uint32_t *removed; /* how many documents of each list are removed */
} PlanTerm;

typedef enum PlanKind {
    PLAN_NOTHING,
    PLAN_TERM,
    PLAN_SYNONYM, /* several terms scored as one, by the sum of their tf */
    PLAN_PHRASE,
    PLAN_BOOLEAN
} PlanKind;

typedef struct PlanNode PlanNode;

/* A word of a phrase: one term, or those of a prefix. */
typedef struct PlanWord {
    PlanTerm **terms;
    size_t term_count;
    uint32_t position;
    uint32_t first;  /* index of the first word of the phrase with this text */
    bool is_covered; /* in the segment entered: a pair of the phrase has it */
} PlanWord;

/* Two neighbouring words of a phrase, if pairs of words are stored. */
typedef struct PlanPair {
    PlanTerm *term; /* its lists are those of both words, its df is for counts;
                       NULL: no neighbours, alternatives, or a repeated pair */
    PairPresence *presences; /* one a segment */
} PlanPair;

/* What all documents with a phrase have: a word (any of its terms) or a pair of
 * words. */
typedef struct PlanPart {
    PlanTerm **terms;
    size_t term_count;
    uint32_t first_cursor;
    uint32_t slot; /* index of the word, or of the first of the pair */
    bool is_pair;
} PlanPart;

struct PlanNode {
    PlanKind kind;
    const QueryNode *query;

    /* leaves */
    float weight; /* boost * idf */
    float idf;
    QueryField field; /* FIELD_ANY without positions in the index */

    PlanTerm **terms; /* TERM: one; SYNONYM: some */
    size_t term_count;

    PlanWord *words; /* PHRASE; also of a TERM that is a phrase: see
                        plan_enter_segment */
    size_t word_count;
    uint32_t slop;
    PlanPair *pairs; /* word_count - 1 of them; NULL: none are stored, or the
                        phrase has a slop */
    PlanPart *parts; /* of the segment entered */
    size_t part_count;

    /* BOOLEAN: the clauses in query order */
    PlanNode **must, **should, **excluded;
    size_t must_count, should_count, excluded_count;
    uint32_t min_match;

    uint32_t first_cursor; /* of a leaf: index of its first term's cursor */
    uint32_t depth;        /* height of the subtree; 0 for a leaf */
};

typedef struct Plan {
    Index *index;
    PlanNode *root;
    uint32_t cursor_count; /* for all leaves together */
    const Bm25 *bm25;      /* of the whole index, with the query's k1 and b */
    const SegmentScale *scales; /* one a segment */
    bool lacks_words;           /* some word or pattern is in no document */
    const QueryNote *notes;
    Arena *arena;
} Plan;

/* Looks up every word in every segment and drops what cannot match. The scoring
 * is the caller's and outlives the plan. */
NODISCARD Status plan_build(Index *index, const Query *query,
                            const SearchOptions *options, Scoring *scoring,
                            Arena *arena, Plan *out, Error *error);

/* A term without lists, one a segment. NULL without memory. */
PlanTerm *plan_new_term(const Plan *plan, Span text);

/* Corrects the list of a term or pair in a segment by what is removed, and adds
 * it to the term's df. */
NODISCARD Status plan_count_list(const Plan *plan, PlanTerm *term,
                                 size_t segment, Error *error);

/* Looks up the pairs of a phrase. */
NODISCARD Status plan_find_pairs(Plan *plan, PlanNode *phrase, Error *error);

/* Decides for a segment how each phrase is searched: two words whose pairs are
 * all stored are a TERM with the list of the pair, whose score is the phrase's
 * own; other phrases get the parts that narrow them down. Until then a phrase
 * of two words is a TERM if any segment has its pair. */
void plan_enter_segment(PlanNode *node, size_t segment);

/* A phrase, however it is searched. */
static inline bool plan_is_phrase(const PlanNode *node)
{
    return node->word_count > 0;
}

/* A plain word: one term, anywhere in a document. */
static inline bool plan_is_word(const PlanNode *node)
{
    return node->kind == PLAN_TERM && node->field == FIELD_ANY;
}

static inline bool plan_are_words(PlanNode *const *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!plan_is_word(nodes[i])) return false;
    }
    return true;
}

/* A leaf that needs positions: a phrase, or a word limited to a field. */
static inline bool plan_is_positional(const PlanNode *node)
{
    return node->kind == PLAN_PHRASE ||
           (node->kind != PLAN_BOOLEAN && node->field != FIELD_ANY);
}

/* With more lists, integer bounds of sums get too coarse. */
enum { PLAN_MAX_LISTS = 1000 };

/* A disjunction of plain words. */
bool plan_is_union(const PlanNode *root);

/* Plain words, some of which are required. */
bool plan_is_conjunction(const PlanNode *root);

/* A conjunction with one required word, whose documents all match. */
bool plan_is_preference(const PlanNode *root);

/* The sum of the weights of all leaves. */
double plan_weight_sum(const PlanNode *node);

/* Calls visit with each term of the plan (search_terms); *word is the next word
 * index. */
void plan_terms(const PlanNode *node,
                void (*visit)(void *self, const SearchTerm *term), void *self,
                uint32_t *word);

#endif
