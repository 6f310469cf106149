/* corpus.c - inputs of any kind to documents, one at a time, in order.
 *
 * Inputs ─▶ (walk) ─▶ source: stream + reader ─▶ document ─▶ clean UTF-8, id
 *
 * In a walked folder each file is a document, whatever it holds, unless the
 * options force a format: people's folders hold data files beside their notes,
 * and a hit should be a file. What goes wrong with a file found by a walk is
 * told as skipped; with one named as an argument, it ends the reading.
 */
#include "corpus/corpus.h"

#include "common/program/suggest_file.h"
#include "corpus/clean_document.h"
#include "corpus/format_detect.h"
#include "corpus/reader.h"
#include "corpus/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct Corpus {
    const CorpusOptions *options;
    const char *const *inputs;
    size_t input_count, next_input;
    const CorpusListener *listener;
    Tree *tree; /* while an input is a folder */
    Source source;
    const ReaderKind *kind;
    void *reader;      /* NULL between sources */
    bool told_records; /* that files of folders look like records */
    bool has_document, has_skipped; /* the source, so far */
    Buf announced;
    Buf id;                 /* made from the place, where a record has none */
    uint64_t named_line;    /* of the source: the last one in such an id */
    uint64_t named_on_line; /* how many such ids it is in */
    Buf clean;              /* spans of the document that were not */
    DocumentField *fields;  /* owned: those of the document, clean */
    uint64_t read_before;   /* packed bytes of the sources that are done */
    uint64_t total_bytes;   /* 0 if an input is no file */
    uint64_t text_bytes;
};

static const ReaderKind *const READERS[] = {
    &TEXT_FILE_READER, &JSONL_READER, &TSV_READER, &CSV_READER, &TREC_READER};

static const ReaderKind *reader_of(CorpusFormat format)
{
    size_t i = 0;
    while (READERS[i]->format != format) i++;
    return READERS[i];
}

/* An input that is not there, and what may have been meant. */
static Status fail_input(const char *input, Error *error)
{
    if (errno != ENOENT) return fail_errno(error, "cannot read '%s'", input);
    Buf near = {0};
    suggest_file(input, NULL, &near);
    const char *meant = near.size ? buf_text(&near) : NULL;
    Status status = fail(error, ERR_IO, "there is no file '%s'%s%s%s", input,
                         meant ? "; did you mean '" : "", meant ? meant : "",
                         meant ? "'?" : "");
    buf_release(&near);
    return status;
}

static Status check_input(const Corpus *corpus, const char *input, Error *error)
{
    const char *reason = listener_refuses(corpus->listener, input);
    return reason ? fail(error, ERR_USAGE,
                         "'%s' is %s: nothing in it becomes a document", input,
                         reason)
                  : OK;
}

static bool names_fields(const CorpusOptions *options)
{
    return options->id_field || options->title_field || options->text_field ||
           options->columns || options->store_field_count;
}

/* Fields are of records, and the files of a folder are whole documents: where
 * there are only folders, options that name fields would do nothing. */
static Status check_fields(const Corpus *corpus, bool only_folders,
                           Error *error)
{
    CorpusFormat format = corpus->options->format;
    if (!only_folders || !names_fields(corpus->options) ||
        (format != CORPUS_DETECT && format != CORPUS_TEXT))
        return OK;
    return fail(error, ERR_USAGE,
                "'%s' is a folder, each file of it a document: fields and "
                "columns need --format jsonl, tsv, csv or trec, to read the "
                "files as records",
                corpus->inputs[0]);
}

/* Adds up the sizes of the inputs; sees that they exist. */
static Status check_inputs(Corpus *corpus, Error *error)
{
    bool known = true, standard_input = false;
    bool only_folders = corpus->input_count > 0;
    for (size_t i = 0; i < corpus->input_count; i++) {
        const char *input = corpus->inputs[i];
        struct stat facts;
        if (!strcmp(input, "-")) {
            if (standard_input)
                return fail(error, ERR_USAGE, "standard input is given twice");
            standard_input = true;
            known = only_folders = false;
        } else if (stat(input, &facts)) {
            return fail_input(input, error);
        } else {
            known = known && S_ISREG(facts.st_mode);
            corpus->total_bytes += (uint64_t)facts.st_size;
            only_folders = only_folders && S_ISDIR(facts.st_mode);
            Status status = check_input(corpus, input, error);
            if (status != OK) return status;
        }
    }
    if (!known) corpus->total_bytes = 0;
    return check_fields(corpus, only_folders, error);
}

