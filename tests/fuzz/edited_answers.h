/* edited_answers.h - what an index with other values must answer: an error
 * that says what is wrong, or what is in it.
 */
#ifndef QUERN_FUZZ_EDITED_ANSWERS_H
#define QUERN_FUZZ_EDITED_ANSWERS_H

#include "common/base/buf.h"

#include <stdbool.h>

enum { ANSWERED_QUERIES = 28 };

/* Checks the index by every rule, as `indexer check` does. Whether it is good;
 * if not, why in *problems. */
bool index_is_good(const char *folder, Buf *problems);

/* Asks every query, pruned and exhaustive, with counts, filters, titles,
 * snippets and explanations. Whatever the index, an error has a message; of a
 * good index both ways must give the same documents, scores and counts, or
 * *difference says where they differ. */
void index_answer(const char *folder, bool is_good, Buf *difference);

#endif
