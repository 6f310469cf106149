/* corpus.c - inputs of any kind to documents, one at a time, in order.
 *
 * Inputs ─▶ (walk) ─▶ source: stream + reader ─▶ document ─▶ clean UTF-8, id
 *
 * In a walked folder each file is a document, whatever it holds, unless the
 * options force a format: people's folders hold data files next to their notes,
 * and a hit should be a file. HTML and mail are read as what they are: their
 * markup is not text. One bad input never costs the others: what cannot be
 * opened is skipped, what cannot be read or decompressed to its end is read as
 * far as possible, and the rest is skipped.
 */
#include "corpus/corpus.h"

#include "corpus/clean_document.h"
#include "corpus/file_text.h"
#include "corpus/inputs.h"
#include "corpus/json_values.h"
#include "corpus/mail_detect.h"
#include "corpus/reader.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* How files that are one document are announced: those that the text reader
 * takes apart, after the formats. */
enum { WHOLE_JSON = CORPUS_FORMATS, WHOLE_NOTEBOOK, WHOLE_KINDS };

struct Corpus {
    const CorpusOptions *options;
    const CorpusListener *listener;
    Inputs inputs;
    Source source;
    const ReaderKind *kind;
    void *reader;       /* NULL between sources */
    bool noted_records; /* files of folders look like records: reported once */
    unsigned whole;     /* CorpusFormat or WHOLE_... of the source */
    unsigned noted_formats; /* of files of folders, a bit each: likewise */
    bool has_document, has_skipped; /* the source, so far */
    bool misses_field;              /* the source: a field is in no record */
    bool is_binary;                 /* the source, which is skipped */
    uint64_t unread;                /* attachments, of all sources */
    Buf announced;
    Buf id;                 /* made from the place, if a record has no id */
    uint64_t named_line;    /* of the source: the last one in such an id */
    uint64_t named_on_line; /* how many such ids are on it */
    Buf clean;              /* replaces spans of the document: clean UTF-8 */
    Buf fields;             /* DocumentField of the document, clean */
    uint64_t read_before;   /* packed bytes of the sources that are done */
};

static const ReaderKind *const READERS[] = {
    &TEXT_FILE_READER, &JSONL_READER, &TSV_READER, &CSV_READER,
    &TREC_READER,      &SMART_READER, &WIKI_READER};

static const ReaderKind *reader_of(const CorpusOptions *options,
                                   CorpusFormat format)
{
    const CorpusExtras *extras = options->extras;
    for (size_t i = 0; i < sizeof READERS / sizeof *READERS; i++)
        if (READERS[i]->format == format) return READERS[i];
    for (size_t i = 0; extras && i < extras->reader_count; i++) {
        const ReaderKind *kind = extras->readers[i].kind;
        if (extras->readers[i].format == format && kind) return kind;
    }
    return &ABSENT_READER;
}

Status corpus_open(const CorpusOptions *options, const char *const *inputs,
                   size_t input_count, const CorpusListener *listener,
                   Corpus **out, Error *error)
{
    *out = NULL;
    Corpus *corpus = calloc(1, sizeof *corpus);
    if (!corpus) return fail_memory(error, "opening the inputs");
    corpus->options = options;
    corpus->listener = listener;
    Status status = inputs_init(&corpus->inputs, options, inputs, input_count,
                                listener, error);
    if (status == OK) {
        *out = corpus;
    } else {
        corpus_close(corpus);
    }
    return status;
}

static void close_source(Corpus *corpus)
{
    if (corpus->kind) corpus->kind->close(corpus->reader);
    corpus->kind = NULL;
    corpus->reader = NULL;
    if (corpus->source.stream)
        corpus->read_before += stream_packed_bytes(corpus->source.stream);
    stream_close(corpus->source.stream);
    corpus->source = (Source){0};
}

void corpus_close(Corpus *corpus)
{
    if (!corpus) return;
    close_source(corpus);
    inputs_release(&corpus->inputs);
    buf_release(&corpus->announced);
    buf_release(&corpus->id);
    buf_release(&corpus->clean);
    buf_release(&corpus->fields);
    free(corpus);
}

/* What a walk found was a file a moment ago; if it has become a pipe since,
 * O_NONBLOCK avoids waiting for a writer. */
static Status open_stream(Source *source, Error *error)
{
    int flags = 0;
    if (source->in_folder)
        flags = source->options->follow ? O_NONBLOCK : O_NONBLOCK | O_NOFOLLOW;
    return stream_open_partial(source->name, flags, &source->stream, error);
}

