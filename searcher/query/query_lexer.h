/* query_lexer.h - a query's text cut into items: words, quotes, operators.
 *
 * Knows where a mark can act and where it is text; knows nothing of analysis
 * or of the tree. Never fails but for memory; linear in the text.
 */
#ifndef QUERN_QUERY_QUERY_LEXER_H
#define QUERN_QUERY_QUERY_LEXER_H

#include "common/base/buf.h"
#include "searcher/query/query_notes.h"

typedef enum ItemKind {
    ITEM_WORD,
    ITEM_QUOTED,
    ITEM_OPEN, /* each has its ITEM_CLOSE and something in between */
    ITEM_CLOSE,
    ITEM_AND, /* written so; whether it acts depends on its neighbours */
    ITEM_OR,
    ITEM_NOT
} ItemKind;

typedef enum ItemSign { SIGN_NONE, SIGN_PLUS, SIGN_MINUS } ItemSign;

typedef struct QueryItem {
    ItemKind kind;
    ItemSign sign;
    QueryField field; /* FIELD_ANY: none given */
    uint32_t tilde;   /* ~N: edits of a word, slop of a quote; 0: none */
    float boost;      /* ^N, also behind a group's end; 0: none given */
    Span text;        /* borrowed from the query; without the marks */
} QueryItem;

/* Replaces the content of `items` by QueryItems. ERR_NO_MEMORY is kept in
 * items->status. */
void query_lex(Span text, Buf *items, NoteList *notes);

/* The bytes of the white space character at `at`; 0 if there is none. */
size_t query_space_at(Span text, size_t at);

/* The bytes of the quotation mark at `at`: 1 of ", 3 of a curly one; else 0. */
size_t query_quote_at(Span text, size_t at);

#endif
