/* dry_run.c - shows the first documents of the input, and writes nothing.
 *
 *   corpus.jsonl:1
 *     id     b1
 *     title  The Quick Brown Fox
 *     text   The quick brown fox
 *            jumps over … (1,234 bytes)
 *     url    http://...
 */
#include "indexer/dry_run.h"

#include "common/base/character.h"
#include "common/base/escaped_text.h"
#include "common/base/human.h"
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/input/blank.h"
#include "common/program/log.h"
#include "indexer/build/index_folder.h"
#include "indexer/build/skip_count.h"
#include "indexer/commands.h"

#include <inttypes.h>

enum {
    SHOWN_DOCUMENTS = 3,
    SHOWN_LINES = 4,
    SHOWN_BYTES = 240, /* of one text */
    LABEL_BYTES = 6,
    MOST_INDENT = 40 /* of lines beside a longer label */
};

typedef struct DryRun {
    Losses losses;
    bool json;
    Buf text;
} DryRun;

static Status note_skipped(void *self, const Place *place, const char *reason,
                           Error *error)
{
    DryRun *run = self;
    return losses_note(&run->losses, SKIP_LOG_SKIPPED, place, reason, error);
}

static Status note_cut(void *self, const Place *place, const char *reason,
                       Error *error)
{
    DryRun *run = self;
    return losses_note(&run->losses, SKIP_LOG_CUT, place, reason, error);
}

static void note_detected(void *self, const char *source, const char *what)
{
    DryRun *run = self;
    log_note("%s: %s", source, what);
    if (!run->json) return;
    buf_put_text(&run->text, "{\"type\":\"detected\",\"source\":");
    put_json_string(&run->text, span_text(source));
    put_json_member(&run->text, "what", span_text(what));
    buf_put_text(&run->text, "}\n");
}

static const char *refuse_folder(void *self, const char *path)
{
    (void)self;
    return index_refusal(path);
}

/* As much of it as is shown: whole characters of the first lines. */
static Span beginning(Span text)
{
    text = span_trim(text);
    size_t size = 0, lines = 1;
    while (size < text.size && size < SHOWN_BYTES) {
        lines += text.data[size] == '\n';
        if (lines > SHOWN_LINES) break;
        size++;
    }
    while (size > 0 && size < text.size && (text.data[size] & 0xc0) == 0x80)
        size--;
    return span_of(text.data, size);
}

/* Other control characters than line ends are blanks. */
static void put_lines(Buf *out, Span text, int indent)
{
    while (text.size) {
        size_t size = character_size(text);
        if (text.data[0] == '\n') {
            buf_printf(out, "\n%*s", indent, "");
        } else if (character_is_control(text.data, size)) {
            buf_put_byte(out, ' ');
        } else {
            buf_put(out, text.data, size);
        }
        text = span_of(text.data + size, text.size - size);
    }
}

static void put_part(Buf *out, const char *label, Span text)
{
    Span shown = beginning(text);
    size_t size = strlen(label);
    int width = size < LABEL_BYTES   ? LABEL_BYTES
                : size < MOST_INDENT ? (int)size
                                     : MOST_INDENT;
    buf_printf(out, "  %-*s ", width, label);
    put_lines(out, shown, width + 3);
    if (shown.size < span_trim(text).size) {
        buf_put_text(out, " \u2026 (");
        put_count(out, text.size);
        buf_put_text(out, " bytes)");
    }
    buf_put_byte(out, '\n');
}

static void put_document(Buf *out, const Document *document)
{
    Buf place = {0};
    put_place(&place, &document->place);
    put_visible(out, buf_span(&place));
    buf_put_byte(out, '\n');
    buf_keep_failure(out, &place);
    buf_release(&place);
    Buf id = {0};
    put_escaped_invalid(&id, document->id);
    put_part(out, "id", buf_span(&id));
    buf_keep_failure(out, &id);
    buf_release(&id);
    if (document->title.size) put_part(out, "title", document->title);
    put_part(out, "text", document->text);
    for (size_t i = 0; i < document->field_count; i++) {
        Buf name = {0};
        put_visible(&name, document->fields[i].name);
        const char *label = buf_text(&name);
        put_part(out, label ? label : "", document->fields[i].value);
        if (!label) out->status = name.status;
        buf_release(&name);
    }
}

static void put_json_document(Buf *out, const Document *document)
{
    buf_put_text(out, "{\"type\":\"document\",\"source\":");
    put_json_string(out, span_text(document->place.source));
    buf_printf(out, ",\"line\":%" PRIu64 ",\"offset\":%" PRIu64,
               document->place.line, document->place.offset);
    buf_put_text(out, ",\"id\":");
    put_json_id(out, document->id);
    put_json_member(out, "title", document->title);
    put_json_member(out, "text", beginning(document->text));
    buf_printf(out, ",\"text_bytes\":%zu,\"fields\":{", document->text.size);
    for (size_t i = 0; i < document->field_count; i++) {
        if (i) buf_put_byte(out, ',');
        put_json_string(out, document->fields[i].name);
        buf_put_byte(out, ':');
        put_json_string(out, document->fields[i].value);
    }
    buf_put_text(out, "}}\n");
}

static Status show_documents(DryRun *run, Corpus *corpus, Error *error)
{
    for (int shown = 0; shown < SHOWN_DOCUMENTS; shown++) {
        Document document;
        bool found;
        Status status = corpus_next(corpus, &document, &found, error);
        if (status != OK) return status;
        if (!found && shown == 0)
            return fail(error, ERR_USAGE, "there is no document in the input");
        if (!found) return OK;
        if (run->json) {
            put_json_document(&run->text, &document);
        } else {
            put_document(&run->text, &document);
        }
    }
    return OK;
}

Status dry_run(const BuildOptions *options, bool json, FILE *out, Error *error)
{
    DryRun run = {.json = json, .losses.max_errors = options->max_errors};
    CorpusListener listener = {&run,          note_skipped,  note_cut,
                               note_detected, refuse_folder, NULL};
    Corpus *corpus;
    skip_log_writer_init(&run.losses.skip_log, options->output, 0, 0);
    Status status = corpus_open(&options->corpus, options->inputs,
                                options->input_count, &listener, &corpus,
                                error);
    if (status == OK) status = show_documents(&run, corpus, error);
    if (status == OK) status = verb_flush(&run.text, out, error);
    corpus_close(corpus);
    skip_log_writer_release(&run.losses.skip_log);
    buf_release(&run.text);
    return status;
}
