/* asked_words.h - the words of a query, and which of them the index lacks. */
#ifndef QUERN_SEARCHER_ASKED_WORDS_H
#define QUERN_SEARCHER_ASKED_WORDS_H

#include "searcher/search_session.h"

enum { MOST_ASKED_WORDS = 64 };

/* A word that was asked for, or a pattern. */
typedef struct AskedWord {
    const QueryNode *pattern; /* NULL: a word */
    Span text;                /* of the query */
    uint64_t df;              /* of a pattern: words that fit it */
} AskedWord;

typedef struct AskedWords {
    AskedWord words[MOST_ASKED_WORDS]; /* different ones, in query order */
    size_t count;
    bool more;     /* than are in `words` */
    size_t absent; /* of `words`, once they are looked up */
    bool in_field, in_title, in_phrase, in_sloppy;
} AskedWords;

/* What is excluded is left out, and so is a word of a phrase that stands for
 * all that begin so. Looks nothing up. */
void asked_words_collect(const Query *query, AskedWords *out);

/* Fills every df and `absent`; what patterns need is the session's arena's. */
NODISCARD Status asked_words_look_up(Session *session, AskedWords *asked,
                                     Error *error);

/* The word as a person would write it. */
void put_asked_word(Buf *out, const AskedWord *word);

#endif
