/* batch.c - some documents in the pipeline, and the results of a worker. */
#include "indexer/build/batch.h"

#include "common/segment/documents/stored_document.h"
#include "common/segment/format.h"

#include <stdlib.h>

enum {
    FULL_BYTES = 256 * 1024,
    FULL_DOCUMENTS = 1024,
    KEEP_BYTES = 4 << 20 /* larger memory is given back after use */
};

Batch *batch_new(void)
{
    return calloc(1, sizeof(Batch));
}

void batch_trim(Batch *batch)
{
    buf_release(&batch->content);
    buf_release(&batch->lengths);
    buf_release(&batch->frames);
    buf_release(&batch->frame_sizes);
    free(batch->documents);
    batch->documents = NULL;
    batch->capacity = 0;
}

void batch_free(Batch *batch)
{
    if (!batch) return;
    batch_trim(batch);
    free(batch);
}

static void clear(Buf *buf)
{
    if (buf->capacity > KEEP_BYTES) buf_release(buf);
    buf_clear(buf);
}

void batch_start(Batch *batch, uint32_t first_docid)
{
    batch->next = batch->follower = NULL;
    batch->first_docid = first_docid;
    batch->count = 0;
    batch->done = false;
    clear(&batch->content);
    clear(&batch->lengths);
    clear(&batch->frames);
    clear(&batch->frame_sizes);
}

bool batch_is_full(const Batch *batch, bool is_stored)
{
    if (is_stored && batch->count % STORED_BLOCK_DOCUMENTS) return false;
    return batch->content.size >= FULL_BYTES || batch->count >= FULL_DOCUMENTS;
}

static bool make_room(Batch *batch)
{
    if (batch->count < batch->capacity) return true;
    uint32_t capacity = batch->capacity ? 2 * batch->capacity : 64;
    BatchDocument *documents = realloc(batch->documents,
                                       capacity * sizeof *documents);
    if (!documents) return false;
    batch->documents = documents;
    batch->capacity = capacity;
    return true;
}

/* The position of a field's name among the names; `count` if it has none. */
static size_t name_number(Span name, const char *const *names, size_t count)
{
    size_t i = 0;
    while (i < count && !span_equals_text(name, names[i])) i++;
    return i;
}

Status batch_add(Batch *batch, const Document *document,
                 const char *const *names, size_t name_count, Error *error)
{
    if (!make_room(batch)) return fail_memory(error, "reading documents");
    Buf *content = &batch->content;
    BatchDocument *place = &batch->documents[batch->count++];
    place->start = content->size;
    size_t known = 0;
    for (size_t i = 0; i < document->field_count; i++)
        known += name_number(document->fields[i].name, names, name_count) <
                 name_count;
    StoredOffsets offsets = stored_put_document(content, document->title,
                                                document->text, known);
    place->title = offsets.title;
    place->title_size = document->title.size;
    place->text = offsets.text;
    place->text_size = document->text.size;
    for (size_t i = 0; i < document->field_count; i++) {
        const DocumentField *field = &document->fields[i];
        size_t number = name_number(field->name, names, name_count);
        if (number < name_count)
            stored_put_field(content, number, field->value);
    }
    return buf_check(content, "reading documents", error);
}

Span batch_frame(const Batch *batch, uint32_t i)
{
    uint32_t end = i + STORED_BLOCK_DOCUMENTS;
    size_t start = batch->documents[i].start;
    size_t stop = end < batch->count ? batch->documents[end].start
                                     : batch->content.size;
    return span_of(batch->content.data + start, stop - start);
}
