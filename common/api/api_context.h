/* api_context.h - one thread's workspace, for the room. */
#ifndef QUERN_API_API_CONTEXT_H
#define QUERN_API_API_CONTEXT_H

#include "common/api/api_index.h"
#include "common/segment/documents/documents.h"
#include "searcher/query/query_parser.h"
#include "searcher/search/search.h"
#include "searcher/snippet/snippet.h"

#include <quern/search.h>
#include <quern/snippet.h>
#include <quern/stored.h>

/* What a snippet of one field needs, so that title and text are valid at the
 * same time. */
typedef struct ApiSnippet {
    SnippetMaker *maker; /* NULL until needed */
    quern_snippet snippet;
} ApiSnippet;

struct quern_context {
    const quern_index *index; /* borrowed */
    SearchContext *search;    /* owned, like all below */
    QueryParser *parser;      /* NULL until needed */

    /* The last search, if it succeeded. */
    bool has_result;
    quern_search_result result;
    Arena notes;

    /* Its terms, collected for the first snippet. */
    MatchedTerms terms;
    bool has_terms;
    ApiSnippet title, text;

    StoredReader **readers; /* one a segment, each NULL until needed */
    uint64_t max_bytes;
    quern_stored stored;
    Buf fields;         /* quern_stored_field */
    Buf id;             /* of quern_document_id */
    Buf ids, id_places; /* of quern_hit_ids: bytes, their ends */
    Buf id_strings;     /* quern_string */
    Buf explanation;
};

/* The parser, made when first needed. */
NODISCARD Status api_context_parser(quern_context *context, QueryParser **out,
                                    Error *error);

/* Forgets the last search, before another. */
void api_context_forget(quern_context *context);

/* Reads a stored document; borrowed from its reader until the next call. */
NODISCARD quern_status api_read_stored(quern_context *context,
                                       uint64_t document, StoredDocument *out,
                                       quern_error *error);

#endif
