/* dry_run.c - shows the first documents of the input, and writes nothing.
 *
 *   corpus.jsonl:1
 *     id     b1
 *     title  The Quick Brown Fox
 *     text   The quick brown fox
 *            jumps over … (1,234 bytes)
 *     url    http://...
 */

#include "common/base/character.h"
#include "common/base/human.h"
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/input/blank.h"
#include "indexer/build/index_folder.h"
#include "indexer/build/skip_count.h"
#include "indexer/build_log.h"
#include "indexer/commands.h"

#include <inttypes.h>

enum {
    SHOWN_DOCUMENTS = 3,
    SHOWN_LINES = 4,
    SHOWN_BYTES = 240, /* of one text */
    LABEL_BYTES = 6,
    MAX_INDENT = 40 /* of lines next to a longer label */
};

typedef struct DryRun {
    SkipCount skips;
    BuildLog log;
    bool json;
    Buf text;
} DryRun;

static Status note_skipped(void *self, const Place *place, const char *reason,
                           Advice advice, Error *error)
{
    DryRun *run = self;
    BuildSkip skip = {.kind = SKIP_LOG_SKIPPED,
                      .place = place,
                      .reason = reason,
                      .advice = advice};
    return skip_count_add(&run->skips, skip, error);
}

static Status note_changed(void *self, const Place *place, const char *reason,
                           Advice advice, Error *error)
{
    DryRun *run = self;
    BuildSkip skip = {.kind = SKIP_LOG_CHANGED,
                      .place = place,
                      .reason = reason,
                      .advice = advice};
    return skip_count_add(&run->skips, skip, error);
}

static void note_detected(void *self, const char *source, const char *what,
                          Advice advice)
{
    DryRun *run = self;
    const BuildListener *listener = &run->log.listener;
    listener->detected(listener->self, source, what, advice);
    if (!run->json) return;
    buf_put_text(&run->text, "{\"type\":\"detected\",\"source\":");
    put_json_string(&run->text, span_text(source));
    put_json_member(&run->text, "what", span_text(what));
    buf_put_text(&run->text, "}\n");
}

static void note_suggested(void *self, const FieldSuggestion *fields)
{
    const BuildListener *listener = &((DryRun *)self)->log.listener;
    listener->suggested(listener->self, fields);
}

static const char *refuse_folder(void *self, const char *path)
{
    (void)self;
    return index_refusal(path);
}

/* The beginning to be shown: whole characters of the first lines. */
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

/* Control characters other than line ends become blanks. */
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

static void put_field(Buf *out, const char *label, Span text)
{
    Span shown = beginning(text);
    size_t size = strlen(label);
    int width = size < LABEL_BYTES  ? LABEL_BYTES
                : size < MAX_INDENT ? (int)size
                                    : MAX_INDENT;
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
    put_field(out, "id", buf_span(&id));
    buf_keep_failure(out, &id);
    buf_release(&id);
    if (document->title.size) put_field(out, "title", document->title);
    put_field(out, "text", document->text);
    for (size_t i = 0; i < document->field_count; i++) {
        Buf name = {0};
        put_visible(&name, document->fields[i].name);
        const char *label = buf_text(&name);
        put_field(out, label ? label : "", document->fields[i].value);
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

static bool has_skipped(const DryRun *run)
{
    return skip_count_of(&run->skips, SKIP_LOG_SKIPPED) > 0;
}

static Status show_documents(DryRun *run, Corpus *corpus, Error *error)
{
    for (int shown = 0; shown < SHOWN_DOCUMENTS; shown++) {
        Document document;
        bool found;
        Status status = corpus_next(corpus, &document, &found, error);
        if (status != OK) return status;
        LeftOut left_out = corpus_left_out(corpus);
        if (!found && shown == 0)
            return left_out_fail_empty(has_skipped(run) ? NULL : &left_out, "",
                                       error);
        if (!found) return OK;
        if (run->json) {
            put_json_document(&run->text, &document);
        } else {
            put_document(&run->text, &document);
        }
    }
    return OK;
}

Status dry_run(const BuildOptions *options, const Index *index, bool json,
               FILE *out, Error *error)
{
    DryRun run = {.json = json, .skips.max_errors = options->max_errors};
    CorpusListener listener = {.self = &run,
                               .skipped = note_skipped,
                               .changed = note_changed,
                               .detected = note_detected,
                               .suggested = note_suggested,
                               .refuses = refuse_folder};
    Corpus *corpus;
    build_log_init(&run.log, options, NULL);
    run.log.is_held = index != NULL;
    run.skips.listener = &run.log.listener;
    skip_log_writer_init(&run.skips.skip_log, options->output, 0, 0);
    Status status = corpus_open(&options->corpus, options->inputs,
                                options->input_count, &listener, &corpus,
                                error);
    if (status == OK) status = show_documents(&run, corpus, error);
    if (status == OK) status = program_print(&run.text, out, error);
    if (status != OK) build_log_complete_error(&run.log, error);
    corpus_close(corpus);
    skip_log_writer_release(&run.skips.skip_log);
    build_log_release(&run.log);
    buf_release(&run.text);
    return status;
}
