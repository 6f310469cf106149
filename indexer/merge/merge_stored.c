/* merge_stored.c - the stored text of several segments becomes that of one.
 *
 * Frames are unpacked and documents packed again, 16 to a frame, with a
 * dictionary of the first documents. Frames are copied as they are where they
 * would come out the same: with the same dictionary, of 16 live documents that
 * begin a frame.
 */
#include "common/base/arena.h"
#include "common/segment/documents/documents.h"
#include "common/segment/documents/stored_document.h"
#include "indexer/build/stored_packing.h"
#include "indexer/merge/merge_documents.h"

#include <stdlib.h>

/* The names of all stored fields, each once, in the order of the sources. */
typedef struct FieldNames {
    Arena arena;
    const char **names; /* in the arena */
    size_t count, capacity;
} FieldNames;

typedef struct StoredMerge {
    const DocumentMerge *merge;
    FieldNames names;
    StoredText text;
    StoredPacking packing;
    /* The source under way. */
    const DocumentSource *source;
    StoredReader *reader;
    uint64_t *numbers; /* owned: of its field names among all; NULL: the same */
    bool is_checked, agrees; /* frames of the source come out the same */
    size_t touched;          /* bytes of its mapped file that were read */
    Buf document;            /* scratch: with other numbers of names */
} StoredMerge;

static void stored_merge_release(StoredMerge *merge)
{
    stored_packing_release(&merge->packing);
    spool_release(&merge->text.frames);
    buf_release(&merge->text.sizes);
    buf_release(&merge->text.dictionary);
    buf_release(&merge->document);
    arena_release(&merge->names.arena);
    stored_reader_free(merge->reader);
    free(merge->numbers);
}

/* --- Names of fields --- */

static Status add_name(FieldNames *names, Span name, uint64_t *number,
                       Error *error)
{
    for (*number = 0; *number < names->count; ++*number) {
        if (span_equals_text(name, names->names[*number])) return OK;
    }
    if (memchr(name.data, 0, name.size))
        return fail(error, ERR_CORRUPT,
                    "the name of a stored field contains a zero byte");
    Span kept = arena_copy(&names->arena, name);
    if (names->count == names->capacity) {
        size_t capacity = names->capacity ? 2 * names->capacity : 8;
        const char **grown = arena_zeroed(&names->arena, capacity,
                                          sizeof *grown);
        if (!grown) return fail_memory(error, "merging stored text");
        if (names->count)
            memcpy(grown, names->names, names->count * sizeof *grown);
        names->names = grown;
        names->capacity = capacity;
    }
    if (!kept.data) return fail_memory(error, "merging stored text");
    names->names[names->count++] = (const char *)kept.data;
    return OK;
}

/* Where the names of the source are among all. */
static Status map_names(StoredMerge *merge, Error *error)
{
    size_t count;
    const Span *names = stored_reader_names(merge->reader, &count);
    Status status = OK;
    bool same = true;
    merge->numbers = malloc((count + 1) * sizeof *merge->numbers);
    if (!merge->numbers) return fail_memory(error, "merging stored text");
    for (size_t i = 0; i < count && status == OK; i++) {
        status = add_name(&merge->names, names[i], &merge->numbers[i], error);
        same = same && merge->numbers[i] == i;
    }
    if (same) {
        free(merge->numbers);
        merge->numbers = NULL;
    }
    return status;
}

/* The document with the numbers that names have now. */
static Status renumber(StoredMerge *merge, Span document, Error *error)
{
    Buf *out = &merge->document;
    StoredScan scan = {0};
    StoredItem item;
    const uint8_t *at = document.data, *end = at + document.size;
    size_t count;
    buf_clear(out);
    (void)stored_reader_names(merge->reader, &count);
    while (scan.next != STORED_END) {
        const uint8_t *start = at;
        if (stored_scan_next(&scan, &at, end, &item) != STORED_TAKEN ||
            (item.kind == STORED_NAME && item.number >= count))
            return segment_fail(merge->source->segment, SECTION_STORED, error,
                                "a field whose name does not exist");
        if (item.kind == STORED_NAME) {
            buf_put_varint(out, merge->numbers[item.number]);
        } else {
            buf_put(out, start, (size_t)(at - start));
        }
    }
    return buf_check(out, "merging stored text", error);
}

/* --- Documents --- */

static Status put_document(StoredMerge *merge, Span document, Error *error)
{
    if (!merge->numbers)
        return stored_packing_put(&merge->packing, document, error);
    Status status = renumber(merge, document, error);
    if (status != OK) return status;
    return stored_packing_put(&merge->packing, buf_span(&merge->document),
                              error);
}

