/* json_form.h - the lines of --json other than hits. docs/json.md documents
 * their keys, which are stable. */
#ifndef QUERN_OUTPUT_JSON_FORM_H
#define QUERN_OUTPUT_JSON_FORM_H

#include "common/base/buf.h"
#include "common/segment/documents/documents.h"
#include "searcher/query/query.h"

/* What is printed about one query: in a batch as a line of its own, otherwise
 * in the summary. */
typedef struct JsonQuery {
    Span qid, text;
    Span interpreted; /* query_format */
    uint64_t total;
    const QueryNote *notes;    /* of the parser */
    const QueryNote *warnings; /* of the search */
} JsonQuery;

/* ,"fields":{...}: the stored fields. */
void put_json_fields(const StoredField *fields, size_t count, Buf *out);

/* {"type":"query","qid":...} */
void put_json_query(const JsonQuery *query, Buf *out);

/* {"type":"summary",...} of a single query. */
void put_json_summary(const JsonQuery *query, const QueryNote *hints,
                      double seconds, Buf *out);

typedef struct JsonBatch {
    uint64_t queries, failed, without_hits, hits;
    double seconds;
} JsonBatch;

/* {"type":"summary",...} of a batch. */
void put_json_batch_summary(const JsonBatch *batch, Buf *out);

#endif
