/* oracle.c - answers queries by scanning everything.
 *
 * Each node of the tree is evaluated over all documents: whether each matches
 * and its score. Leaves count how often they occur in every document; the
 * number of documents with a count is the df, and BM25 follows:
 *
 *   idf   = (float) ln(1 + (N - df + 0.5) / (df + 0.5))
 *   score = w - w / (1 + tf * 1 / (k1 * ((1 - b) + b * length / average)))
 *
 * in 32-bit arithmetic, w = boost * idf, N counting documents with a token.
 */
#include "tests/oracle/oracle.h"

#include "common/base/hash.h"
#include "tests/oracle/oracle_phrase.h"

#include <math.h>
#include <stdlib.h>

/* The result of a node for each document. */
typedef struct Verdict {
    bool *matches;
    float *scores;
} Verdict;

/* A set of words scored as one. */
typedef struct WordSet {
    Span *words;
    uint64_t *hashes;
    size_t count;
    size_t df; /* of the most frequent word */
} WordSet;

typedef struct Judge {
    const Oracle *oracle;
    Arena *arena;
    float average_length;
    size_t nonempty;
} Judge;

/* Drops a token that repeats a term at its position; counts positions. */
static void take_token(OracleDocument *document, const OracleToken *token)
{
    bool is_new = true;
    for (size_t i = 0; i < document->count; i++) {
        const OracleToken *other = &document->tokens[i];
        if (other->position != token->position) continue;
        if (span_equal(other->term, token->term)) return;
        is_new = false;
    }
    document->length += is_new;
    document->hashes[document->count] = hash_span(token->term);
    document->tokens[document->count++] = *token;
}

bool oracle_read_document(TokenStream *stream, Span title, Span text,
                          Arena *arena, OracleDocument *out)
{
    Span parts[] = {title, text};
    Buf tokens = {0};
    uint32_t base = 0;
    *out = (OracleDocument){0};
    for (int field = 0; field < 2; field++) {
        size_t count;
        const Token *batch;
        token_stream_start(stream, parts[field], TEXT_DOCUMENT);
        while ((batch = token_stream_batch(stream, &count)) && count) {
            for (size_t i = 0; i < count; i++) {
                OracleToken token = {arena_copy(arena, batch[i].term),
                                     base + batch[i].position};
                buf_put(&tokens, &token, sizeof token);
            }
        }
        if (field == 0 && title.size) {
            out->title_end = token_stream_positions(stream);
            base = out->title_end + 1;
        }
    }
    size_t count = tokens.size / sizeof(OracleToken);
    out->tokens = arena_alloc(arena, tokens.size + 1);
    out->hashes = arena_alloc(arena, (count + 1) * sizeof *out->hashes);
    bool ok = out->tokens && out->hashes && tokens.status == OK &&
              token_stream_status(stream) == OK;
    const OracleToken *all = (const OracleToken *)(const void *)tokens.data;
    for (size_t i = 0; ok && i < count; i++) take_token(out, &all[i]);
    buf_release(&tokens);
    return ok;
}

/* Lucene keeps a length of 40 and more by its four leading bits above 24. */
static float kept_length(size_t length)
{
    if (length < 40) return (float)length;
    size_t rest = length - 24, step = 1;
    while (rest / step >= 16) step *= 2;
    return (float)(24 + rest / step * step);
}

static float bm25(const Judge *judge, float weight, float tf, size_t length)
{
    float k1 = judge->oracle->k1, b = judge->oracle->b;
    float norm = k1 *
                 ((1.0f - b) + b * kept_length(length) / judge->average_length);
    float inverse = 1.0f / norm;
    return weight - weight / (1.0f + tf * inverse);
}

static float idf(const Judge *judge, size_t df)
{
    double n = (double)judge->nonempty, d = (double)df;
    return (float)log(1.0 + (n - d + 0.5) / (d + 0.5));
}

static Verdict new_verdict(const Judge *judge)
{
    size_t count = judge->oracle->document_count + 1;
    Verdict verdict = {arena_zeroed(judge->arena, count, sizeof(bool)),
                       arena_zeroed(judge->arena, count, sizeof(float))};
    return verdict;
}

static bool in_field(const OracleDocument *document, uint32_t position,
                     QueryField field)
{
    bool title = position < document->title_end;
    return field == FIELD_ANY || (field == FIELD_TITLE) == title;
}

