/* oracle.h - a search engine too simple to be wrong, to judge the real one.
 *
 * Documents are lists of tokens in memory; a query is answered by scanning
 * every token of every document, without an index. BM25, the length byte,
 * phrases and patterns are written here a second time, from the design and from
 * Lucene's behaviour; of the engine only the analyzer and the query tree are
 * used.
 */
#ifndef QUERN_ORACLE_ORACLE_H
#define QUERN_ORACLE_ORACLE_H

#include "common/base/arena.h"
#include "common/text/analyzer.h"
#include "searcher/query/query.h"

typedef struct OracleToken {
    Span term;
    uint32_t position;
} OracleToken;

typedef struct OracleDocument {
    OracleToken *tokens; /* title first, then text */
    uint64_t *hashes;    /* of their terms, to compare them faster */
    size_t count;
    size_t length;      /* positions that have a token */
    uint32_t title_end; /* positions below it are the title's */
} OracleDocument;

typedef struct Oracle {
    const OracleDocument *documents;
    size_t document_count;
    float k1, b;
    size_t max_expansions;
    bool has_positions; /* otherwise phrases match all of their words, and
                           fields are not distinguished */
} Oracle;

typedef struct OracleHit {
    uint64_t document;
    float score;
} OracleHit;

/* Tokenizes a document as the indexer should. Its tokens are the arena's; false
 * if there is no memory. */
bool oracle_read_document(TokenStream *stream, Span title, Span text,
                          Arena *arena, OracleDocument *out);

/* All documents that match, best first, and how many. The arena's; NULL if
 * there is no memory. */
OracleHit *oracle_search(const Oracle *oracle, const Query *query, Arena *arena,
                         size_t *count);

#endif
