/* api_terms.c - the terms of an index. */
#include "common/api/api_index.h"
#include "common/segment/dictionary/index_terms.h"

#include <stdlib.h>

struct quern_terms {
    IndexTerms *terms;
    quern_term term; /* the current one */
};

quern_status quern_terms_open(const quern_index *index, quern_string prefix,
                              quern_terms **terms, quern_error *error)
{
    if (!terms) return api_invalid(error, "terms is NULL");
    *terms = NULL;
    if (!index) return api_invalid(error, "index is NULL");
    if (!api_is_string(prefix)) return api_invalid(error, "the prefix is NULL");
    quern_terms *self = calloc(1, sizeof *self);
    if (!self) return api_no_memory(error, "reading terms");
    Error own;
    Status status = index_terms_open(index->index, api_span(prefix),
                                     &self->terms, &own);
    if (status == OK) {
        *terms = self;
    } else {
        quern_terms_close(self);
    }
    return api_return(status, &own, error);
}

void quern_terms_close(quern_terms *terms)
{
    if (!terms) return;
    index_terms_close(terms->terms);
    free(terms);
}

quern_status quern_terms_next(quern_terms *terms, const quern_term **term,
                              quern_error *error)
{
    if (!term) return api_invalid(error, "term is NULL");
    *term = NULL;
    if (!terms) return api_invalid(error, "terms is NULL");
    Error own;
    IndexTerm next;
    bool found;
    Status status = index_terms_next(terms->terms, &next, &found, &own);
    if (status == OK && found) {
        terms->term = (quern_term){.text = api_string(next.text),
                                   .document_count = next.df,
                                   .occurrence_count = next.total_tf};
        *term = &terms->term;
    }
    return api_return(status, &own, error);
}
