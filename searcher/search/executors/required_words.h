/* required_words.h - the words that every match of a plan has, and the
 * documents that have all of them.
 */
#ifndef QUERN_EXECUTORS_REQUIRED_WORDS_H
#define QUERN_EXECUTORS_REQUIRED_WORDS_H

#include "searcher/search/executors/execution.h"

typedef struct RequiredWord {
    const PlanNode *leaf; /* the word itself, or the phrase with it */
    const Postings *list;
    ListCursor *cursor; /* initialised only if list->df > 0 */
} RequiredWord;

typedef struct RequiredWords {
    RequiredWord *words; /* the rarest first; of the execution's arena */
    size_t count;
} RequiredWords;

/* The words of the root or of its required clauses, and of their phrases, as
 * far as they are single terms; words of groups and synonyms are left out. */
NODISCARD Status required_words_take(Execution *execution, RequiredWords *out,
                                     Error *error);

/* The number of blocks of the rarest list, which is not a bitmap; 1 for an
 * inline posting. */
uint32_t required_words_blocks(const RequiredWords *words);

/* Writes the documents of such a block that have all words to docs, which has
 * CURSOR_ROOM; returns how many. Blocks must ascend. */
uint32_t required_words_common(const RequiredWords *words, uint32_t block,
                               uint32_t *docs);

#endif