/* Whether token `at` of the document is in the set. */
static bool word_set_has(const WordSet *set, const OracleDocument *document,
                         size_t at)
{
    uint64_t hash = document->hashes[at];
    for (size_t i = 0; i < set->count; i++) {
        if (set->hashes[i] == hash &&
            span_equal(set->words[i], document->tokens[at].term)) {
            return true;
        }
    }
    return false;
}

static uint32_t occurrences(const OracleDocument *document, const WordSet *set,
                            QueryField field)
{
    uint32_t count = 0;
    for (size_t i = 0; i < document->count; i++) {
        count += word_set_has(set, document, i) &&
                 in_field(document, document->tokens[i].position, field);
    }
    return count;
}

static size_t document_frequency(const Judge *judge, Span word)
{
    uint64_t hash = hash_span(word);
    WordSet set = {&word, &hash, 1, 0};
    size_t df = 0;
    for (size_t i = 0; i < judge->oracle->document_count; i++) {
        df += occurrences(&judge->oracle->documents[i], &set, FIELD_ANY) > 0;
    }
    return df;
}

/* Room for a number of words; empty without memory. */
static WordSet new_word_set(const Judge *judge, size_t count)
{
    WordSet set = {
        .words = arena_alloc(judge->arena, (count + 1) * sizeof *set.words),
        .hashes = arena_alloc(judge->arena, (count + 1) * sizeof *set.hashes),
        .count = count};
    return set.words && set.hashes ? set : (WordSet){0};
}

static WordSet one_word(const Judge *judge, Span word)
{
    WordSet set = new_word_set(judge, 1);
    if (!set.count) return set;
    set.words[0] = word;
    set.hashes[0] = hash_span(word);
    set.df = document_frequency(judge, word);
    return set;
}

/* Patterns: every distinct word of the corpus that fits. */

static size_t next_code_point(Span text, size_t at, uint32_t *out)
{
    uint8_t first = text.data[at];
    size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    *out = 0;
    for (size_t i = at; i < at + size && i < text.size; i++) {
        *out = *out << 8 | text.data[i];
    }
    return at + size;
}

/* The minimum number of code points to insert, delete or replace, by trying
 * all ways; gives up above `limit`. */
static uint32_t edits_between(Span a, Span b, uint32_t limit)
{
    if (!a.size && !b.size) return 0;
    uint32_t x = 0, y = 0, best = limit + 1;
    Span a_rest = a, b_rest = b;
    if (a.size) {
        size_t step = next_code_point(a, 0, &x);
        a_rest = span_of(a.data + step, a.size - step);
    }
    if (b.size) {
        size_t step = next_code_point(b, 0, &y);
        b_rest = span_of(b.data + step, b.size - step);
    }
    if (a.size && b.size && x == y) return edits_between(a_rest, b_rest, limit);
    if (limit == 0) return best;
    uint32_t edits[] = {
        a.size && b.size ? 1 + edits_between(a_rest, b_rest, limit - 1) : best,
        a.size ? 1 + edits_between(a_rest, b, limit - 1) : best,
        b.size ? 1 + edits_between(a, b_rest, limit - 1) : best};
    for (int i = 0; i < 3; i++) best = edits[i] < best ? edits[i] : best;
    return best;
}

static bool wildcard_fits(Span pattern, Span word)
{
    if (!pattern.size) return !word.size;
    Span rest = span_of(pattern.data + 1, pattern.size - 1);
    if (pattern.data[0] != '*') {
        return word.size && word.data[0] == pattern.data[0] &&
               wildcard_fits(rest, span_of(word.data + 1, word.size - 1));
    }
    for (size_t i = 0; i <= word.size; i++) {
        if (wildcard_fits(rest, span_of(word.data + i, word.size - i))) {
            return true;
        }
    }
    return false;
}

static bool pattern_fits(const QueryNode *node, Span word)
{
    switch (node->pattern) {
    case PATTERN_PREFIX:
        return word.size >= node->term.size &&
               !memcmp(word.data, node->term.data, node->term.size);
    case PATTERN_WILDCARD: return wildcard_fits(node->term, word);
    case PATTERN_FUZZY:
        return edits_between(node->term, word, node->edits) <= node->edits;
    }
    return false;
}

typedef struct Candidate {
    Span word;
    size_t df;
} Candidate;

static int by_df_then_text(const void *a, const void *b)
{
    const Candidate *x = a, *y = b;
    if (x->df != y->df) return x->df < y->df ? 1 : -1;
    return span_compare(x->word, y->word);
}

