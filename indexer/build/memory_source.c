/* memory_source.c - documents that a program adds from memory. */
#include "indexer/build/memory_source.h"

#include "common/base/human.h"
#include "corpus/clean_document.h"

#include <stdlib.h>

void memory_source_init(MemorySource *source, const CorpusListener *listener,
                        uint64_t max_bytes)
{
    *source = (MemorySource){.listener = listener, .max_bytes = max_bytes};
}

void memory_source_release(MemorySource *source)
{
    free(source->fields);
    buf_release(&source->clean);
    buf_release(&source->reason);
    *source = (MemorySource){0};
}

static Status skip(const MemorySource *source, const Document *document,
                   const char *reason, Advice advice, Error *error)
{
    const CorpusListener *listener = source->listener;
    return listener->skipped(listener->self, &document->place, reason, advice,
                             error);
}

static Status skip_large(MemorySource *source, const Document *document,
                         Error *error)
{
    buf_clear(&source->reason);
    buf_put_text(&source->reason, "larger than ");
    put_limit(&source->reason, source->max_bytes);
    const char *reason = buf_text(&source->reason);
    if (!reason) return fail_memory(error, "skipping a document");
    return skip(source, document, reason, ADVICE_RAISE_MAX_RECORD, error);
}

/* The sizes may be anything, their sum more than 64 bits. */
static bool is_larger(const Document *document, uint64_t limit)
{
    const Span spans[] = {document->id, document->title, document->text};
    uint64_t left = limit;
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        if (spans[i].size > left) return true;
        left -= spans[i].size;
    }
    for (size_t i = 0; i < document->field_count; i++) {
        if (document->fields[i].value.size > left) return true;
        left -= document->fields[i].value.size;
    }
    return false;
}

/* Has the document's fields in memory of ours, to be written to. */
static Status own_fields(MemorySource *source, Document *document, Error *error)
{
    size_t count = document->field_count;
    if (count > source->field_capacity) {
        DocumentField *fields = realloc(source->fields, count * sizeof *fields);
        if (!fields) return fail_memory(error, "adding a document");
        source->fields = fields;
        source->field_capacity = count;
    }
    for (size_t i = 0; i < count; i++) source->fields[i] = document->fields[i];
    document->fields = source->fields;
    return OK;
}

Status memory_source_accept(MemorySource *source, Document *document,
                            bool *accepted, Error *error)
{
    *accepted = false;
    document->place = (Place){.source = "memory", .line = ++source->count};
    if (document->id.size == 0)
        return skip(source, document, "its id is empty", ADVICE_NONE, error);
    if (is_larger(document, source->max_bytes))
        return skip_large(source, document, error);
    Status status = own_fields(source, document, error);
    if (status == OK)
        status = document_clean(document, source->fields, source->listener,
                                &source->clean, error);
    *accepted = status == OK;
    return status;
}
