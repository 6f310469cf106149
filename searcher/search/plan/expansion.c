/* expansion.c - expands a pattern to the terms it matches, over all segments.
 *
 * The dictionary of each segment is scanned from the first term with the
 * pattern's literal prefix. If a term does not match and one of its characters
 * rules it out, the scan seeks the next term with another character there that
 * may match (Schulz and Mihov, Fast String Correction with Levenshtein
 * Automata, 2002, intersect a trie in this way; here it is a sorted list).
 */
#include "searcher/search/plan/expansion.h"

#include "common/base/utf8.h"
#include "common/base/utf8_clean.h"
#include "common/segment/dictionary/dictionary.h"

#include <stdlib.h>

enum {
    MAX_EDITS = 2,
    TOO_FAR = MAX_EDITS + 1 /* represents all greater distances, so that a byte
                               holds a distance, however long the words are */
};

#define NO_LEAP SIZE_MAX

/* The edit-distance table of the last term, one row a code point, so that terms
 * with a common prefix share its rows. */
typedef struct FuzzyMatcher {
    Buf pattern; /* u32: its code points */
    size_t pattern_length;
    uint32_t edits;
    Buf rows;   /* (pattern_length + 1) bytes for each code point of a term */
    Buf starts; /* u32: where each code point of `term` starts, and its end */
    Buf term;   /* the last term */
} FuzzyMatcher;

typedef struct Matcher {
    const QueryNode *node;
    Span literal; /* prefix of every term that matches */
    FuzzyMatcher fuzzy;
} Matcher;

/* The next code point; U+FFFD for bytes that are not UTF-8. */
static uint32_t next_character(Span *text)
{
    size_t size;
    uint32_t c = utf8_decode(text->data, text->data + text->size, &size);
    *text = span_of(text->data + size, text->size - size);
    return c;
}

/* Wildcard matching with stars only; worst case: product of the lengths. */
static bool wildcard_fits(Span pattern, Span term)
{
    size_t p = 0, t = 0, star = SIZE_MAX, retry = 0;
    while (t < term.size) {
        if (p < pattern.size && pattern.data[p] == '*') {
            star = p++;
            retry = t;
        } else if (p < pattern.size && pattern.data[p] == term.data[t]) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++retry;
        } else {
            return false;
        }
    }
    while (p < pattern.size && pattern.data[p] == '*') p++;
    return p == pattern.size;
}

static const uint32_t *fuzzy_pattern(const FuzzyMatcher *m)
{
    return (const uint32_t *)(const void *)m->pattern.data;
}

