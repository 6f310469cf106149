/* phrase_match.h - how often a phrase stands in a document.
 *
 * One PhraseMatcher is one query's work on one phrase (or one word limited to
 * a part) in one segment. Frequencies are Lucene's: exact phrases count their
 * matches; with slop each match counts 1 / (1 + distance).
 */
#ifndef QUERN_CURSORS_PHRASE_MATCH_H
#define QUERN_CURSORS_PHRASE_MATCH_H

#include "common/segment/positions/positions.h"
#include "searcher/search/cursors/list_cursor.h"
#include "searcher/search/plan/plan.h"

/* One word and its positions in the document at hand. */
typedef struct MatchWord {
    PlanTerm **terms;
    size_t term_count;
    uint32_t shift; /* greatest place of the phrase less the word's own: added
                       to its positions, so that equal values are in line */
    uint32_t group; /* the first word of the phrase with the same term */
    struct MatchWord *repeat_of; /* an earlier word, the positions of which are
                               this one's too; NULL: it has its own ... */
    uint32_t copies;        /* ... which so many words share, itself one ... */
    uint32_t spread;        /* ... as far apart in the phrase as this */
    ListCursor *cursors;    /* one a term */
    Positions *positions;   /* likewise; list NULL where the segment has none */
    Buf own;                /* of u32; owned */
    const uint32_t *values; /* its positions in the document, ascending */
    uint32_t count;
    uint32_t at; /* the value that a sloppy match uses */
} MatchWord;

typedef struct PhraseMatcher {
    MatchWord *words;
    size_t word_count; /* 1 for a word in a part */
    uint32_t slop;
    QueryField field;
    const uint8_t *parts; /* NULL: no document has a title */
    uint32_t parts_width;
    bool has_repeats; /* two words are the same term */
    Buf candidates;   /* u32; owned */
    bool failed;      /* memory ran out: frequencies mean nothing */
} PhraseMatcher;

/* `cursors` are those of the node's terms in the segment, in order. Room is
 * taken from the plan's arena. */
NODISCARD Status phrase_matcher_init(PhraseMatcher *matcher,
                                     const PlanNode *node, size_t segment,
                                     const Plan *plan, ListCursor *cursors,
                                     Error *error);
void phrase_matcher_release(PhraseMatcher *matcher);

/* 0 if the phrase is not in the document. Docids go forward. */
float phrase_matcher_frequency(PhraseMatcher *matcher, uint32_t docid);

#endif
