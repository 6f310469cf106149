/* level_answers.h - answers all queries on one instruction set, pruned and
 * exhaustively, and compares them.
 */
#ifndef QUERN_VERIFY_LEVEL_ANSWERS_H
#define QUERN_VERIFY_LEVEL_ANSWERS_H

#include "bench/queries/query_set.h"
#include "bench/verify/answer_record.h"

typedef struct LevelTask {
    Index *index;
    const QuerySet *queries;
    Depths depths;
    bool plain; /* queries are plain words */
} LevelTask;

/* Writes a record for each query to fd (answer_record.h), in order. Each is
 * answered pruned for each depth, once more with matches counted, counted
 * alone, and exhaustively. */
NODISCARD Status level_answers_write(const LevelTask *task, int fd,
                                     Error *error);

#endif
