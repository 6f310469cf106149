/* serve.h - answers the protocol of search benchmarks on standard input.
 *
 *   COUNT TAB query        how many documents match
 *   TOP_k TAB query        ranks the k best, answers 1
 *   TOP_k_COUNT TAB query  ranks the k best, answers how many match
 *   HITS_k TAB query       [["id",score],...], best first
 *
 * with k from 1 to 1,000,000. Every line gets exactly one line; what cannot
 * be done is answered UNSUPPORTED.
 */
#ifndef QUERN_SEARCHER_SERVE_H
#define QUERN_SEARCHER_SERVE_H

#include "common/segment/index.h"
#include "searcher/search_settings.h"

/* Until the end of standard input. */
NODISCARD Status serve(Index *index, const Settings *settings, Error *error);

#endif