/* A folder of records, such as the parts of a collection, is read file by file
 * as any other, which may not be what was wanted: reported once. An object
 * alone in a file is not meant. */
static void note_records(Corpus *corpus, CorpusFormat format, Span start)
{
    static const char *const words[CORPUS_FORMATS] = {
        [CORPUS_CSV] = "looks like csv, but is indexed as one document",
        [CORPUS_TSV] = "looks like tsv, but is indexed as one document",
        [CORPUS_JSONL] = "looks like jsonl, but is indexed as one document",
        [CORPUS_TREC] = "looks like trec, but is indexed as one document",
        [CORPUS_SMART] = "looks like smart, but is indexed as one document",
        [CORPUS_WIKI] = "looks like wiki, but is indexed as one document"};
    const char *what = words[format];
    if (!what || corpus->noted_records ||
        (format == CORPUS_JSONL && !json_values_has_records(start)))
        return;
    corpus->noted_records = true;
    listener_note(corpus->listener, corpus->source.name, what,
                  ADVICE_READ_RECORDS);
}

/* How a file of this format is read in a folder, and a notebook anywhere. */
static CorpusFormat format_of_whole(Corpus *corpus, CorpusFormat detected,
                                    Span start)
{
    if (detected == CORPUS_HTML || detected == CORPUS_MAIL) return detected;
    bool is_notebook = file_is_notebook(corpus->source.name);
    if (!is_notebook) note_records(corpus, detected, start);
    corpus->whole = is_notebook                ? WHOLE_NOTEBOOK
                    : detected == CORPUS_JSONL ? WHOLE_JSON
                                               : CORPUS_TEXT;
    return CORPUS_TEXT;
}

/* Whether the source is one document because of where it is or its name. */
static bool is_whole(const Corpus *corpus)
{
    const Source *source = &corpus->source;
    return corpus->options->format == CORPUS_DETECT &&
           (source->in_folder || file_is_notebook(source->name));
}

/* By the bytes as they are, or as they are converted so far. */
static Status detect_format(Corpus *corpus, Error *error)
{
    Source *source = &corpus->source;
    Span start;
    source->format = corpus->options->format;
    corpus->whole = source->format;
    if (source->format != CORPUS_DETECT) return OK;
    Status status = stream_peek(source->stream, DETECT_PEEK_BYTES, &start,
                                error);
    if (status != OK) return status;
    source->format = format_detect(start, source->name, is_whole(corpus),
                                   corpus->options);
    corpus->whole = source->format;
    return OK;
}

static bool reads_whole(CorpusFormat format)
{
    return format == CORPUS_TEXT || format == CORPUS_HTML;
}

/* The parts of a mail have encodings of their own, so its bytes are left as
 * they are. */
static Status choose_format(Corpus *corpus, Error *error)
{
    Source *source = &corpus->source;
    Span start;
    Status status = OK;
    if (stream_encoding(source->stream)) /* by a mark: before it is looked at */
        status = source_begin_encoding(source, error);
    if (status == OK) status = detect_format(corpus, error);
    if (status != OK || source->format == CORPUS_MAIL) return status;
    const Encoding *before = stream_encoding(source->stream);
    status = source_begin_encoding(source, error);
    if (status == OK && stream_encoding(source->stream) != before)
        status = detect_format(corpus, error);
    if (status == OK)
        status = stream_peek(source->stream, DETECT_PEEK_BYTES, &start, error);
    if (status != OK) return status;
    if (is_whole(corpus))
        source->format = format_of_whole(corpus, source->format, start);
    corpus->is_binary = source->format == CORPUS_TEXT &&
                        corpus->options->format == CORPUS_DETECT &&
                        text_file_is_binary(start);
    if (reads_whole(source->format)) return OK;
    return source_settle_encoding(source, start, start.size < DETECT_PEEK_BYTES,
                                  error);
}

/* Reports how whole documents are read: in a folder, where formats may change
 * from file to file, the first of each. */
static void announce_format(Corpus *corpus)
{
    static const char *const words[WHOLE_KINDS] = {
        [WHOLE_JSON] = "indexing JSON as its strings and numbers, one document "
                       "per file",
        [WHOLE_NOTEBOOK] = "indexing the cells of notebooks, one document per "
                           "file",
        [CORPUS_TEXT] = "indexing as plain text, one document per file",
        [CORPUS_HTML] = "indexing as HTML, one document per file",
        [CORPUS_MAIL] = "indexing as mail, one document per message"};
    const Source *source = &corpus->source;
    const char *what = words[corpus->whole];
    unsigned bit = 1u << corpus->whole;
    if (!what || corpus->is_binary || corpus->kind == &ABSENT_READER) return;
    if (!source->in_folder) {
        source_announce(source, what, ADVICE_NONE);
    } else if (!(corpus->noted_formats & bit)) {
        corpus->noted_formats |= bit;
        listener_note(corpus->listener, source->name, what, ADVICE_NONE);
    }
}

