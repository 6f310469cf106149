/* batch.h - some documents in the pipeline, and the results of a worker.
 *
 * Readers hand out a document until the next; a batch keeps some in the very
 * form in which their text is stored, so that a copy made once serves both
 * purposes and stays in the processor's cache. Text is packed 16 documents at
 * a time, so a batch keeps a whole number of 16s where text is stored (the last
 * batch perhaps fewer).
 */
#ifndef QUERN_BUILD_BATCH_H
#define QUERN_BUILD_BATCH_H

#include "common/base/buf.h"
#include "corpus/document.h"

#include <stdbool.h>

typedef struct BatchDocument {
    size_t start; /* in Batch.content */
    size_t title, title_size;
    size_t text, text_size;
} BatchDocument;

typedef struct Batch {
    /* Links of pipeline.c: in the queue or among the free; by docid among
     * those on their way; all there are. */
    struct Batch *next, *follower, *sibling;
    uint32_t first_docid, count;
    Buf content;              /* documents as stored */
    BatchDocument *documents; /* owned */
    uint32_t capacity;

    /* Made by a worker. */
    Buf lengths;     /* of each: varint length, varint positions of title */
    Buf frames;      /* packed text */
    Buf frame_sizes; /* u32 each */
    bool done;
} Batch;

Batch *batch_new(void); /* NULL without memory */
void batch_free(Batch *batch);

/* Gives memory back until it is used again. */
void batch_trim(Batch *batch);

/* Empties it for documents from first_docid on. */
void batch_start(Batch *batch, uint32_t first_docid);

/* Where text is stored, full only at a multiple of 16 documents. */
bool batch_is_full(const Batch *batch, bool is_stored);

/* Fields whose name is not among the names are left out. */
NODISCARD Status batch_add(Batch *batch, const Document *document,
                           const char *const *names, size_t name_count,
                           Error *error);

static inline Span batch_title(const Batch *batch, uint32_t i)
{
    const BatchDocument *document = &batch->documents[i];
    return span_of(batch->content.data + document->title, document->title_size);
}

static inline Span batch_text(const Batch *batch, uint32_t i)
{
    const BatchDocument *document = &batch->documents[i];
    return span_of(batch->content.data + document->text, document->text_size);
}

/* The content of the frame that begins with document i. */
Span batch_frame(const Batch *batch, uint32_t i);

#endif