static unsigned smaller_of(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Computes the row of one more character; returns its minimum. */
static uint8_t fuzzy_row(const FuzzyMatcher *m, const uint8_t *above,
                         uint8_t *row, uint32_t c)
{
    const uint32_t *pattern = fuzzy_pattern(m);
    uint8_t smallest = row[0] = (uint8_t)smaller_of(above[0] + 1u, TOO_FAR);
    for (size_t i = 1; i <= m->pattern_length; i++) {
        unsigned change = above[i - 1] + (unsigned)(pattern[i - 1] != c);
        unsigned other = smaller_of(above[i], row[i - 1]) + 1;
        row[i] = (uint8_t)smaller_of(smaller_of(change, other), TOO_FAR);
        if (row[i] < smallest) smallest = row[i];
    }
    return smallest;
}

/* The number of characters in the common prefix with the last term. */
static size_t shared_characters(const FuzzyMatcher *m, Span term)
{
    size_t bytes = 0;
    while (bytes < term.size && bytes < m->term.size &&
           term.data[bytes] == m->term.data[bytes]) {
        bytes++;
    }
    const uint32_t *starts = (const uint32_t *)(const void *)m->starts.data;
    size_t count = m->starts.size / sizeof *starts, shared = 0;
    while (shared + 1 < count && starts[shared + 1] <= bytes) shared++;
    return shared;
}

/* Whether the term is within `edits`. If not, and one of its characters rules
 * it out, *wrong is the offset of that character, whose row is the last;
 * otherwise NO_LEAP. */
static bool fuzzy_fits(FuzzyMatcher *m, Span term, size_t *wrong)
{
    size_t width = m->pattern_length + 1;
    size_t characters = shared_characters(m, term);
    const uint32_t *starts = (const uint32_t *)(const void *)m->starts.data;
    size_t at = starts[characters];
    m->starts.size = (characters + 1) * sizeof *starts;
    m->rows.size = (characters + 1) * width;
    m->term.size = at;
    Span rest = span_of(term.data + at, term.size - at);
    while (rest.size) {
        size_t before = rest.size;
        uint32_t c = next_character(&rest);
        uint8_t *row = buf_reserve(&m->rows, width);
        if (!row) return false;
        uint8_t smallest = fuzzy_row(m, row - width, row, c);
        m->rows.size += width;
        buf_put(&m->term, term.data + at, before - rest.size);
        size_t start = at;
        at = term.size - rest.size;
        buf_put_u32le(&m->starts, (uint32_t)at);
        if (smallest > m->edits) {
            *wrong = start;
            return false;
        }
    }
    return m->rows.size && m->rows.data[m->rows.size - 1] <= m->edits;
}

/* The smallest code point above `c` that may match in its place, or 0. As `c`
 * was one edit too many, it must cost none. */
static uint32_t fuzzy_next(const FuzzyMatcher *m, uint32_t c)
{
    const uint8_t *above = m->rows.data + m->rows.size -
                           2 * (m->pattern_length + 1);
    uint32_t next = 0;
    for (size_t i = 0; i < m->pattern_length; i++) {
        uint32_t candidate = fuzzy_pattern(m)[i];
        bool fits = candidate > c && above[i] <= m->edits;
        if (fits && (!next || candidate < next)) next = candidate;
    }
    return next;
}

static void fuzzy_start(FuzzyMatcher *m, const QueryNode *node)
{
    Span rest = node->term;
    while (rest.size) buf_put_u32le(&m->pattern, next_character(&rest));
    m->pattern_length = m->pattern.size / sizeof(uint32_t);
    m->edits = node->edits < MAX_EDITS ? node->edits : MAX_EDITS;
    for (size_t i = 0; i <= m->pattern_length; i++) {
        buf_put_byte(&m->rows, (uint8_t)(i < TOO_FAR ? i : TOO_FAR));
    }
    buf_put_u32le(&m->starts, 0);
}

static bool matcher_fits(Matcher *m, Span term, size_t *wrong)
{
    *wrong = NO_LEAP;
    switch (m->node->pattern) {
    case PATTERN_PREFIX: return true;
    case PATTERN_WILDCARD: return wildcard_fits(m->node->term, term);
    case PATTERN_FUZZY: return fuzzy_fits(&m->fuzzy, term, wrong);
    }
    return false;
}

static void matcher_init(Matcher *m, const QueryNode *node)
{
    *m = (Matcher){.node = node};
    if (node->pattern == PATTERN_FUZZY) {
        fuzzy_start(&m->fuzzy, node);
    } else if (node->pattern == PATTERN_PREFIX) {
        m->literal = node->term;
    } else {
        const uint8_t *star = memchr(node->term.data, '*', node->term.size);
        size_t size = star ? (size_t)(star - node->term.data) : node->term.size;
        m->literal = span_of(node->term.data, size);
    }
}

static Status matcher_check(const Matcher *m, Error *error)
{
    static const char WHAT[] = "expanding a pattern";
    Status status = buf_check(&m->fuzzy.pattern, WHAT, error);
    if (status == OK) status = buf_check(&m->fuzzy.rows, WHAT, error);
    if (status == OK) status = buf_check(&m->fuzzy.starts, WHAT, error);
    if (status == OK) status = buf_check(&m->fuzzy.term, WHAT, error);
    return status;
}

static void matcher_release(Matcher *m)
{
    buf_release(&m->fuzzy.pattern);
    buf_release(&m->fuzzy.rows);
    buf_release(&m->fuzzy.starts);
    buf_release(&m->fuzzy.term);
}

/* The smallest string greater than all that begin with the first `size` bytes
 * of term; false if there is none. */
static bool successor(Span term, size_t size, Buf *out)
{
    while (size && term.data[size - 1] == 0xff) size--;
    if (!size) return false;
    buf_clear(out);
    buf_put(out, term.data, size);
    if (out->status == OK) out->data[size - 1]++;
    return out->status == OK;
}

/* The term to seek after one that the character at `wrong` ruled out; false if
 * nothing more can match. */
static bool leap_target(const Matcher *m, Span term, size_t wrong, Buf *out)
{
    Span rest = span_of(term.data + wrong, term.size - wrong);
    uint32_t next = fuzzy_next(&m->fuzzy, next_character(&rest));
    if (!next) return successor(term, wrong, out);
    uint8_t bytes[4];
    buf_clear(out);
    buf_put(out, term.data, wrong);
    buf_put(out, bytes, (size_t)(utf8_put_code_point(bytes, next) - bytes));
    return out->status == OK;
}

typedef struct FoundTerms {
    Buf terms; /* ExpandedTerm each */
    Arena *arena;
} FoundTerms;

static void add_found(FoundTerms *found, Span term, uint32_t df)
{
    ExpandedTerm entry = {arena_copy(found->arena, term), df};
    buf_put(&found->terms, &entry, sizeof entry);
}

/* Seeks forward. In a damaged dictionary that is not sorted it could go back,
 * and loop for ever. */
static Status leap_to(TermWalk *walk, Segment *segment, Span target,
                      Error *error)
{
    uint32_t ordinal = walk->next_number;
    Status status = term_walk_start(walk, segment, target, error);
    if (status != OK || walk->next_number >= ordinal) return status;
    return segment_fail(segment, SECTION_TERMS, error,
                        "term %u or one near it is not in byte order", ordinal);
}

/* Adds a term by the live documents that have it, if any do. */
static Status add_live(FoundTerms *found, const Removals *removals, Span term,
                       const TermRecord *record, Error *error)
{
    TermRemoval removal;
    Status status = removals_of_term(removals, record->number, record->df,
                                     &removal, error);
    if (status == OK && record->df > removal.df)
        add_found(found, term, record->df - removal.df);
    return status;
}

/* Walks one segment. */
static Status find_in_segment(Segment *segment, const Removals *removals,
                              Matcher *matcher, FoundTerms *found, Error *error)
{
    TermWalk walk = {0};
    Buf target = {0};
    Span term;
    TermRecord record;
    bool there;
    Status status = term_walk_start(&walk, segment, matcher->literal, error);
    while (status == OK) {
        status = term_walk_next(&walk, &term, &record, &there, error);
        if (status != OK || !there || !span_begins(term, matcher->literal)) {
            break;
        }
        size_t wrong;
        if (matcher_fits(matcher, term, &wrong)) {
            status = add_live(found, removals, term, &record, error);
        } else if (wrong != NO_LEAP) {
            if (!leap_target(matcher, term, wrong, &target)) break;
            status = leap_to(&walk, segment, buf_span(&target), error);
        }
    }
    if (status == OK) status = buf_check(&target, "expanding a pattern", error);
    term_walk_release(&walk);
    buf_release(&target);
    return status;
}

static int by_text(const void *a, const void *b)
{
    const ExpandedTerm *x = a, *y = b;
    return span_compare(x->text, y->text);
}

static int by_df(const void *a, const void *b)
{
    const ExpandedTerm *x = a, *y = b;
    if (x->df != y->df) return x->df < y->df ? 1 : -1;
    return by_text(a, b);
}

/* Merges equal terms of several segments, then keeps the most frequent. */
static void merge_found(FoundTerms *found, size_t limit, Expansion *out)
{
    ExpandedTerm *terms = (ExpandedTerm *)(void *)found->terms.data;
    size_t count = found->terms.size / sizeof *terms, kept = 0;
    if (count) qsort(terms, count, sizeof *terms, by_text);
    for (size_t i = 0; i < count; i++) {
        if (kept && span_equal(terms[kept - 1].text, terms[i].text)) {
            terms[kept - 1].df += terms[i].df;
        } else {
            terms[kept++] = terms[i];
        }
    }
    out->found = kept;
    if (kept > limit) {
        qsort(terms, kept, sizeof *terms, by_df);
        kept = limit;
        qsort(terms, kept, sizeof *terms, by_text);
    }
    out->count = kept;
    out->terms = arena_alloc(found->arena, (kept + 1) * sizeof *terms);
    if (out->terms && kept) memcpy(out->terms, terms, kept * sizeof *terms);
}

Status expansion_find(Index *index, const QueryNode *pattern, size_t limit,
                      Arena *arena, Expansion *out, Error *error)
{
    *out = (Expansion){0};
    FoundTerms found = {.arena = arena};
    Matcher matcher;
    matcher_init(&matcher, pattern);
    Status status = matcher_check(&matcher, error);
    for (size_t i = 0; status == OK && i < index->manifest.segment_count; i++) {
        status = find_in_segment(index->segments[i], index->removals[i],
                                 &matcher, &found, error);
        if (status == OK) status = matcher_check(&matcher, error);
    }
    if (status == OK) {
        status = buf_check(&found.terms, "expanding a pattern", error);
    }
    if (status == OK) merge_found(&found, limit, out);
    if (status == OK && arena->status != OK) {
        status = fail_memory(error, "expanding a pattern");
    }
    matcher_release(&matcher);
    buf_release(&found.terms);
    return status;
}
