/* memory_source.h - documents that a program adds from memory.
 *
 * Each gets a place, "memory" and its number, and becomes clean UTF-8, as the
 * documents of readers do in corpus.c. One that cannot be indexed is skipped
 * and reported like a bad record.
 */
#ifndef QUERN_BUILD_MEMORY_SOURCE_H
#define QUERN_BUILD_MEMORY_SOURCE_H

#include "corpus/corpus.h"

typedef struct MemorySource {
    const CorpusListener *listener; /* borrowed */
    uint64_t max_bytes;             /* of a document; larger ones are skipped */
    uint64_t count;                 /* of documents, the skipped ones too */
    DocumentField *fields;          /* owned: those of the document, clean */
    size_t field_capacity;
    Buf clean;  /* replaces spans of the document */
    Buf reason; /* why one is skipped */
} MemorySource;

void memory_source_init(MemorySource *source, const CorpusListener *listener,
                        uint64_t max_bytes);
void memory_source_release(MemorySource *source);

/* Fills in the place, and replaces spans that are not clean UTF-8 by borrowed
 * ones, valid until the next call. *accepted false: it was skipped. */
NODISCARD Status memory_source_accept(MemorySource *source, Document *document,
                                      bool *accepted, Error *error);

#endif
