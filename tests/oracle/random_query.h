/* random_query.h - queries of every form, from the words of a corpus. */
#ifndef QUERN_ORACLE_RANDOM_QUERY_H
#define QUERN_ORACLE_RANDOM_QUERY_H

#include "common/base/buf.h"
#include "searcher/query/query_parser.h"
#include "tests/oracle/random_corpus.h"

/* Writes the text of a query to out and sets how it is to be parsed. Most
 * phrases occur in some document. */
void random_query(Random *random, const RandomCorpus *corpus, Buf *out,
                  ParseOptions *options);

/* Forms of queries near the limits: thousands of required, optional and
 * excluded words; nested groups; phrases of more than a thousand words. */
enum { BIG_QUERY_FORMS = 6 };

/* A query of form `form`, below BIG_QUERY_FORMS. */
void random_big_query(Random *random, const RandomCorpus *corpus, size_t form,
                      Buf *out, ParseOptions *options);

#endif
