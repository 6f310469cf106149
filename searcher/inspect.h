/* inspect.h - what else can be asked of an index than a search. */
#ifndef QUERN_SEARCHER_INSPECT_H
#define QUERN_SEARCHER_INSPECT_H

#include "common/segment/index.h"
#include "searcher/search_settings.h"

/* --get: the stored title and text of a document. ERR_USAGE if there is no
 * document of that id, ERR_UNSUPPORTED if the index keeps no text. */
NODISCARD Status inspect_document(Index *index, const Settings *settings,
                                  Error *error);

/* --explain: how a document came to its score. *matched tells whether the
 * query matches it at all. */
NODISCARD Status inspect_score(Index *index, const Settings *settings,
                               Span text, bool *matched, Error *error);

/* --show-query: the query as it was understood, notes, the plan. */
NODISCARD Status inspect_query(Index *index, const Settings *settings,
                               Span text, Error *error);

/* --analyze: a line for each token: position, start, end, token. */
NODISCARD Status inspect_text(const Analyzer *analyzer,
                              const Settings *settings, Error *error);

#endif
