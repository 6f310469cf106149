/* required_words.h - the words that every match of a plan has, and the
 * documents that have them all. */
#ifndef QUERN_EXECUTORS_REQUIRED_WORDS_H
#define QUERN_EXECUTORS_REQUIRED_WORDS_H

#include "searcher/search/executors/execution.h"

typedef struct RequiredWord {
    const PlanNode *leaf; /* that it is, or is a word of */
    const Postings *list;
    ListCursor *cursor; /* set up only if list->df > 0 */
} RequiredWord;

typedef struct RequiredWords {
    RequiredWord *words; /* the rarest first; of the execution's arena */
    size_t count;
} RequiredWords;

/* The words of the root, or of its required clauses, and of their phrases that
 * stand for one term each; none of groups and synonyms. */
NODISCARD Status required_words_take(Execution *execution, RequiredWords *out,
                                     Error *error);

/* Blocks of the rarest list, which is no bitmap; 1 for a lone posting. */
uint32_t required_words_blocks(const RequiredWords *words);

/* The documents of such a block that all words have; how many. docs has
 * CURSOR_ROOM. Blocks go forward. */
uint32_t required_words_common(const RequiredWords *words, uint32_t block,
                               uint32_t *docs);

#endif
