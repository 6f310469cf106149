/* query_lexer.h - query text to items: words, quotes, operators.
 *
 * Decides where a character is an operator and where it is text; independent
 * of the analyzer and the tree. Fails only without memory; linear time.
 */
#ifndef QUERN_QUERY_QUERY_LEXER_H
#define QUERN_QUERY_QUERY_LEXER_H

#include "common/base/buf.h"
#include "searcher/query/query_notes.h"

typedef enum ItemKind {
    ITEM_WORD,
    ITEM_QUOTED,
    ITEM_OPEN, /* each has a matching ITEM_CLOSE, and items in between */
    ITEM_CLOSE,
    ITEM_AND, /* the keyword; the parser decides if it is an operator */
    ITEM_OR,
    ITEM_NOT
} ItemKind;

typedef enum ItemSign { SIGN_NONE, SIGN_PLUS, SIGN_MINUS } ItemSign;

typedef struct QueryItem {
    ItemKind kind;
    ItemSign sign;
    QueryField field; /* FIELD_ANY: not given */
    uint32_t tilde;   /* ~N: edits of a word, slop of a quote; 0: not given */
    float boost;      /* ^N, for a group at ITEM_CLOSE too; 0: not given */
    Span text;        /* borrowed from the query; without operators */
} QueryItem;

/* Replaces the content of `items` by QueryItems. A failure is kept in
 * items->status. */
void query_lex(Span text, Buf *items, NoteList *notes);

/* The size in bytes of the white space character at `at`, or 0. */
size_t query_space_at(Span text, size_t at);

/* The size in bytes of the quotation mark at `at` (1 for ", 3 for a curly one),
 * or 0. */
size_t query_quote_at(Span text, size_t at);

#endif
