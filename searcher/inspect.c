/* inspect.c - --get, --explain, --show-query and --analyze. */
#include "searcher/modes.h"

#include "common/base/escaped_text.h"
#include "common/base/human.h"
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/program/log.h"
#include "common/segment/documents/documents.h"
#include "common/segment/documents/index_ids.h"
#include "searcher/hints.h"
#include "searcher/output/json_form.h"
#include "searcher/output/number_text.h"
#include "searcher/output/standard_output.h"
#include "searcher/search_session.h"

#include <string.h>
#include <unistd.h>

/* Where a document is: segment and docid. */
typedef struct Place {
    size_t segment;
    uint32_t docid;
} Place;

static bool is_base_name(Span id, Span name)
{
    if (!name.size || id.size <= name.size) return false;
    Span end = span_of(id.data + id.size - name.size, name.size);
    return span_equal(end, name) && end.data[-1] == '/';
}

/* No such id; suggests an id whose last path component is the one given. */
static Status fail_no_document(Index *index, const char *id, Error *error)
{
    Buf other = {0};
    Status status = OK;
    bool found = false;
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        Segment *segment = index->segments[i];
        uint32_t count = segment->document_count;
        for (uint32_t at = 0; !found && status == OK && at < count; at++) {
            if (!index_is_live(index, i, at)) continue;
            buf_clear(&other);
            status = document_id(segment, at, &other, error);
            found = is_base_name(buf_span(&other), span_text(id));
        }
    }
    const char *meant = found ? buf_text(&other) : NULL;
    if (status == OK)
        status = fail(error, ERR_USAGE, "no document with id '%s' in %s%s%s%s",
                      id, index->folder, meant ? " (did you mean '" : "",
                      meant ? meant : "", meant ? "'?)" : "");
    buf_release(&other);
    return status;
}

/* By the exact id, or else by the id as it is printed, with \xhh for control
 * characters and invalid UTF-8. */
static Status find_document(Index *index, const char *id, Place *place,
                            Error *error)
{
    bool found;
    Status status = index_find_id(index, span_text(id), &place->segment,
                                  &place->docid, &found, error);
    if (status != OK || found) return status;
    Buf meant = {0};
    if (strchr(id, '\\') && put_unescaped(&meant, span_text(id)))
        status = index_find_id(index, buf_span(&meant), &place->segment,
                               &place->docid, &found, error);
    buf_release(&meant);
    if (status != OK || found) return status;
    return fail_no_document(index, id, error);
}

static void put_document_json(Buf *out, Span id, const StoredDocument *document)
{
    buf_put_text(out, "{\"type\":\"document\",\"id\":");
    put_json_id(out, id);
    buf_put_text(out, ",\"title\":");
    put_json_string(out, document->title);
    buf_put_text(out, ",\"text\":");
    put_json_string(out, document->text);
    put_json_fields(document->fields, document->field_count, out);
    buf_put_text(out, "}\n");
}

static void put_document_text(Buf *out, const StoredDocument *document)
{
    void (*put)(Buf *, Span) = isatty(STDOUT_FILENO) ? put_terminal_text
                                                     : buf_put_span;
    if (document->title.size) {
        put(out, document->title);
        buf_put_text(out, "\n\n");
    }
    Span text = document->text;
    put(out, text);
    if (text.size && text.data[text.size - 1] != '\n') buf_put_byte(out, '\n');
}

static Status fail_large(const Settings *settings, Error *error)
{
    Buf limit = {0};
    put_limit(&limit, settings->max_record);
    const char *text = buf_text(&limit);
    Status status = fail(error, ERR_LIMIT,
                         "'%s' is larger than %s; raise --max-record",
                         settings->get, text ? text : "the limit");
    buf_release(&limit);
    return status;
}

Status inspect_document(Index *index, const Settings *settings, Error *error)
{
    if (!index->manifest.has_stored) {
        return fail(error, ERR_UNSUPPORTED,
                    "--get: %s has no stored text: it was built with "
                    "--no-store",
                    index->folder);
    }
    Place place;
    Status status = find_document(index, settings->get, &place, error);
    if (status != OK) return status;
    StoredReader *reader = NULL;
    StoredDocument document;
    status = stored_reader_new(index->segments[place.segment], &reader, error);
    if (status == OK) {
        stored_reader_limit(reader, settings->max_record);
        status = stored_reader_get(reader, place.docid, &document, error);
    }
    if (status == ERR_LIMIT) status = fail_large(settings, error);
    Buf out = {0}, id = {0};
    if (status == OK && settings->json) {
        status = document_id(index->segments[place.segment], place.docid, &id,
                             error);
        put_document_json(&out, buf_span(&id), &document);
    } else if (status == OK) {
        put_document_text(&out, &document);
    }
    if (status == OK) status = output_write(&out, error);
    buf_release(&out);
    buf_release(&id);
    stored_reader_free(reader);
    return status;
}

