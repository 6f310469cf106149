/* writer_equal.c - whether a document is in the index already as it is. */
#include "indexer/update/index_writer_internal.h"

#include <stdlib.h>

void writer_close_readers(IndexWriter *writer)
{
    size_t count = writer->index ? writer->index->manifest.segment_count : 0;
    for (size_t i = 0; writer->readers && i < count; i++) {
        stored_reader_free(writer->readers[i].stored);
        contents_close(writer->readers[i].contents);
    }
    free(writer->readers);
    writer->readers = NULL;
}

static Status find_reader(IndexWriter *writer, size_t segment,
                          ContentReader **out, Error *error)
{
    size_t count = writer->index->manifest.segment_count;
    if (!writer->readers)
        writer->readers = calloc(count, sizeof *writer->readers);
    if (!writer->readers) return fail_memory(error, "comparing documents");
    *out = &writer->readers[segment];
    return OK;
}

static bool stored_equals(const StoredDocument *stored,
                          const Document *document)
{
    if (!span_equal(stored->title, document->title) ||
        !span_equal(stored->text, document->text) ||
        stored->field_count != document->field_count)
        return false;
    for (size_t i = 0; i < stored->field_count; i++) {
        if (!span_equal(stored->fields[i].name, document->fields[i].name) ||
            !span_equal(stored->fields[i].value, document->fields[i].value))
            return false;
    }
    return true;
}

static Status compare_stored(IndexWriter *writer, ContentReader *reader,
                             const Document *document, size_t segment,
                             uint32_t docid, bool *equal, Error *error)
{
    StoredDocument stored;
    Status status = OK;
    if (!reader->stored) {
        status = stored_reader_new(writer->index->segments[segment],
                                   &reader->stored, error);
        if (status != OK) return status;
        stored_reader_limit(reader->stored,
                            writer->build.corpus.max_record_bytes);
    }
    status = stored_reader_get(reader->stored, docid, &stored, error);
    if (status == ERR_LIMIT) return OK; /* larger than any that may come */
    if (status == OK) *equal = stored_equals(&stored, document);
    return status;
}

static Status compare_hash(IndexWriter *writer, ContentReader *reader,
                           const Document *document, size_t segment,
                           uint32_t docid, bool *equal, Error *error)
{
    const ManifestSegment *entry = &writer->index->manifest.segments[segment];
    Hash128 hash;
    if (!entry->contents.name) return OK;
    Status status = OK;
    if (!reader->contents)
        status = contents_open_in(&writer->folder.place, entry,
                                  &reader->contents, error);
    if (status == OK)
        status = content_hash(document->title, document->text, &writer->form,
                              &hash, error);
    if (status == OK)
        *equal = hash128_equal(hash, contents_hash(reader->contents, docid));
    return status;
}

Status writer_equals(IndexWriter *writer, const Document *document,
                     size_t segment, uint32_t docid, bool *equal, Error *error)
{
    ContentReader *reader = NULL;
    *equal = false;
    Status status = find_reader(writer, segment, &reader, error);
    if (status != OK) return status;
    return writer->build.has_stored
               ? compare_stored(writer, reader, document, segment, docid, equal,
                                error)
               : compare_hash(writer, reader, document, segment, docid, equal,
                              error);
}