static Status choose_reader(Corpus *corpus, Error *error)
{
    Status status = choose_format(corpus, error);
    if (status != OK) return status;
    corpus->kind = reader_of(corpus->options, corpus->source.format);
    announce_format(corpus);
    return OK;
}

static void report_opened(const Source *source)
{
    const CorpusListener *listener = source->listener;
    struct stat facts;
    if (listener->opened && stream_facts(source->stream, &facts))
        listener->opened(listener->self, source->name, &facts);
}

/* A message of an error without the name of the source, which it begins with.
 */
static const char *without_name(const Source *source, const char *message)
{
    size_t size = strlen(source->name);
    bool is_named = !strncmp(message, source->name, size) &&
                    !strncmp(message + size, ": ", 2);
    return is_named ? message + size + 2 : message;
}

/* A source that cannot be opened is skipped. */
static Status skip_unreadable(Corpus *corpus, Error *error)
{
    const Source *source = &corpus->source;
    Status status = source_skipped(source, &(StreamRecord){0},
                                   without_name(source, error->message), error);
    close_source(corpus);
    return status;
}

/* Without a reader if the source is skipped. */
static Status open_source(Corpus *corpus, const char *name, bool in_folder,
                          Error *error)
{
    corpus->source = (Source){
        .name = name,
        .options = corpus->options,
        .listener = corpus->listener,
        .announced = &corpus->announced,
        .skipped = &corpus->has_skipped,
        .misses_field = &corpus->misses_field,
        .unread = &corpus->unread,
        .in_folder = in_folder,
        .max_record_bytes = corpus->options->max_record_bytes};
    corpus->has_document = corpus->has_skipped = corpus->misses_field = false;
    corpus->is_binary = false;
    corpus->named_line = corpus->named_on_line = 0;
    Status status = open_stream(&corpus->source, error);
    if (status == ERR_IO) return skip_unreadable(corpus, error);
    if (status == OK) report_opened(&corpus->source);
    if (status == OK) status = choose_reader(corpus, error);
    if (status == OK)
        status = corpus->kind->open(&corpus->source, &corpus->reader, error);
    return status;
}

/* Reports where and why the text of a source ended too early. */
static Status report_damage(Corpus *corpus, Error *error)
{
    const Source *source = &corpus->source;
    bool is_complete;
    const char *message = stream_damage(source->stream, &is_complete);
    if (!message) return OK;
    StreamRecord rest = {.offset = stream_text_bytes(source->stream)};
    Place place = source_whole(source);
    const char *why = without_name(source, message);
    Buf reason = {0};
    if (is_complete) {
        buf_printf(&reason, "%s and was left out", why);
    } else if (rest.offset) {
        buf_printf(&reason, "the rest, after %" PRIu64 " bytes of text: %s",
                   rest.offset, why);
    } else {
        buf_put_text(&reason, why);
    }
    const char *text = buf_text(&reason);
    Status status = !text         ? fail_memory(error, "reading an input")
                    : is_complete ? listener_changed(corpus->listener, &place,
                                                     text, ADVICE_NONE, error)
                                  : source_skipped(source, &rest, text, error);
    buf_release(&reason);
    return status;
}

static Status report_changed(Corpus *corpus, bool is_changed,
                             const char *reason, Error *error)
{
    Place place = source_whole(&corpus->source);
    return is_changed ? listener_changed(corpus->listener, &place, reason,
                                         ADVICE_NONE, error)
                      : OK;
}

/* Reports a source without a document if it was named as an argument: it may be
 * empty, or have another format than the detected one. */
static void note_empty(const Corpus *corpus)
{
    bool is_guess = corpus->options->format == CORPUS_DETECT && corpus->kind &&
                    corpus->kind->format != CORPUS_TEXT;
    if (corpus->has_document || corpus->source.in_folder) return;
    if (corpus->has_skipped && !is_guess) return;
    listener_note(corpus->listener, corpus->source.name, "no document in it",
                  corpus->has_skipped ? ADVICE_PLAIN_TEXT : ADVICE_NONE);
}

