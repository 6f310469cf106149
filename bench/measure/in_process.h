/* in_process.h - Quern in this process, asked directly. */
#ifndef QUERN_MEASURE_IN_PROCESS_H
#define QUERN_MEASURE_IN_PROCESS_H

#include "bench/answers/hit_list.h"
#include "bench/measure/workload.h"
#include "bench/queries/query_set.h"
#include "searcher/query/query_parser.h"
#include "searcher/search/search.h"

/* Index, parser and context of one launch. */
typedef struct InProcess {
    Index *index; /* owned */
    QueryParser *parser;
    SearchContext *context;
    ParseOptions parse_options;
    SearchOptions options;
    Arena arena; /* of the current query */
    const QuerySet *queries;
    Query query; /* the last one, and its result */
    SearchResult result;
} InProcess;

/* `plain`: operators are text. The queries must outlive it. */
NODISCARD Status in_process_open(InProcess *self, const char *folder,
                                 const QuerySet *queries, bool plain,
                                 Error *error);
void in_process_close(InProcess *self); /* {0} is fine */

/* What the next questions are. */
void in_process_choose(InProcess *self, const Workload *workload);

/* A TimedAsk: parses and searches query i. */
Status in_process_ask(void *self, size_t i, Error *error);

/* Query i and its k best, with ids. */
NODISCARD Status in_process_hits(InProcess *self, size_t i, uint32_t k,
                                 Arena *arena, HitList *out, Error *error);

/* The postings of all words of the last query: what an exhaustive search would
 * read. */
uint64_t in_process_postings(InProcess *self);

#endif