static WordSet expand(const Judge *judge, const QueryNode *pattern)
{
    Buf found = {0}, hashes = {0};
    WordSet seen = {0};
    for (size_t i = 0; i < judge->oracle->document_count; i++) {
        const OracleDocument *document = &judge->oracle->documents[i];
        for (size_t j = 0; j < document->count; j++) {
            Span word = document->tokens[j].term;
            if (word_set_has(&seen, document, j) ||
                !pattern_fits(pattern, word)) {
                continue;
            }
            buf_put(&found, &word, sizeof word);
            buf_put(&hashes, &document->hashes[j], sizeof *document->hashes);
            seen.words = (Span *)(void *)found.data;
            seen.hashes = (uint64_t *)(void *)hashes.data;
            seen.count = found.size / sizeof word;
        }
    }
    size_t count = seen.count;
    Candidate *candidates = arena_alloc(judge->arena,
                                        (count + 1) * sizeof *candidates);
    WordSet set = new_word_set(judge, count);
    for (size_t i = 0; candidates && i < set.count; i++) {
        candidates[i].word = seen.words[i];
        candidates[i].df = document_frequency(judge, seen.words[i]);
    }
    buf_release(&found);
    buf_release(&hashes);
    if (!candidates || !set.count) return (WordSet){0};
    qsort(candidates, count, sizeof *candidates, by_df_then_text);
    if (count > judge->oracle->max_expansions) {
        set.count = judge->oracle->max_expansions;
    }
    set.df = candidates[0].df;
    for (size_t i = 0; i < set.count; i++) {
        set.words[i] = candidates[i].word;
        set.hashes[i] = hash_span(set.words[i]);
    }
    return set;
}

static Verdict judge_words(const Judge *judge, const QueryNode *node,
                           const WordSet *set)
{
    Verdict verdict = new_verdict(judge);
    QueryField field = judge->oracle->has_positions ? node->field : FIELD_ANY;
    float weight = node->boost * idf(judge, set->df);
    for (size_t i = 0; i < judge->oracle->document_count; i++) {
        const OracleDocument *document = &judge->oracle->documents[i];
        uint32_t tf = occurrences(document, set, field);
        verdict.matches[i] = tf > 0;
        if (tf) {
            verdict.scores[i] = bm25(judge, weight, (float)tf,
                                     document->length);
        }
    }
    return verdict;
}

/* The positions of a word of the phrase in the field. */
static OraclePositions positions_of(const Judge *judge,
                                    const OracleDocument *document,
                                    const WordSet *set, QueryField field)
{
    OraclePositions out = {
        arena_alloc(judge->arena, (document->count + 1) * sizeof(uint32_t)), 0};
    for (size_t i = 0; out.at && i < document->count; i++) {
        const OracleToken *token = &document->tokens[i];
        if (!word_set_has(set, document, i)) continue;
        if (!in_field(document, token->position, field)) continue;
        /* Terms of a prefix at one position match once. */
        bool again = out.count && out.at[out.count - 1] == token->position;
        if (!again) out.at[out.count++] = token->position;
    }
    return out;
}

static WordSet phrase_word_set(const Judge *judge, const PhraseWord *word)
{
    QueryNode expansion = {.kind = QUERY_EXPANSION,
                           .pattern = word->pattern,
                           .edits = word->edits,
                           .term = word->term};
    return word->is_pattern ? expand(judge, &expansion)
                            : one_word(judge, word->term);
}

/* Without positions: all words of the phrase, anywhere. */
static Verdict judge_conjunction(const Judge *judge, const QueryNode *node,
                                 const WordSet *sets)
{
    Verdict verdict = new_verdict(judge);
    for (size_t i = 0; i < judge->oracle->document_count; i++) {
        const OracleDocument *document = &judge->oracle->documents[i];
        double sum = 0;
        verdict.matches[i] = true;
        for (size_t w = 0; w < node->word_count; w++) {
            float weight = node->boost * idf(judge, sets[w].df);
            uint32_t tf = occurrences(document, &sets[w], FIELD_ANY);
            if (!tf) verdict.matches[i] = false;
            sum += (double)bm25(judge, weight, (float)tf, document->length);
        }
        if (verdict.matches[i]) verdict.scores[i] = (float)sum;
    }
    return verdict;
}

