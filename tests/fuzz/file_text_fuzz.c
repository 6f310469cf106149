/* file_text_fuzz.c - any bytes as a file of a folder: JSON, a notebook, or text
 * with front matter.
 *
 * The first byte chooses the file's name. What is read of it is not longer than
 * the file, except for a line feed at the end.
 */
#include "corpus/file_text.h"
#include "tests/fuzz/fuzz.h"

static Status changed(void *self, const Place *place, const char *reason,
                      Advice advice, Error *error)
{
    (void)self;
    (void)advice;
    (void)error;
    PROMISE(place->source && reason[0]);
    return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"a.json", "a.jsonl", "a.ipynb",
                                        "a.md.gz", "a"};
    if (!size) return 0;
    CorpusListener listener = {.changed = changed};
    CorpusOptions options = {0};
    Source source = {.name = names[data[0] % (sizeof names / sizeof *names)],
                     .options = &options,
                     .listener = &listener};
    Span text = span_of(data + 1, size - 1);
    Document document = {.text = text, .place = source_whole(&source)};
    FileText file = {0};
    Error error;
    PROMISE(file_text_take(&file, &source, &document, &error) == OK);
    PROMISE(document.title.size + document.text.size <= text.size + 1);
    file_text_release(&file);
    return 0;
}
