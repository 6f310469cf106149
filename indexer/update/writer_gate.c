/* writer_gate.c - what becomes of a document whose id is known.
 *
 * Documents take effect one after the other: a document that was taken before,
 * since the last commit, counts like one of the index.
 */
#include "indexer/update/index_writer_internal.h"

#include "common/base/bytes.h"
#include "common/segment/documents/stored_document.h"

enum { CHECK_DOCUMENTS = 1024, PENDING_BYTES = 16 };

/* A hash of title, text and stored fields that nobody outside can aim at. */
static Status hash_document(IndexWriter *writer, const Document *document,
                            uint8_t out[PENDING_BYTES], Error *error)
{
    Buf *form = &writer->form;
    buf_clear(form);
    stored_put_document(form, document->title, document->text,
                        document->field_count);
    for (size_t i = 0; i < document->field_count; i++) {
        buf_put_varint(form, document->fields[i].name.size);
        buf_put_span(form, document->fields[i].name);
        stored_put_field(form, 0, document->fields[i].value);
    }
    put_u64le(out, hash_key(buf_span(form)));
    put_u64le(out + 8, hash_span(buf_span(form)));
    return buf_check(form, "comparing documents", error);
}

/* Takes the document: it gets the next docid. */
static Status take(IndexWriter *writer, const uint8_t hash[PENDING_BYTES],
                   Error *error)
{
    Buf *pending = &writer->pending;
    size_t size = (size_t)writer->intake.ids.count * PENDING_BYTES;
    /* An id that was refused after all left its hash. */
    if (pending->size > size) pending->size = size;
    buf_put(pending, hash, PENDING_BYTES);
    return buf_check(pending, "comparing documents", error);
}

static Status check_limit(const IndexWriter *writer, Error *error)
{
    const Index *index = writer->index;
    uint64_t count = writer->intake.ids.count;
    if (index) count += index->first_docids[index->manifest.segment_count];
    if (count < MAX_DOCUMENTS) return OK;
    return fail_advising(error, ERR_LIMIT, ADVICE_SPLIT_INPUT,
                         "%s: more than %u documents", writer->folder.path,
                         MAX_DOCUMENTS);
}

/* A publication that brought the documents of a segment, as far as it is
 * known; or NULL. */
static const Publication *find_origin(const History *history,
                                      const char *segment)
{
    const Publication *found = history_find(history, segment);
    if (!found && history->publication_count == 1 && !history->forgotten)
        found = history->publications;
    return found;
}

static void put_origin(Buf *out, const IndexWriter *writer, size_t segment)
{
    History history;
    Error ignored;
    if (history_read(&writer->folder.place, &writer->folder.old, &history,
                     &ignored) != OK)
        return;
    const Publication *origin = find_origin(
        &history, writer->index->manifest.segments[segment].name);
    if (origin) {
        buf_printf(out, " (added %s", origin->time);
        if (*origin->from) buf_printf(out, " from %s", origin->from);
        buf_put_byte(out, ')');
    }
    history_release(&history);
}

static Status fail_exists(const IndexWriter *writer, const Document *document,
                          size_t segment, Error *error)
{
    Buf place = {0}, origin = {0};
    put_place(&place, &document->place);
    put_origin(&origin, writer, segment);
    const char *at = buf_text(&place), *from = buf_text(&origin);
    Status status = at && from
                        ? fail_advising(error, ERR_CONFLICT,
                                        ADVICE_UPDATE_DOCUMENT,
                                        "%s: id '%.*s' is already in %s%s", at,
                                        SPAN_ARGS(document->id),
                                        writer->folder.path, from)
                        : fail_memory(error, "comparing ids");
    buf_release(&place);
    buf_release(&origin);
    return status;
}

/* A document of the index is replaced. */
static Status replace(IndexWriter *writer, size_t segment, uint32_t docid,
                      bool *taken, Error *error)
{
    *taken = true;
    writer->counts.replaced++;
    return removal_set_add(&writer->removed, writer->index, segment, docid,
                           error);
}

/* Adds a document whose id the index has. */
static Status add_known(IndexWriter *writer, const Document *document,
                        size_t segment, uint32_t docid, bool *taken,
                        Error *error)
{
    Place kept = {.source = writer->folder.path};
    switch (writer->build.on_duplicate) {
    case DUPLICATE_KEEP_LAST:
        return replace(writer, segment, docid, taken, error);
    case DUPLICATE_KEEP_FIRST:
        return skip_count_add_duplicate(&writer->intake.skips, document->id,
                                        &document->place, &kept, error);
    case DUPLICATE_ERROR: break;
    }
    return fail_exists(writer, document, segment, error);
}

static Status update_known(IndexWriter *writer, const Document *document,
                           size_t segment, uint32_t docid, bool *taken,
                           Error *error)
{
    bool equal;
    Status status = writer_equals(writer, document, segment, docid, &equal,
                                  error);
    if (status != OK) return status;
    if (!equal) return replace(writer, segment, docid, taken, error);
    writer->counts.unchanged++;
    return OK;
}

/* A document whose id was taken since the last commit. The intake treats it by
 * itself when it is added. */
static Status admit_again(IndexWriter *writer, uint32_t docid,
                          const uint8_t hash[PENDING_BYTES], bool *taken,
                          Error *error)
{
    const uint8_t *before = writer->pending.data +
                            (size_t)docid * PENDING_BYTES;
    bool adds = writer->mode == WRITER_ADD;
    *taken = adds || memcmp(before, hash, PENDING_BYTES) != 0;
    if (!*taken) {
        writer->counts.unchanged++;
    } else if (!adds || writer->build.on_duplicate == DUPLICATE_KEEP_LAST) {
        writer->counts.replaced++;
    }
    if (adds || !*taken) return OK;
    return id_table_drop(&writer->intake.ids, docid, error);
}

static Status admit(IndexWriter *writer, const Document *document,
                    const uint8_t hash[PENDING_BYTES], bool *taken,
                    Error *error)
{
    size_t segment;
    uint32_t docid;
    bool found;
    Status status = id_table_find(&writer->intake.ids, document->id, &found,
                                  &docid, error);
    if (status == OK && found)
        return admit_again(writer, docid, hash, taken, error);
    if (status == OK)
        status = writer_find(writer, document->id, &segment, &docid, &found,
                             error);
    if (status != OK) return status;
    if (!found) {
        *taken = true;
        writer->counts.added++;
        return OK;
    }
    return writer->mode == WRITER_ADD
               ? add_known(writer, document, segment, docid, taken, error)
               : update_known(writer, document, segment, docid, taken, error);
}

/* Where no document is taken no batch gets full, which is when the intake
 * looks. */
static Status note_refused(IndexWriter *writer, Error *error)
{
    if (++writer->refused % CHECK_DOCUMENTS != 0) return OK;
    intake_report_progress(&writer->intake, false);
    return build_check_cancelled(writer->build.listener, error);
}

Status writer_gate(void *self, const Document *document, bool *taken,
                   Error *error)
{
    IndexWriter *writer = self;
    uint8_t hash[PENDING_BYTES];
    *taken = false;
    Status status = check_limit(writer, error);
    if (status == OK) status = hash_document(writer, document, hash, error);
    if (status == OK) status = admit(writer, document, hash, taken, error);
    if (status != OK) return status;
    return *taken ? take(writer, hash, error) : note_refused(writer, error);
}
