/* file_text.c - what is text of a file that is one document.
 *
 * JSON is known by the file's name, or, like records, by how it begins. The
 * name also tells whose first lines may be front matter: YAML files have such
 * lines, too, and are nothing else.
 */
#include "corpus/file_text.h"

#include "corpus/file_ending.h"
#include "corpus/front_matter.h"
#include "corpus/notebook.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const JSON_ENDINGS[] = {".json", ".jsonl", ".ndjson",
                                           ".ipynb", NULL};
static const char *const LINES_ENDINGS[] = {".jsonl", ".ndjson", NULL};
static const char *const TEXT_ENDINGS[] = {
    ".md",  ".markdown", ".mdown", ".mkd",  ".mdx",      ".qmd", ".rmd",
    ".txt", ".text",     ".rst",   ".adoc", ".asciidoc", NULL};

static bool ends_in_one_of(const Source *source, const char *const *endings)
{
    while (*endings && !name_ends(source->name, *endings)) endings++;
    return *endings != NULL;
}

bool file_is_notebook(const char *path)
{
    return name_ends(path, ".ipynb");
}

/* Reports JSON with syntax errors, the first of them at `wrong_at`. */
static Status report_wrong(const Source *source, Span text, size_t wrong_at,
                           const char *reason, Error *error)
{
    Place place = {.source = source->name, .line = 1, .column = 1};
    for (size_t i = 0; i < wrong_at; i++) {
        bool feed = text.data[i] == '\n';
        place.line += feed;
        place.column = feed ? 1 : place.column + 1;
    }
    return listener_changed(source->listener, &place, reason, ADVICE_NONE,
                            error);
}

/* Lines that are no JSON are text as they are. */
static Status take_lines(JsonValues *json, const Source *source, Span text,
                         Error *error)
{
    char reason[80];
    size_t wrong_at = 0, wrong = json_values_put_lines(json, text, &wrong_at);
    if (!wrong) return OK;
    snprintf(reason, sizeof reason,
             "not JSON: %zu line%s indexed as plain text", wrong,
             wrong > 1 ? "s were" : " was");
    return report_wrong(source, text, wrong_at, reason, error);
}

static bool put_json(FileText *self, JsonValues *json, const Source *source,
                     Span text, size_t *wrong_at)
{
    if (file_is_notebook(source->name) &&
        notebook_put_text(json, text, &self->title))
        return true;
    return json_values_put_all(json, text, wrong_at);
}

/* Only a file that is named as JSON is reported if it is not. */
static Status take_json(FileText *self, const Source *source, Document *out,
                        Error *error)
{
    JsonValues json = {.out = &self->text};
    size_t wrong_at = 0;
    Span text = out->text;
    buf_reserve(&self->text, text.size + 1);
    if (!put_json(self, &json, source, text, &wrong_at)) {
        bool is_lines = ends_in_one_of(source, LINES_ENDINGS) ||
                        json_values_has_lines(text);
        if (!is_lines && !ends_in_one_of(source, JSON_ENDINGS)) return OK;
        if (!is_lines)
            return report_wrong(source, text, wrong_at,
                                "not JSON: indexed as plain text", error);
        Status status = take_lines(&json, source, text, error);
        if (status != OK) return status;
    }
    out->text = buf_span(&self->text);
    out->title = buf_span(&self->title);
    if (!json.has_lone) return OK;
    return listener_changed(source->listener, &out->place,
                            "a lone surrogate was replaced by U+FFFD",
                            ADVICE_NONE, error);
}

static void take_front_matter(FileText *self, Document *out)
{
    size_t size = front_matter_take(out->text, &self->title, &self->text);
    if (!size) return;
    out->title = buf_span(&self->title);
    out->text = span_of(out->text.data + size, out->text.size - size);
    if (!self->text.size) return;
    buf_put_byte(&self->text, '\n');
    buf_put_span(&self->text, out->text);
    out->text = buf_span(&self->text);
}

Status file_text_take(FileText *self, const Source *source, Document *out,
                      Error *error)
{
    Status status = OK;
    if (ends_in_one_of(source, JSON_ENDINGS) ||
        format_looks_like_json(out->text)) {
        status = take_json(self, source, out, error);
    } else if (ends_in_one_of(source, TEXT_ENDINGS)) {
        take_front_matter(self, out);
    }
    if (status == OK) status = buf_check(&self->text, "reading text", error);
    return status == OK ? buf_check(&self->title, "reading text", error)
                        : status;
}

void file_text_release(FileText *self)
{
    buf_release(&self->text);
    buf_release(&self->title);
}