Status inspect_score(Index *index, const Settings *settings, Span text,
                     bool *matched, Error *error)
{
    *matched = false;
    Place place;
    Status status = find_document(index, settings->explain, &place, error);
    if (status != OK) return status;
    Session session;
    status = session_open(&session, index, settings, false, error);
    if (status != OK) return status;
    Buf out = {0};
    uint64_t document = index->first_docids[place.segment] + place.docid;
    status = session_parse(&session, text, error);
    if (status == OK) {
        status = search_explain(session.context, &session.query,
                                &session.search_options, document, &out,
                                matched, error);
    }
    if (status == OK && *matched) status = output_write(&out, error);
    if (status == OK && !*matched) {
        const char *reason = buf_text(&out);
        log_note("'%s' does not match the query: %s", settings->explain,
                 reason ? reason : "");
    }
    buf_release(&out);
    session_close(&session);
    return status;
}

static void put_notes(Buf *out, const QueryNote *note)
{
    for (; note; note = note->next) {
        buf_put_text(out, "note: ");
        put_visible(out, span_text(note->text));
        buf_put_byte(out, '\n');
    }
}

/* The plan does not contain words that no document has. */
static Status put_absent_words(Session *session, Buf *out, Error *error)
{
    WordCounts counts;
    word_counts_collect(&session->query, &counts);
    Status status = word_counts_look_up(session, &counts, error);
    for (size_t i = 0; status == OK && i < counts.count; i++) {
        const WordCount *word = &counts.words[i];
        if (word->df) continue;
        put_word(out, word);
        buf_put_text(out, word->pattern ? "  matches no word in the index\n"
                                        : "  in no document\n");
    }
    return status;
}

static void put_query(Buf *out, const Query *query)
{
    Buf text = {0};
    put_interpreted(query, &text);
    buf_put_text(out, "query: ");
    put_visible(out, buf_span(&text));
    buf_put_byte(out, '\n');
    buf_keep_failure(out, &text);
    buf_release(&text);
}

Status inspect_query(Index *index, const Settings *settings, Span text,
                     Error *error)
{
    Session session;
    Status status = session_open(&session, index, settings, false, error);
    if (status != OK) return status;
    Buf out = {0};
    status = session_parse(&session, text, error);
    if (status == OK) {
        put_query(&out, &session.query);
        put_notes(&out, session.query.notes);
        status = search_describe(session.context, &session.query,
                                 &session.search_options, &out, error);
    }
    if (status == OK) status = put_absent_words(&session, &out, error);
    if (status == OK) status = output_write(&out, error);
    buf_release(&out);
    session_close(&session);
    return status;
}

static const char *const TOKEN_KINDS[] = {[TOKEN_WORD] = "word",
                                          [TOKEN_PART] = "part",
                                          [TOKEN_JOINED] = "joined",
                                          [TOKEN_VARIANT] = "variant"};

/* The kind only of tokens that share the position of a word. */
static void put_token(Buf *out, const Token *token, bool json)
{
    const char *kind = TOKEN_KINDS[token->kind];
    if (!json) {
        buf_printf(out, "%u\t%zu\t%zu\t", token->position, token->start,
                   token->end);
        put_plain_id(out, token->term);
        if (token->kind != TOKEN_WORD) buf_printf(out, "\t%s", kind);
        buf_put_byte(out, '\n');
        return;
    }
    buf_printf(out,
               "{\"type\":\"token\",\"position\":%u,\"start\":%zu,"
               "\"end\":%zu,\"kind\":\"%s\",\"token\":",
               token->position, token->start, token->end, kind);
    put_json_string(out, token->term);
    buf_put_text(out, "}\n");
}

Status inspect_text(const Analyzer *analyzer, const Settings *settings,
                    Error *error)
{
    TokenStream *stream = NULL;
    Status status = token_stream_new(analyzer, &stream, error);
    if (status != OK) return status;
    Buf out = {0};
    token_stream_start(stream, span_text(settings->analyze), TEXT_DOCUMENT);
    for (;;) {
        size_t count = 0;
        const Token *tokens = token_stream_batch(stream, &count);
        if (count == 0) break;
        for (size_t i = 0; i < count; i++) {
            put_token(&out, &tokens[i], settings->json);
        }
    }
    status = token_stream_status(stream);
    if (status != OK) status = fail_memory(error, "analyzing the text");
    if (status == OK) status = output_write(&out, error);
    buf_release(&out);
    token_stream_free(stream);
    return status;
}
