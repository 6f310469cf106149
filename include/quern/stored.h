/* stored.h - what an index stores of a document: id, title, text, fields.
 *
 * A document that the index does not have is QUERN_INVALID.
 */
#ifndef QUERN_STORED_H
#define QUERN_STORED_H

#include <quern/index.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The id of a document, any bytes; borrowed from the context until the next
 * call of this function. */
QUERN_API quern_status quern_document_id(quern_context *context,
                                         uint64_t document, quern_string *id,
                                         quern_error *error);

/* The ids of all hits of the context's last search, (*ids)[0] that of the best
 * one; faster than one after the other. Borrowed from the context until its
 * next search, explanation or description of a plan. QUERN_INVALID if that
 * failed or there was no search. */
QUERN_API quern_status quern_hit_ids(quern_context *context,
                                     const quern_string **ids, size_t *count,
                                     quern_error *error);

/* A value kept with a document, not searched; an element of an array. */
typedef struct quern_stored_field {
    quern_string name;
    quern_string value;
} quern_stored_field;

typedef struct quern_stored {
    quern_string title; /* empty if it has none */
    quern_string text;
    const quern_stored_field *fields; /* in the order in which the index was
                                         told to store them */
    size_t field_count;
} quern_stored;

/* Reads a document. *stored is borrowed from the context until the next call of
 * this function or of quern_snippet_document. QUERN_UNSUPPORTED if the index
 * stores no text (quern_index_info.has_stored); QUERN_LIMIT if the document is
 * larger than the limit below; QUERN_CORRUPT. Documents are stored in blocks of
 * 16, of which the last one is kept: reading in order is fastest. */
QUERN_API quern_status quern_stored_read(quern_context *context,
                                         uint64_t document,
                                         const quern_stored **stored,
                                         quern_error *error);

/* How many bytes of one document the context reads into memory at most, from
 * now on; 256 MB unless set. QUERN_INVALID for 0. */
QUERN_API quern_status quern_stored_set_limit(quern_context *context,
                                              uint64_t max_bytes,
                                              quern_error *error);

#ifdef __cplusplus
}
#endif

#endif
