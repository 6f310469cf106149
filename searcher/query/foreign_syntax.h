/* foreign_syntax.h - marks of other query languages, which are text here. */
#ifndef QUERN_QUERY_FOREIGN_SYNTAX_H
#define QUERN_QUERY_FOREIGN_SYNTAX_H

#include "searcher/query/query_notes.h"

/* Says of a word as it was written, if it looks like one that was meant to act
 * (!word, &&, ||, w?rd), what does so here. */
void note_foreign_syntax(NoteList *notes, Span word);

#endif
