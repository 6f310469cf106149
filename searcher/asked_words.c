/* asked_words.c - the words of a query, and which of them the index lacks. */
#include "searcher/asked_words.h"

#include "common/base/plain_text.h"
#include "common/segment/dictionary/dictionary.h"
#include "searcher/search/plan/expansion.h"

static void collect_word(AskedWords *asked, Span text, const QueryNode *pattern)
{
    for (size_t i = 0; i < asked->count; i++) {
        const AskedWord *word = &asked->words[i];
        if (!word->pattern == !pattern && span_equal(word->text, text)) return;
    }
    asked->more |= asked->count == MOST_ASKED_WORDS;
    if (asked->more) return;
    asked->words[asked->count++] = (AskedWord){.pattern = pattern,
                                               .text = text};
}

static void collect_words(AskedWords *asked, const QueryNode *node)
{
    asked->in_field |= node->field != FIELD_ANY;
    asked->in_title |= node->field == FIELD_TITLE;
    asked->in_sloppy |= node->slop > 0;
    if (node->kind == QUERY_TERM) collect_word(asked, node->term, NULL);
    if (node->kind == QUERY_EXPANSION) collect_word(asked, node->term, node);
    for (size_t i = 0; i < node->word_count; i++) {
        asked->in_phrase = true;
        if (!node->words[i].is_prefix) {
            collect_word(asked, node->words[i].term, NULL);
        }
    }
    for (size_t i = 0; i < node->clause_count; i++) {
        if (node->clauses[i].occur == OCCUR_NOT) continue;
        collect_words(asked, node->clauses[i].node);
    }
}

void asked_words_collect(const Query *query, AskedWords *out)
{
    *out = (AskedWords){0};
    collect_words(out, query->root);
}

static Status count_documents(Index *index, AskedWord *word, Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < index->manifest.segment_count; i++) {
        TermRecord record;
        bool found;
        status = dictionary_find(index->segments[i], word->text, &record,
                                 &found, error);
        if (status == OK && found) word->df += record.df;
    }
    return status;
}

Status asked_words_look_up(Session *session, AskedWords *asked, Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < asked->count; i++) {
        AskedWord *word = &asked->words[i];
        Expansion expansion = {0};
        if (word->pattern) {
            status = expansion_find(session->index, word->pattern, 1,
                                    &session->arena, &expansion, error);
            word->df = expansion.found;
        } else {
            status = count_documents(session->index, word, error);
        }
        asked->absent += word->df == 0;
    }
    return status;
}

void put_asked_word(Buf *out, const AskedWord *word)
{
    put_plain_text(out, word->text);
    if (word->pattern) buf_put_text(out, query_pattern_mark(word->pattern));
}