/* Reports how many attachments were not read, at the end of all inputs. */
static void note_unread(Corpus *corpus)
{
    char what[64];
    uint64_t count = corpus->unread;
    if (!count) return;
    corpus->unread = 0;
    snprintf(what, sizeof what, "%" PRIu64 " attachment%s not read", count,
             count == 1 ? " was" : "s were");
    listener_note(corpus->listener, "mail", what, ADVICE_NONE);
}

/* Closes a source that was read to its end, if there is one. */
static Status end_source(Corpus *corpus, Error *error)
{
    const Stream *stream = corpus->source.stream;
    if (!stream) return OK;
    Status status = report_damage(corpus, error);
    note_empty(corpus);
    if (status == OK)
        status = report_changed(corpus, stream_shrank(stream),
                                "the file became shorter while it was read",
                                error);
    if (status == OK && stream_is_broken(stream)) {
        char reason[80];
        snprintf(reason, sizeof reason, "invalid %s was replaced by U+FFFD",
                 stream_encoding(stream)->name);
        status = report_changed(corpus, true, reason, error);
    }
    close_source(corpus);
    return status;
}

/* A file of a folder in which no record has a text, or a field that the options
 * name, costs no other: an export has a list of its users next to its messages.
 * A file that was named is an error. */
static Status leave_source(Corpus *corpus, Error *error)
{
    const Source *source = &corpus->source;
    const char *reason = without_name(source, error->message);
    Status status = corpus->has_document
                        ? report_changed(corpus, true, reason, error)
                        : source_skipped(source, &(StreamRecord){0}, reason,
                                         error);
    close_source(corpus);
    return status;
}

/* The next document of the source; *found false after its last. */
static Status next_of_source(Corpus *corpus, Document *out, bool *found,
                             Error *error)
{
    *found = false;
    if (!corpus->reader) return OK;
    Status status = corpus->kind->next(corpus->reader, out, found, error);
    if (status != OK) *found = false;
    corpus->has_document |= *found;
    if (status == OK || !corpus->misses_field || !corpus->source.in_folder)
        return status;
    return leave_source(corpus, error);
}

/* The next document of any source, as the readers give it. */
static Status next_raw(Corpus *corpus, Document *out, bool *found, Error *error)
{
    for (*found = false;;) {
        *out = (Document){0};
        Status status = next_of_source(corpus, out, found, error);
        if (status == OK && *found) return OK;
        if (status == OK) status = end_source(corpus, error);
        if (status == OK) {
            const char *name;
            status = inputs_next(&corpus->inputs, &name, error);
            if (status == OK && !name) note_unread(corpus);
            if (status != OK || !name) return status;
            status = open_source(corpus, name, corpus->inputs.tree != NULL,
                                 error);
        }
        if (status != OK) return status;
    }
}

/* The id of a record without one is its place, SOURCE:LINE. Several may begin
 * on one line: the second is SOURCE:LINE.2. Such ids differ: after the last
 * colon are the line and the count, all before it is the source. */
static void name_by_place(Corpus *corpus, Document *document)
{
    const Place *place = &document->place;
    Buf *id = &corpus->id;
    if (place->line != corpus->named_line) corpus->named_on_line = 0;
    corpus->named_line = place->line;
    corpus->named_on_line++;
    buf_clear(id);
    put_place(id, place);
    if (corpus->named_on_line > 1)
        buf_printf(id, ".%" PRIu64, corpus->named_on_line);
    document->id = buf_span(id);
}

Status corpus_next(Corpus *corpus, Document *out, bool *found, Error *error)
{
    Status status = next_raw(corpus, out, found, error);
    if (status != OK || !*found) return status;
    if (out->id.size == 0) name_by_place(corpus, out);
    buf_clear(&corpus->fields);
    buf_put(&corpus->fields, out->fields,
            out->field_count * sizeof *out->fields);
    status = buf_check(&corpus->id, "naming a document", error);
    if (status == OK)
        status = buf_check(&corpus->fields, "reading fields", error);
    if (status != OK) return status;
    DocumentField *fields = (DocumentField *)(void *)corpus->fields.data;
    out->fields = fields;
    return document_clean(out, fields, corpus->listener, &corpus->clean, error);
}

LeftOut corpus_left_out(const Corpus *corpus)
{
    return inputs_left_out(&corpus->inputs);
}

void corpus_progress(const Corpus *corpus, uint64_t *read_bytes,
                     uint64_t *total_bytes)
{
    const Stream *stream = corpus->source.stream;
    *read_bytes = corpus->read_before +
                  (stream ? stream_packed_bytes(stream) : 0);
    *total_bytes = corpus->inputs.total_bytes;
}
