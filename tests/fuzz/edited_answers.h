/* edited_answers.h - checks and searches an edited index: each call gives an
 * error with a message, or a result. */
#ifndef QUERN_FUZZ_EDITED_ANSWERS_H
#define QUERN_FUZZ_EDITED_ANSWERS_H

#include "common/base/buf.h"

#include <stdbool.h>

enum { ANSWERED_QUERIES = 28 };

/* Checks the index like `indexer check`. Returns whether it is accepted; if
 * not, the reasons are in *problems. */
bool index_is_good(const char *folder, Buf *problems);

/* Runs every query, pruned and exhaustive, with counts, filters, titles,
 * snippets and explanations. For any index, an error has a message. For an
 * accepted index, both ways must give the same documents, scores and counts;
 * otherwise *difference describes the first difference. */
void index_answer(const char *folder, bool is_good, Buf *difference);

#endif