/* Packs the live documents of a frame, which begins with document `docid`. */
static Status put_content(StoredMerge *merge, Span content, uint32_t docid,
                          Error *error)
{
    Segment *segment = merge->source->segment;
    const uint8_t *at = content.data, *end = at + content.size;
    uint32_t last = docid + STORED_BLOCK_DOCUMENTS;
    if (last > segment->document_count) last = segment->document_count;
    Status status = OK;
    for (; docid < last && status == OK; docid++) {
        const uint8_t *start = at;
        if (!stored_document_skip(&at, end))
            return segment_fail(segment, SECTION_STORED, error,
                                "document %u is cut short", docid);
        if (source_is_live(merge->source, docid))
            status = put_document(merge, span_of(start, (size_t)(at - start)),
                                  error);
    }
    return status;
}

/* Whether all 16 documents of a frame are live. */
static bool is_whole(const DocumentSource *source, uint32_t docid)
{
    uint32_t end = docid + STORED_BLOCK_DOCUMENTS;
    if (end > source->segment->document_count) return false;
    for (; docid < end; docid++) {
        if (!source_is_live(source, docid)) return false;
    }
    return true;
}

/* Copies the frame if it would come out the same; *copied says so. */
static Status copy_frame(StoredMerge *merge, uint64_t frame, bool *copied,
                         Error *error)
{
    StoredPacking *packing = &merge->packing;
    Span packed, content;
    *copied = false;
    if (merge->numbers || (merge->is_checked && !merge->agrees) ||
        !stored_packing_takes(packing,
                              stored_reader_dictionary(merge->reader)) ||
        !is_whole(merge->source, (uint32_t)frame * STORED_BLOCK_DOCUMENTS))
        return OK;
    Status status = stored_reader_packed(merge->reader, frame, &packed, error);
    if (status == OK && !merge->is_checked) {
        merge->is_checked = true;
        status = stored_reader_content(merge->reader, frame, &content, error);
        if (status == OK)
            status = stored_packing_agrees(packing, content, packed,
                                           &merge->agrees, error);
    }
    if (status != OK || !merge->agrees) return status;
    *copied = true;
    return stored_packing_put_frame(packing, packed, error);
}

/* Pages that have been mapped count as memory. */
static Status note_touched(StoredMerge *merge, uint64_t frame, Error *error)
{
    Span packed;
    Status status = stored_reader_packed(merge->reader, frame, &packed, error);
    merge->touched += packed.size;
    if (merge->touched <= merge->merge->memory) return status;
    file_map_unload(&merge->source->segment->file);
    merge->touched = 0;
    return status;
}

static Status put_frame(StoredMerge *merge, uint64_t frame, Error *error)
{
    bool copied;
    Span content;
    Status status = note_touched(merge, frame, error);
    if (status == OK) status = copy_frame(merge, frame, &copied, error);
    if (status != OK || copied) return status;
    status = stored_reader_content(merge->reader, frame, &content, error);
    return status == OK
               ? put_content(merge, content,
                             (uint32_t)frame * STORED_BLOCK_DOCUMENTS, error)
               : status;
}

/* Whether a frame has a live document. */
static bool is_needed(const DocumentSource *source, uint32_t docid)
{
    uint32_t end = docid + STORED_BLOCK_DOCUMENTS;
    if (end > source->segment->document_count)
        end = source->segment->document_count;
    while (docid < end && !source_is_live(source, docid)) docid++;
    return docid < end;
}

static Status put_source(StoredMerge *merge, const DocumentSource *source,
                         Error *error)
{
    uint32_t count = source->segment->document_count;
    merge->source = source;
    merge->is_checked = merge->agrees = false;
    merge->touched = 0;
    stored_reader_free(merge->reader);
    free(merge->numbers);
    merge->reader = NULL;
    merge->numbers = NULL;
    Status status = stored_reader_new(source->segment, &merge->reader, error);
    if (status == OK) status = map_names(merge, error);
    for (uint32_t docid = 0; docid < count && status == OK;
         docid += STORED_BLOCK_DOCUMENTS) {
        if (is_needed(source, docid))
            status = put_frame(merge, docid / STORED_BLOCK_DOCUMENTS, error);
    }
    return status;
}

static Status write_sections(StoredMerge *merge, SegmentWriter *out,
                             Error *error)
{
    const SegmentPlan plan = {.document_count = merge->merge->document_count};
    uint64_t offset = 0;
    merge->text.names = merge->names.names;
    merge->text.name_count = merge->names.count;
    return write_stored(out, &merge->text, &plan, &offset, error);
}

Status documents_merge_stored(const DocumentMerge *documents,
                              SegmentWriter *out, Error *error)
{
    StoredMerge merge = {.merge = documents};
    spool_init(&merge.text.frames, documents->folder, documents->memory);
    stored_packing_init(&merge.packing, &merge.text);
    Status status = OK;
    for (size_t i = 0; i < documents->source_count && status == OK; i++)
        status = put_source(&merge, &documents->sources[i], error);
    if (status == OK) status = stored_packing_finish(&merge.packing, error);
    if (status == OK) status = write_sections(&merge, out, error);
    stored_merge_release(&merge);
    return status;
}
