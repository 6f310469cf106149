/* command_dump.c - indexer dump: stored documents as JSON lines.
 *
 * The keys are those that indexer recognises (corpus/dump_record.h), so that a
 * dump can be indexed again and loses nothing. Without stored text there are
 * only ids.
 */
#include "common/base/escaped_text.h"
#include "common/base/json_text.h"
#include "common/base/utf8_clean.h"
#include "common/segment/documents/documents.h"
#include "common/segment/index.h"
#include "indexer/commands.h"

#include <inttypes.h>

enum { FLUSH_BYTES = 1 << 16 };

typedef struct Dump {
    Index *index;
    FILE *out;
    Buf text, id;
    StoredReader *reader; /* of `segment`; NULL without stored text */
    Segment *segment;     /* the one of the last document */
    uint64_t max_record;  /* bytes of a document held */
} Dump;

static Status choose_segment(Dump *dump, Segment *segment, Error *error)
{
    if (dump->segment == segment) return OK;
    stored_reader_free(dump->reader);
    dump->reader = NULL;
    dump->segment = segment;
    if (!segment_has(segment, SECTION_STORED)) return OK;
    Status status = stored_reader_new(segment, &dump->reader, error);
    if (status == OK) stored_reader_limit(dump->reader, dump->max_record);
    return status;
}

static void put_fields(Buf *text, const StoredDocument *document)
{
    if (document->field_count == 0) return;
    buf_put_text(text, ",\"fields\":{");
    for (size_t i = 0; i < document->field_count; i++) {
        if (i) buf_put_byte(text, ',');
        put_json_string(text, document->fields[i].name);
        buf_put_byte(text, ':');
        put_json_string(text, document->fields[i].value);
    }
    buf_put_byte(text, '}');
}

/* The bytes of an id that JSON cannot hold. */
static void put_id_hex(Buf *text, Span id)
{
    if (utf8_is_clean(id)) return;
    buf_put_text(text, ",\"id_hex\":\"");
    for (size_t i = 0; i < id.size; i++) buf_printf(text, "%02x", id.data[i]);
    buf_put_byte(text, '"');
}

static Status fail_large(Dump *dump, Error *error)
{
    Buf shown = {0};
    put_escaped(&shown, buf_span(&dump->id));
    const char *id = buf_text(&shown);
    fail_advising(error, ERR_LIMIT, ADVICE_RAISE_MAX_RECORD,
                  "document '%.200s' is larger than %" PRIu64 " bytes",
                  id ? id : "", dump->max_record);
    buf_release(&shown);
    return ERR_LIMIT;
}

static Status dump_document(Dump *dump, Segment *segment, uint32_t docid,
                            Error *error)
{
    Buf *text = &dump->text;
    Status status = choose_segment(dump, segment, error);
    if (status != OK) return status;
    buf_clear(&dump->id);
    status = document_id(segment, docid, &dump->id, error);
    if (status != OK) return status;
    buf_put_text(text, "{\"id\":");
    put_json_id(text, buf_span(&dump->id));
    StoredDocument document;
    if (dump->reader) {
        status = stored_reader_get(dump->reader, docid, &document, error);
        if (status == ERR_LIMIT) return fail_large(dump, error);
        if (status != OK) return status;
        put_json_member(text, "title", document.title);
        put_json_member(text, "text", document.text);
    }
    put_id_hex(text, buf_span(&dump->id));
    if (dump->reader) put_fields(text, &document);
    buf_put_text(text, "}\n");
    return text->size < FLUSH_BYTES ? OK
                                    : program_print(text, dump->out, error);
}

static Status dump_all(Dump *dump, Error *error)
{
    for (size_t i = 0; i < dump->index->manifest.segment_count; i++) {
        Segment *segment = dump->index->segments[i];
        for (uint32_t d = 0; d < segment->document_count; d++) {
            Status status = dump_document(dump, segment, d, error);
            if (status != OK) return status;
        }
    }
    return OK;
}

static Status dump_one(Dump *dump, const char *id, Error *error)
{
    for (size_t i = 0; i < dump->index->manifest.segment_count; i++) {
        Segment *segment = dump->index->segments[i];
        uint32_t docid;
        bool found;
        Status status = document_find(segment, span_text(id), &docid, &found,
                                      error);
        if (status != OK) return status;
        if (found) return dump_document(dump, segment, docid, error);
    }
    return fail(error, ERR_USAGE, "no document '%s' in %s", id,
                dump->index->folder);
}

/* Documents before an unknown id are printed all the same. */
static Status dump_documents(Dump *dump, const CommandOptions *options,
                             Error *error)
{
    Status status = OK;
    if (options->id_count == 0) status = dump_all(dump, error);
    for (size_t i = 0; status == OK && i < options->id_count; i++) {
        status = dump_one(dump, options->ids[i], error);
    }
    if (status != OK && status != ERR_USAGE) return status;
    Error output_error;
    Status written = program_print(&dump->text, dump->out, &output_error);
    if (written == OK) return status;
    *error = output_error;
    return written;
}

Status command_dump(const char *folder, const CommandOptions *options,
                    FILE *out, Error *error)
{
    Dump dump = {.out = out, .max_record = options->max_record};
    if (!dump.max_record) dump.max_record = STORED_MAX_BYTES;
    Status status = index_open(folder, &dump.index, error);
    if (status == OK) status = dump_documents(&dump, options, error);
    stored_reader_free(dump.reader);
    buf_release(&dump.text);
    buf_release(&dump.id);
    index_close(dump.index);
    return status;
}
