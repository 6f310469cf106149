/* query.h - a query as a tree, after parsing and before planning.
 *
 * Words have been analyzed: every term is what the index holds. Nothing has
 * been looked up yet. All memory is the arena's that was given to the parser.
 *
 * Scores (design: each Boolean node returns a float; sums run in double, cast
 * once): a disjunction or conjunction is the (float) sum of its clauses; a
 * node with both is (float) sum of must + (float) sum of should.
 */
#ifndef QUERN_QUERY_QUERY_H
#define QUERN_QUERY_QUERY_H

#include "common/base/arena.h"
#include "common/base/span.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum QueryKind {
    QUERY_NOTHING, /* matches no document: all was dropped */
    QUERY_TERM,
    QUERY_PHRASE,
    QUERY_EXPANSION, /* one synonym term of all terms that fit a pattern */
    QUERY_BOOLEAN
} QueryKind;

typedef enum QueryField { FIELD_ANY, FIELD_TITLE, FIELD_TEXT } QueryField;
typedef enum QueryOccur { OCCUR_SHOULD, OCCUR_MUST, OCCUR_NOT } QueryOccur;
typedef enum QueryPattern {
    PATTERN_PREFIX,   /* word*: pattern is what stands before the star */
    PATTERN_WILDCARD, /* w*rd: a star for any bytes, the pattern as it is */
    PATTERN_FUZZY     /* word~1, word~2: edits in code points */
} QueryPattern;

/* A word of a phrase. Positions are relative, the first is 0; gaps are what
 * removed stop words left. Two words may share no position. */
typedef struct PhraseWord {
    Span term;
    uint32_t position;
    bool is_prefix; /* a lone CJK character at the end of a quoted run */
} PhraseWord;

typedef struct QueryNode QueryNode;

typedef struct QueryClause {
    QueryOccur occur;
    QueryNode *node;
} QueryClause;

struct QueryNode {
    QueryKind kind;
    float boost;      /* leaves: product of all boosts above, times the count of
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

/* What was dropped or changed, for --show-query and --json. */
typedef struct QueryNote {
    const char *text; /* "the: stop word, dropped" */
    bool is_warning;  /* said even where there are hits: something that was
                    asked for does not act, or a limit bites */
    struct QueryNote *next;
} QueryNote;

typedef struct Query {
    QueryNode *root; /* never NULL; QUERY_NOTHING if nothing is left */
    QueryNote *notes;
} Query;

/* What stands behind a pattern where it is written. */
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
