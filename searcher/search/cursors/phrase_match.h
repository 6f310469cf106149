/* phrase_match.h - how often a phrase occurs in a document.
 *
 * One PhraseMatcher matches one phrase (or one word limited to a field) of a
 * query in one segment. Frequencies are Lucene's: an exact phrase counts its
 * matches; with slop each match counts 1 / (1 + distance).
 */
#ifndef QUERN_CURSORS_PHRASE_MATCH_H
#define QUERN_CURSORS_PHRASE_MATCH_H

#include "common/segment/positions/positions.h"
#include "searcher/search/cursors/list_cursor.h"
#include "searcher/search/plan/plan.h"

/* One word of the phrase and its positions in the current document. */
typedef struct MatchWord {
    PlanTerm **terms;
    size_t term_count;
    uint64_t df;    /* of its terms in the segment */
    uint32_t shift; /* last position of the phrase minus the word's own: added
                       to its positions, so that equal values form a match */
    uint32_t group; /* the first word of the phrase with the same term */
    struct MatchWord
        *repeat_of;  /* an earlier word of the same term, whose positions this
                        one shares; NULL: it has its own ... */
    uint32_t copies; /* ... shared by this many words, itself included ... */
    uint32_t spread; /* ... at most this far apart in the phrase */
    ListCursor *cursors;  /* one a term */
    Positions *positions; /* one a term; list NULL if the segment lacks it */
    const PositionPlace *
        place; /* phrase_matcher_frequency_found: where its positions are ... */
    bool is_implied;        /* ... where the other words imply this one */
    Buf own;                /* of u32; owned */
    const uint32_t *values; /* its positions in the document, ascending */
    uint32_t count;
    uint32_t at; /* index of the value in a sloppy match */
} MatchWord;

/* Limit per document: 512 MB, and as many as 256 MB of text can have. A list
 * may encode 2^31 positions in no bytes at all. */
enum { MATCHER_MAX_POSITIONS = 1 << 27 };

typedef struct PhraseMatcher {
    MatchWord *words;
    MatchWord **order; /* the rarest first */
    size_t word_count; /* 1 for a word in a field */
    uint32_t slop;
    QueryField field;
    const uint8_t *title_ends; /* NULL: no document has a title */
    uint32_t title_ends_width;
    bool has_repeats; /* some words are the same term */
    bool is_plain;    /* most phrases: see few_frequency */
    Buf candidates;   /* u32; owned */
    uint64_t held;    /* positions loaded for the current document */
    bool failed;      /* memory ran out: frequencies are not valid */
    bool exceeded;    /* held > MATCHER_MAX_POSITIONS: likewise not valid */
} PhraseMatcher;

/* `cursors` are those of the node's terms in the segment, in order. Memory is
 * the plan's arena's. */
NODISCARD Status phrase_matcher_init(PhraseMatcher *matcher,
                                     const PlanNode *node, size_t segment,
                                     const Plan *plan, ListCursor *cursors,
                                     Error *error);
void phrase_matcher_release(PhraseMatcher *matcher);

/* 0 if the document does not contain the phrase. Docids must ascend. */
float phrase_matcher_frequency(PhraseMatcher *matcher, uint32_t docid);

/* The same where the caller has found the postings: `place` of each word with
 * positions of its own, in an exact phrase of single terms in any field. Words
 * that are implied are not read; the first of repeated ones is not among them,
 * nor are all words. */
float phrase_matcher_frequency_found(PhraseMatcher *matcher);

#endif