Status corpus_open(const CorpusOptions *options, const char *const *inputs,
                   size_t input_count, const CorpusListener *listener,
                   Corpus **out, Error *error)
{
    *out = NULL;
    Corpus *corpus = calloc(1, sizeof *corpus);
    if (!corpus) return fail_memory(error, "opening the inputs");
    corpus->options = options;
    corpus->inputs = inputs;
    corpus->input_count = input_count;
    corpus->listener = listener;
    corpus->fields = calloc(options->store_field_count + 1,
                            sizeof *corpus->fields);
    Status status = corpus->fields ? check_inputs(corpus, error)
                                   : fail_memory(error, "opening the inputs");
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
    tree_close(corpus->tree);
    buf_release(&corpus->announced);
    buf_release(&corpus->id);
    buf_release(&corpus->clean);
    free(corpus->fields);
    free(corpus);
}

/* Opens what a walk found. It was a file a moment ago; should it be a pipe by
 * now, O_NONBLOCK keeps us from waiting for it. */
static Status open_walked(const char *path, Stream **out, Error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return fail_errno(error, "%s: cannot open", path);
    return stream_open_fd(fd, path, out, error);
}

/* A folder of records, such as the parts of a collection, is read file by file
 * as any other: that this may not be what was wanted is said once. */
static Status note_records(Corpus *corpus, Error *error)
{
    const Source *source = &corpus->source;
    Span start;
    if (corpus->told_records || !corpus->listener->detected) return OK;
    Status status = stream_peek(source->stream, DETECT_PEEK_BYTES, &start,
                                error);
    if (status != OK) return status;
    CorpusFormat format = format_detect(start, source->name, corpus->options);
    const char *name = format == CORPUS_JSONL  ? "jsonl"
                       : format == CORPUS_TREC ? "trec"
                                               : NULL;
    if (!name) return OK;
    char what[128];
    snprintf(what, sizeof what,
             "looks like %s; in a folder a file is one document, unless "
             "--format %s reads all as records",
             name, name);
    corpus->told_records = true;
    corpus->listener->detected(corpus->listener->self, source->name, what);
    return OK;
}

static Status choose_reader(Corpus *corpus, Error *error)
{
    CorpusFormat format = corpus->options->format;
    if (format == CORPUS_DETECT && corpus->source.in_folder) {
        Status status = note_records(corpus, error);
        if (status != OK) return status;
        format = CORPUS_TEXT;
    } else if (format == CORPUS_DETECT) {
        Span start;
        Status status = stream_peek(corpus->source.stream, DETECT_PEEK_BYTES,
                                    &start, error);
        if (status != OK) return status;
        format = format_detect(start, corpus->source.name, corpus->options);
    }
    corpus->kind = reader_of(format);
    if (format == CORPUS_TEXT)
        source_announce(&corpus->source, "text: each file is a document");
    return OK;
}

static void tell_opened(const Source *source)
{
    const CorpusListener *listener = source->listener;
    struct stat facts;
    if (listener->opened && stream_facts(source->stream, &facts))
        listener->opened(listener->self, source->name, &facts);
}

static Status open_source(Corpus *corpus, const char *name, bool in_folder,
                          Error *error)
{
    corpus->source = (Source){
        .name = name,
        .options = corpus->options,
        .listener = corpus->listener,
        .announced = &corpus->announced,
        .skipped = &corpus->has_skipped,
        .in_folder = in_folder,
        .max_record_bytes = corpus->options->max_record_bytes};
    corpus->has_document = corpus->has_skipped = false;
    corpus->named_line = corpus->named_on_line = 0;
    Stream **stream = &corpus->source.stream;
    Status status = in_folder ? open_walked(name, stream, error)
                              : stream_open(name, stream, error);
    if (status == OK) tell_opened(&corpus->source);
    if (status == OK) status = choose_reader(corpus, error);
    if (status == OK)
        status = corpus->kind->open(&corpus->source, &corpus->reader, error);
    return status;
}

/* Closes the walk of the last input; what it left out is said. */
static void end_tree(Corpus *corpus)
{
    const CorpusListener *listener = corpus->listener;
    uint64_t hidden = tree_hidden(corpus->tree);
    if (hidden && listener->detected) {
        char what[80];
        snprintf(what, sizeof what,
                 "%" PRIu64 " hidden %s left out; --hidden takes %s", hidden,
                 hidden == 1 ? "entry" : "entries",
                 hidden == 1 ? "it" : "them");
        listener->detected(listener->self,
                           corpus->inputs[corpus->next_input - 1], what);
    }
    tree_close(corpus->tree);
    corpus->tree = NULL;
}

/* The next file of the walk, or the next input; *name is NULL after the
 * last. */
