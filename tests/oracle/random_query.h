/* random_query.h - queries of every form, from the words of a corpus. */
#ifndef QUERN_ORACLE_RANDOM_QUERY_H
#define QUERN_ORACLE_RANDOM_QUERY_H

#include "common/base/buf.h"
#include "searcher/query/query_parser.h"
#include "tests/oracle/random_corpus.h"

/* Writes the text of a query to out and says how it is to be parsed. Phrases
 * are mostly such as stand in a document. */
void random_query(Random *random, const RandomCorpus *corpus, Buf *out,
                  ParseOptions *options);

/* The forms of queries that reach the limits of a query: thousands of words
 * required, preferred and excluded; groups in groups; phrases of more than a
 * thousand words. */
enum { BIG_QUERY_FORMS = 6 };

/* A query of form `form`, below BIG_QUERY_FORMS. */
void random_big_query(Random *random, const RandomCorpus *corpus, size_t form,
                      Buf *out, ParseOptions *options);

#endif
