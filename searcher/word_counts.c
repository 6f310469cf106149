/* word_counts.c - the words of a query, and which of them the index has. */
#include "searcher/hints.h"

#include "common/base/plain_text.h"
#include "common/segment/dictionary/index_terms.h"
#include "searcher/search/plan/expansion.h"

static void collect_word(WordCounts *counts, Span text,
                         const QueryNode *pattern)
{
    for (size_t i = 0; i < counts->count; i++) {
        const WordCount *word = &counts->words[i];
        if (!word->pattern == !pattern && span_equal(word->text, text)) return;
    }
    counts->more |= counts->count == MAX_COUNTED_WORDS;
    if (counts->more) return;
    counts->words[counts->count++] = (WordCount){.pattern = pattern,
                                                 .text = text};
}

static void collect_words(WordCounts *counts, const QueryNode *node)
{
    counts->in_field |= node->field != FIELD_ANY;
    counts->in_title |= node->field == FIELD_TITLE;
    counts->in_sloppy |= node->slop > 0;
    if (node->kind == QUERY_TERM) collect_word(counts, node->term, NULL);
    if (node->kind == QUERY_EXPANSION) collect_word(counts, node->term, node);
    for (size_t i = 0; i < node->word_count; i++) {
        counts->in_phrase = true;
        if (!node->words[i].is_pattern) {
            collect_word(counts, node->words[i].term, NULL);
        }
    }
    for (size_t i = 0; i < node->clause_count; i++) {
        if (node->clauses[i].occur == OCCUR_NOT) continue;
        collect_words(counts, node->clauses[i].node);
    }
}

void word_counts_collect(const Query *query, WordCounts *out)
{
    *out = (WordCounts){0};
    collect_words(out, query->root);
}

Status word_counts_look_up(Session *session, WordCounts *counts, Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < counts->count; i++) {
        WordCount *word = &counts->words[i];
        Expansion expansion = {0};
        if (word->pattern) {
            status = expansion_find(session->index, word->pattern, 1,
                                    &session->arena, &expansion, error);
            word->df = expansion.found;
        } else {
            status = index_term_df(session->index, word->text, &word->df,
                                   error);
        }
        counts->absent += word->df == 0;
    }
    return status;
}

void put_word(Buf *out, const WordCount *word)
{
    put_plain_text(out, word->text);
    if (word->pattern) buf_put_text(out, query_pattern_mark(word->pattern));
}
