/* api_stored.c - ids, titles, texts and stored fields of documents. */
#include "common/api/api_context.h"

#include "searcher/search/hit_ids.h"

#include <stdlib.h>

quern_status quern_document_id(quern_context *context, uint64_t document,
                               quern_string *id, quern_error *error)
{
    if (id) *id = (quern_string){0};
    if (!context || !id)
        return api_invalid(error, "%s is NULL", context ? "id" : "context");
    uint32_t docid;
    size_t number;
    Segment *segment = api_locate(context->index, document, &docid, &number,
                                  error);
    if (!segment) return QUERN_INVALID;
    Error own;
    buf_clear(&context->id);
    Status status = document_id(segment, docid, &context->id, &own);
    if (status == OK) status = buf_check(&context->id, "reading an id", &own);
    if (status == OK) *id = api_string(buf_span(&context->id));
    return api_return(status, &own, error);
}

/* Appends the ids of all hits to context->ids, and the end of each to
 * context->id_places. */
static Status read_ids(quern_context *context, Error *error)
{
    const Index *index = context->index->index;
    const quern_search_result *result = &context->result;
    Status status = OK;
    buf_clear(&context->ids);
    buf_clear(&context->id_places);
    for (size_t i = 0; status == OK && i < result->hit_count; i++) {
        const Hit *hits = (const Hit *)(const void *)result->hits;
        hit_ids_prefetch(index, hits, result->hit_count, i);
        uint32_t docid;
        size_t number;
        Segment *segment = index_locate(index, hits[i].document, &docid,
                                        &number);
        status = document_id(segment, docid, &context->ids, error);
        buf_put(&context->id_places, &context->ids.size,
                sizeof context->ids.size);
    }
    if (status == OK) status = buf_check(&context->ids, "reading ids", error);
    if (status == OK)
        status = buf_check(&context->id_places, "reading ids", error);
    return status;
}

static Status list_ids(quern_context *context, Error *error)
{
    Status status = read_ids(context, error);
    if (status != OK) return status;
    const size_t *ends = (const size_t *)(const void *)context->id_places.data;
    size_t begin = 0;
    buf_clear(&context->id_strings);
    for (size_t i = 0; i < context->result.hit_count; i++) {
        quern_string id = api_string(
            span_of(context->ids.data + begin, ends[i] - begin));
        buf_put(&context->id_strings, &id, sizeof id);
        begin = ends[i];
    }
    return buf_check(&context->id_strings, "reading ids", error);
}

quern_status quern_hit_ids(quern_context *context, const quern_string **ids,
                           size_t *count, quern_error *error)
{
    if (ids) *ids = NULL;
    if (count) *count = 0;
    if (!context || !ids || !count)
        return api_invalid(error, "an argument of quern_hit_ids is NULL");
    if (!context->has_result)
        return api_invalid(error, "the context has no result of a search");
    Error own;
    Status status = list_ids(context, &own);
    if (status == OK) {
        *ids = (const quern_string *)(const void *)context->id_strings.data;
        *count = context->result.hit_count;
    }
    return api_return(status, &own, error);
}

static Status read_stored(quern_context *context, Segment *segment,
                          size_t segment_index, uint32_t docid,
                          StoredDocument *out, Error *error)
{
    size_t count = context->index->index->manifest.segment_count;
    if (!context->readers)
        context->readers = calloc(count + 1, sizeof *context->readers);
    if (!context->readers) return fail_memory(error, "opening stored text");
    StoredReader **reader = &context->readers[segment_index];
    Status status = *reader ? OK : stored_reader_new(segment, reader, error);
    if (status != OK) return status;
    stored_reader_limit(*reader, context->max_bytes);
    return stored_reader_get(*reader, docid, out, error);
}

quern_status api_read_stored(quern_context *context, uint64_t document,
                             StoredDocument *out, quern_error *error)
{
    uint32_t docid;
    size_t number;
    Segment *segment = api_locate(context->index, document, &docid, &number,
                                  error);
    if (!segment) return QUERN_INVALID;
    Error own;
    Status status = read_stored(context, segment, number, docid, out, &own);
    return api_return(status, &own, error);
}

static Status take_stored(quern_context *context, const StoredDocument *found,
                          Error *error)
{
    buf_clear(&context->fields);
    for (size_t i = 0; i < found->field_count; i++) {
        quern_stored_field field = {api_string(found->fields[i].name),
                                    api_string(found->fields[i].value)};
        buf_put(&context->fields, &field, sizeof field);
    }
    context->stored = (quern_stored){
        .title = api_string(found->title),
        .text = api_string(found->text),
        .fields = (const quern_stored_field *)(const void *)
                      context->fields.data,
        .field_count = found->field_count};
    return buf_check(&context->fields, "reading a document", error);
}

quern_status quern_stored_read(quern_context *context, uint64_t document,
                               const quern_stored **stored, quern_error *error)
{
    if (stored) *stored = NULL;
    if (!context || !stored)
        return api_invalid(error, "%s is NULL", context ? "stored" : "context");
    StoredDocument found;
    quern_status reading = api_read_stored(context, document, &found, error);
    if (reading != QUERN_OK) return reading;
    Error own;
    Status status = take_stored(context, &found, &own);
    if (status == OK) *stored = &context->stored;
    return api_return(status, &own, error);
}

quern_status quern_stored_set_limit(quern_context *context, uint64_t max_bytes,
                                    quern_error *error)
{
    if (!context || max_bytes == 0)
        return api_invalid(error,
                           context ? "a limit of 0 bytes" : "context is NULL");
    context->max_bytes = max_bytes;
    return QUERN_OK;
}
