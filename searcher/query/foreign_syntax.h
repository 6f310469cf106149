/* foreign_syntax.h - operators of other query languages, which are text here.
 */
#ifndef QUERN_QUERY_FOREIGN_SYNTAX_H
#define QUERN_QUERY_FOREIGN_SYNTAX_H

#include "searcher/query/query_notes.h"

/* If the word as written looks like an operator of another language (!word,
 * &&, ||, w?rd), adds a warning that names ours. */
void note_foreign_syntax(NoteList *notes, Span word);

#endif