static Verdict judge_phrase(const Judge *judge, const QueryNode *node)
{
    Verdict verdict = new_verdict(judge);
    size_t count = node->word_count;
    WordSet *sets = arena_alloc(judge->arena, count * sizeof *sets);
    OraclePositions *positions = arena_alloc(judge->arena,
                                             count * sizeof *positions);
    if (!sets || !positions) return verdict;
    double idf_sum = 0;
    for (size_t w = 0; w < count; w++) {
        sets[w] = phrase_word_set(judge, &node->words[w]);
        idf_sum += (double)idf(judge, sets[w].df);
        if (!sets[w].df) return verdict;
    }
    if (!judge->oracle->has_positions) {
        return judge_conjunction(judge, node, sets);
    }
    float weight = node->boost * (float)idf_sum;
    for (size_t i = 0; i < judge->oracle->document_count; i++) {
        const OracleDocument *document = &judge->oracle->documents[i];
        for (size_t w = 0; w < count; w++) {
            positions[w] = positions_of(judge, document, &sets[w], node->field);
        }
        float tf = oracle_phrase_frequency(node, positions, judge->arena);
        verdict.matches[i] = tf > 0;
        if (tf > 0) {
            verdict.scores[i] = bm25(judge, weight, tf, document->length);
        }
    }
    return verdict;
}

static Verdict judge_node(const Judge *judge, const QueryNode *node);

/* One document, its clauses already judged. */
static void judge_clauses(const QueryNode *node, const Verdict *clauses,
                          size_t document, Verdict *out)
{
    double must = 0, should = 0;
    size_t must_count = 0, should_matches = 0;
    for (size_t i = 0; i < node->clause_count; i++) {
        bool matches = clauses[i].matches[document];
        double score = (double)clauses[i].scores[document];
        switch (node->clauses[i].occur) {
        case OCCUR_NOT:
            if (matches) return;
            break;
        case OCCUR_MUST:
            if (!matches) return;
            must += score;
            must_count++;
            break;
        case OCCUR_SHOULD:
            if (!matches) break;
            should += score;
            should_matches++;
            break;
        }
    }
    size_t needed = node->min_match;
    if (!needed && !must_count) needed = 1;
    if (should_matches < needed) return;
    out->matches[document] = true;
    out->scores[document] = (float)must + (float)should;
}

static Verdict judge_boolean(const Judge *judge, const QueryNode *node)
{
    Verdict verdict = new_verdict(judge);
    Verdict *clauses = arena_alloc(judge->arena,
                                   (node->clause_count + 1) * sizeof *clauses);
    if (!clauses) return verdict;
    for (size_t i = 0; i < node->clause_count; i++) {
        clauses[i] = judge_node(judge, node->clauses[i].node);
    }
    for (size_t i = 0; i < judge->oracle->document_count; i++) {
        judge_clauses(node, clauses, i, &verdict);
    }
    return verdict;
}

static Verdict judge_node(const Judge *judge, const QueryNode *node)
{
    WordSet set;
    switch (node->kind) {
    case QUERY_NOTHING: break;
    case QUERY_TERM:
        set = one_word(judge, node->term);
        return judge_words(judge, node, &set);
    case QUERY_EXPANSION:
        set = expand(judge, node);
        return judge_words(judge, node, &set);
    case QUERY_PHRASE: return judge_phrase(judge, node);
    case QUERY_BOOLEAN: return judge_boolean(judge, node);
    }
    return new_verdict(judge);
}

static int by_rank(const void *a, const void *b)
{
    const OracleHit *x = a, *y = b;
    if (x->score < y->score) return 1;
    if (x->score > y->score) return -1;
    return (x->document > y->document) - (x->document < y->document);
}

static Judge new_judge(const Oracle *oracle, Arena *arena)
{
    uint64_t tokens = 0;
    Judge judge = {.oracle = oracle, .arena = arena, .average_length = 1.0f};
    for (size_t i = 0; i < oracle->document_count; i++) {
        tokens += oracle->documents[i].length;
        judge.nonempty += oracle->documents[i].length > 0;
    }
    if (judge.nonempty) {
        judge.average_length = (float)((double)tokens / (double)judge.nonempty);
    }
    return judge;
}

OracleHit *oracle_search(const Oracle *oracle, const Query *query, Arena *arena,
                         size_t *count)
{
    Judge judge = new_judge(oracle, arena);
    Verdict verdict = judge_node(&judge, query->root);
    OracleHit *hits = arena_alloc(arena,
                                  (oracle->document_count + 1) * sizeof *hits);
    *count = 0;
    if (arena->status != OK) return NULL;
    for (size_t i = 0; i < oracle->document_count; i++) {
        if (verdict.matches[i]) {
            hits[(*count)++] = (OracleHit){i, verdict.scores[i]};
        }
    }
    qsort(hits, *count, sizeof *hits, by_rank);
    return hits;
}