static Status next_name(Corpus *corpus, const char **name, Error *error)
{
    for (;;) {
        *name = NULL;
        if (corpus->tree) {
            Status status = tree_next(corpus->tree, name, error);
            if (status != OK || *name) return status;
            end_tree(corpus);
        }
        if (corpus->next_input == corpus->input_count) return OK;
        const char *input = corpus->inputs[corpus->next_input++];
        struct stat facts;
        bool is_folder = strcmp(input, "-") != 0 && stat(input, &facts) == 0 &&
                         S_ISDIR(facts.st_mode);
        if (!is_folder) {
            *name = input;
            return OK;
        }
        Status status = tree_open(input, corpus->options->hidden,
                                  corpus->listener, &corpus->tree, error);
        if (status != OK) return status;
    }
}

/* What stops a file that a walk found only skips it. */
static Status forgive(Corpus *corpus, Status status, Error *error)
{
    if (status != ERR_IO || !corpus->source.in_folder) return status;
    const Source *source = &corpus->source;
    size_t size = strlen(source->name); /* messages begin with the name */
    const char *reason = error->message;
    if (!strncmp(reason, source->name, size) &&
        !strncmp(reason + size, ": ", 2))
        reason += size + 2;
    StreamRecord rest = {
        .offset = source->stream ? stream_offset(source->stream) : 0};
    status = source_skipped(source, &rest, reason, error);
    close_source(corpus);
    return status;
}

static Status tell_cut(Corpus *corpus, bool is_cut, const char *reason,
                       Error *error)
{
    Place place = source_whole(&corpus->source);
    return is_cut ? listener_cut(corpus->listener, &place, reason, error) : OK;
}

/* Says of a source that was named that nothing came of it: it may be empty, or
 * be something else than it was taken for. */
static void tell_barren(const Corpus *corpus)
{
    const CorpusListener *listener = corpus->listener;
    bool guessed = corpus->options->format == CORPUS_DETECT && corpus->kind &&
                   corpus->kind->format != CORPUS_TEXT;
    if (corpus->has_document || corpus->source.in_folder || !listener->detected)
        return;
    const char *what = !corpus->has_skipped ? "no document in it"
                       : guessed ? "no document in it; --format text takes it "
                                   "as it is"
                                 : NULL;
    if (what) listener->detected(listener->self, corpus->source.name, what);
}

/* Closes a source that was read to its end, if there is one. */
static Status end_source(Corpus *corpus, Error *error)
{
    const Stream *stream = corpus->source.stream;
    if (!stream) return OK;
    tell_barren(corpus);
    Status status = tell_cut(corpus, stream_shrank(stream),
                             "the file became shorter while it was read",
                             error);
    if (status == OK)
        status = tell_cut(corpus, stream_is_broken(stream),
                          "not UTF-16: what is none was replaced by U+FFFD",
                          error);
    close_source(corpus);
    return status;
}

/* The next document of any source, as the readers give it. */
static Status next_raw(Corpus *corpus, Document *out, bool *found, Error *error)
{
    for (*found = false;;) {
        *out = (Document){0};
        Status status = OK;
        if (corpus->reader) {
            status = corpus->kind->next(corpus->reader, out, found, error);
            corpus->has_document |= *found;
            if (status == OK && *found) return OK;
        }
        if (status == OK) status = end_source(corpus, error);
        if (status == OK) {
            const char *name;
            status = next_name(corpus, &name, error);
            if (status != OK || !name) return status;
            status = open_source(corpus, name, corpus->tree != NULL, error);
        }
        status = forgive(corpus, status, error);
        if (status != OK) return status;
    }
}

/* A record without an id is named by its place, SOURCE:LINE. Several may begin
 * on one line: the second is SOURCE:LINE.2. Such names differ: what follows the
 * last colon is the line and the count, all before it is the source. */
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
    for (size_t i = 0; i < out->field_count; i++)
        corpus->fields[i] = out->fields[i];
    status = buf_check(&corpus->id, "naming a document", error);
    if (status == OK) out->fields = corpus->fields;
    if (status == OK)
        status = document_clean(out, corpus->fields, corpus->listener,
                                &corpus->clean, error);
    corpus->text_bytes += out->title.size + out->text.size;
    return status;
}

void corpus_progress(const Corpus *corpus, uint64_t *read_bytes,
                     uint64_t *total_bytes)
{
    const Stream *stream = corpus->source.stream;
    *read_bytes = corpus->read_before +
                  (stream ? stream_packed_bytes(stream) : 0);
    *total_bytes = corpus->total_bytes;
}

uint64_t corpus_text_bytes(const Corpus *corpus)
{
    return corpus->text_bytes;
}
