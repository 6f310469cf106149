/* query.h - a query tree, after parsing and before planning.
 *
 * Words have been analyzed, so terms compare with those of the index; none has
 * been looked up yet. All memory belongs to the arena given to the parser.
 *
 * Scores are Lucene's: each Boolean node returns a float; sums run in double
 * and are cast once. A disjunction or conjunction is the (float) sum of its
 * clauses; a node with both is (float) sum of must + (float) sum of should.
 */
#ifndef QUERN_QUERY_QUERY_H
#define QUERN_QUERY_QUERY_H

#include "common/base/advice.h"
#include "common/base/arena.h"
#include "common/base/span.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum QueryKind {
    QUERY_NOTHING, /* matches no document */
    QUERY_TERM,
    QUERY_PHRASE,
    QUERY_EXPANSION, /* all terms that match a pattern, scored as one term
                        (Lucene's SynonymQuery) */
    QUERY_BOOLEAN
} QueryKind;

typedef enum QueryField { FIELD_ANY, FIELD_TITLE, FIELD_TEXT } QueryField;
typedef enum QueryOccur { OCCUR_SHOULD, OCCUR_MUST, OCCUR_NOT } QueryOccur;
typedef enum QueryPattern {
    PATTERN_PREFIX,   /* word*: the pattern is stored without the star */
    PATTERN_WILDCARD, /* w*rd: a star matches any bytes, also none */
    PATTERN_FUZZY     /* word~1, word~2: edits in code points */
} QueryPattern;

/* A word of a phrase. Positions are relative to the first word; removed stop
 * words leave gaps. No two words share a position. */
typedef struct PhraseWord {
    Span term;
    uint32_t position;
    bool is_pattern; /* the last part of a compound, as in self.cli*, or a lone
                        CJK character; then the next two are set */
    QueryPattern pattern;
    uint32_t edits; /* PATTERN_FUZZY: 1 or 2 */
} PhraseWord;

typedef struct QueryNode QueryNode;

typedef struct QueryClause {
    QueryOccur occur;
    QueryNode *node;
} QueryClause;

struct QueryNode {
    QueryKind kind;
    float boost; /* leaves: product of all boosts above, times the number of
                    equal words. Boolean nodes: 1 after query_simplify */
    QueryField field; /* leaves */

    Span term; /* QUERY_TERM; QUERY_EXPANSION: the pattern, folded */
    QueryPattern pattern;
    uint32_t edits; /* PATTERN_FUZZY: 1 or 2 */

    PhraseWord *words; /* QUERY_PHRASE: at least two */
    size_t word_count;
    uint32_t slop; /* 0: exact */

    QueryClause *clauses; /* QUERY_BOOLEAN */
    size_t clause_count;
    uint32_t min_match; /* of the should clauses: 0 means 1 without must, 0
                           with must */
};

/* A remark on what was dropped or changed. */
typedef struct QueryNote {
    const char *text; /* "the: stop word, dropped" */
    Advice advice;    /* what would help */
    bool is_warning; /* shown even if there are hits: an operator was treated as
                        text, or a limit was reached */
    struct QueryNote *next;
} QueryNote;

typedef struct Query {
    QueryNode *root; /* never NULL */
    QueryNote *notes;
} Query;

/* The expansion of a phrase's word that is a pattern. */
static inline QueryNode query_word_expansion(const PhraseWord *word)
{
    return (QueryNode){.kind = QUERY_EXPANSION,
                       .boost = 1,
                       .term = word->term,
                       .pattern = word->pattern,
                       .edits = word->edits};
}

/* The operator after a pattern in the query language. */
static inline const char *query_pattern_mark(const QueryNode *expansion)
{
    switch (expansion->pattern) {
    case PATTERN_PREFIX: return "*";
    case PATTERN_WILDCARD: return "";
    case PATTERN_FUZZY: return expansion->edits == 1 ? "~1" : "~2";
    }
    return "";
}

#endif
