/* modes.h - what searcher can be asked to do; main.c picks one.
 *
 * Each prints its output and returns; the index outlives the call.
 */
#ifndef QUERN_SEARCHER_MODES_H
#define QUERN_SEARCHER_MODES_H

#include "common/segment/index.h"
#include "searcher/search_settings.h"

/* One query from the command line. *found: whether there was a hit. */
NODISCARD Status search_single(Index *index, const Settings *settings,
                               Span text, bool *found, Error *error);

/* A file of queries ("-": standard input), answered in file order on several
 * threads. A query that cannot be answered is reported with its line and the
 * others go on; *failed_count is how many there were. */
NODISCARD Status search_batch(Index *index, const Settings *settings,
                              const char *path, uint64_t *failed_count,
                              Error *error);

/* --serve: the protocol of search benchmarks, until standard input ends.
 *
 *   COUNT TAB query        how many documents match
 *   TOP_k TAB query        ranks the k best, answers 1
 *   TOP_k_COUNT TAB query  ranks the k best, answers how many match
 *   HITS_k TAB query       [["id",score],...], best first
 *
 * with k from 1 to 1,000,000. Every line gets exactly one line as its answer;
 * UNSUPPORTED if it cannot be answered. */
NODISCARD Status serve(Index *index, const Settings *settings, Error *error);

/* --get: the stored title and text of a document. ERR_USAGE if no document has
 * that id, ERR_UNSUPPORTED if the index stores no text. */
NODISCARD Status inspect_document(Index *index, const Settings *settings,
                                  Error *error);

/* --explain: how the score of a document is computed. *matched: whether the
 * query matches it. */
NODISCARD Status inspect_score(Index *index, const Settings *settings,
                               Span text, bool *matched, Error *error);

/* --show-query: the parsed query, notes, and the plan. */
NODISCARD Status inspect_query(Index *index, const Settings *settings,
                               Span text, Error *error);

/* --analyze: one line per token: position, start, end, token. */
NODISCARD Status inspect_text(const Analyzer *analyzer,
                              const Settings *settings, Error *error);

#endif
