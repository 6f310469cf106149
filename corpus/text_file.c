/* text_file.c - a file as one document.
 *
 * Binary files are skipped and named, unless the options ask for text: then a
 * file's bytes are its text, whatever it is. An empty file in a folder is an
 * empty document; an empty argument or pipe is not a document, as it may be the
 * end of any other format.
 */
#include "corpus/file_text.h"

#include "common/input/blank.h"

#include <stdlib.h>

typedef struct TextFile {
    const Source *source;
    FileText text;
    bool done;
} TextFile;

enum { BINARY_PEEK_BYTES = 8 * 1024 };

static Status text_file_open(const Source *source, void **out, Error *error)
{
    TextFile *self = calloc(1, sizeof *self);
    *out = self;
    if (!self) return fail_memory(error, "reading text");
    self->source = source;
    return OK;
}

static void text_file_close(void *reader)
{
    TextFile *self = reader;
    if (!self) return;
    file_text_release(&self->text);
    free(self);
}

/* Why a file is not text. */
typedef struct BinaryKind {
    size_t at; /* of its mark */
    const char *mark, *reason;
    Advice advice;
} BinaryKind;

static const BinaryKind BINARY_KINDS[] = {
    {0, "%PDF-", "a PDF, not text; convert it, for instance with pdftotext",
     ADVICE_NONE},
    {0,
     "\xfd"
     "7zXZ",
     "compressed by xz, which is not supported (gzip and zstd are)",
     ADVICE_NONE},
    {0, "BZh91AY",
     "compressed by bzip2, which is not supported (gzip and zstd are)",
     ADVICE_NONE},
    {0, "PK\3\4",
     "a zip archive, as docx, odt and epub are; unpack or convert it",
     ADVICE_NONE},
    {257, "ustar", "a tar archive; unpack it", ADVICE_NONE},
    {0, "7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it", ADVICE_NONE},
    {0, "Rar!\x1a\x07", "a rar archive; unpack it", ADVICE_NONE},
    {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
     "a file of older Office programs (doc, xls, msg); convert it",
     ADVICE_NONE}};

static bool has_mark(Span text, const BinaryKind *kind)
{
    return text.size > kind->at &&
           span_begins(span_of(text.data + kind->at, text.size - kind->at),
                       span_text(kind->mark));
}

/* NULL: these bytes may be text. */
static const BinaryKind *binary_kind(Span text)
{
    static const BinaryKind zeros = {0, "", "binary: contains NUL bytes",
                                     ADVICE_TAKE_BINARY};
    for (size_t i = 0; i < sizeof BINARY_KINDS / sizeof *BINARY_KINDS; i++)
        if (has_mark(text, &BINARY_KINDS[i])) return &BINARY_KINDS[i];
    size_t near = text.size < BINARY_PEEK_BYTES ? text.size : BINARY_PEEK_BYTES;
    return near && memchr(text.data, 0, near) ? &zeros : NULL;
}

bool text_file_is_binary(Span start)
{
    return binary_kind(start) != NULL;
}

/* The last part of the path without its ending, and without .gz or .zst after
 * that: "notes/plan.txt.gz" is "plan". */
static Span title_of_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    Span name = span_text(slash ? slash + 1 : path);
    for (int endings = 0; endings < 2; endings++) {
        size_t dot = name.size;
        while (dot > 1 && name.data[dot - 1] != '.') dot--;
        if (dot <= 1) break; /* no dot, or only the first character */
        Span ending = span_of(name.data + dot, name.size - dot);
        name.size = dot - 1;
        if (!span_equals_text(ending, "gz") && !span_equals_text(ending, "zst"))
            break;
    }
    return name;
}

/* The text of a line of Markdown: a heading without its marks, nothing of a
 * line of dashes. */
static Span take_heading(Span line)
{
    static const char rule[] = "-+=*_~";
    size_t marks = 0, hashes = 0;
    line = span_trim(line);
    while (hashes < line.size && line.data[hashes] == '#') hashes++;
    bool heading = hashes < line.size && byte_is_blank(line.data[hashes]);
    if (heading) line = span_of(line.data + hashes, line.size - hashes);
    while (marks < line.size && memchr(rule, line.data[marks], sizeof rule - 1))
        marks++;
    return marks == line.size ? (Span){0} : span_trim(line);
}

/* The first line with text becomes the title, and is not part of the text. */
static void take_first_line(Document *document)
{
    Span rest = document->text;
    while (rest.size && document->title.size == 0) {
        const uint8_t *feed = memchr(rest.data, '\n', rest.size);
        size_t size = feed ? (size_t)(feed - rest.data) + 1 : rest.size;
        document->title = take_heading(span_of(rest.data, size));
        rest.data += size;
        rest.size -= size;
    }
    document->text = rest;
}

/* Whether a source without text is not even an empty document. */
static bool is_nothing(const Source *source, bool asked_for)
{
    bool is_complete;
    return (!asked_for && !source->in_folder) ||
           stream_damage(source->stream, &is_complete);
}

static Status text_file_next(void *reader, Document *out, bool *found,
                             Error *error)
{
    TextFile *self = reader;
    const Source *source = self->source;
    *found = false;
    if (self->done) return OK;
    self->done = true;
    Span text;
    uint64_t most = source->max_record_bytes;
    Status status = stream_peek(source->stream, BINARY_PEEK_BYTES, &text,
                                error);
    if (status != OK) return status;
    const BinaryKind *binary = binary_kind(text);
    bool asked_for = source->options->format == CORPUS_TEXT;
    if (binary && !asked_for)
        return source_skipped_advising(source, &(StreamRecord){0},
                                       binary->reason, binary->advice, error);
    if (!text.size && is_nothing(source, asked_for)) return OK;
    size_t enough = most < SIZE_MAX ? (size_t)most + 1 : SIZE_MAX;
    status = stream_peek(source->stream, enough, &text, error);
    if (status != OK) return status;
    if (text.size > most)
        return source_skipped_large(source, &(StreamRecord){0}, error);
    status = source_settle_encoding(source, text, true, error);
    if (status == OK)
        status = stream_peek(source->stream, enough, &text, error);
    if (status != OK) return status;
    *found = true;
    out->text = text;
    out->place = source_whole(source);
    if (!asked_for) status = file_text_take(&self->text, source, out, error);
    if (status != OK || out->title.size) return status;
    TitleFrom title = source->options->title_from;
    if (title == TITLE_NAME) out->title = title_of_path(source->name);
    if (title == TITLE_FIRST_LINE) take_first_line(out);
    return OK;
}

const ReaderKind TEXT_FILE_READER = {CORPUS_TEXT, text_file_open,
                                     text_file_next, text_file_close};
