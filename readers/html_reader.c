/* html_reader.c - a file of HTML as one document. */
#include "readers/html_reader.h"

#include "readers/html_page.h"

#include <stdlib.h>

typedef struct HtmlReader {
    const Source *source;
    HtmlPage *page;
    bool done;
} HtmlReader;

static void html_reader_close(void *reader)
{
    HtmlReader *self = reader;
    if (!self) return;
    html_page_free(self->page);
    free(self);
}

static Status html_reader_open(const Source *source, void **out, Error *error)
{
    *out = NULL;
    HtmlReader *self = calloc(1, sizeof *self);
    if (!self) return fail_memory(error, "reading HTML");
    self->source = source;
    Status status = html_page_new(&self->page, error);
    if (status == OK) {
        *out = self;
    } else {
        html_reader_close(self);
    }
    return status;
}

/* All of the file; *is_large: it is larger than allowed, and only begun. */
static Status read_file(const HtmlReader *self, Span *html, bool *is_large,
                        Error *error)
{
    const Source *source = self->source;
    uint64_t most = source->max_record_bytes;
    if (most > HTML_PAGE_MAX_BYTES) most = HTML_PAGE_MAX_BYTES;
    Status status = stream_peek(source->stream, (size_t)most + 1, html, error);
    *is_large = status == OK && html->size > most;
    if (status != OK || *is_large) return status;
    status = source_settle_encoding(source, *html, true, error);
    if (status == OK)
        status = stream_peek(source->stream, (size_t)most + 1, html, error);
    *is_large = status == OK && html->size > most;
    return status;
}

static Status skip_large(const HtmlReader *self, Error *error)
{
    const Source *source = self->source;
    if (source->max_record_bytes <= HTML_PAGE_MAX_BYTES)
        return source_skipped_large(source, &(StreamRecord){0}, error);
    return source_skipped(source, &(StreamRecord){0}, HTML_PAGE_TOO_LARGE,
                          error);
}

static Status html_reader_next(void *reader, Document *out, bool *found,
                               Error *error)
{
    HtmlReader *self = reader;
    const Source *source = self->source;
    Span html;
    bool is_large;
    HtmlText text;
    *found = false;
    if (self->done) return OK;
    self->done = true;
    Status status = read_file(self, &html, &is_large, error);
    if (status != OK) return status;
    if (is_large) return skip_large(self, error);
    if (!html.size && !source->in_folder) return OK;
    status = html_page_read(self->page, html, "utf-8", &text, error);
    if (status != OK) return status;
    if (text.reason)
        return source_skipped(source, &(StreamRecord){0}, text.reason, error);
    *found = true;
    out->title = text.title;
    out->text = text.text;
    out->place = source_whole(source);
    if (!text.is_replaced) return OK;
    return source_changed(source, &(StreamRecord){0},
                          "invalid UTF-8 was replaced by U+FFFD", error);
}

const ReaderKind HTML_READER = {CORPUS_HTML, html_reader_open, html_reader_next,
                                html_reader_close};
