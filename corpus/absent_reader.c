/* absent_reader.c - takes the place of a reader that is not there.
 *
 * Some formats need a library that this program may have been built without,
 * and libquern has none of their readers. A source of such a format is skipped,
 * and the reason says what would read it.
 */
#include "corpus/reader.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct AbsentReader {
    const Source *source;
    bool done;
} AbsentReader;

static Status absent_open(const Source *source, void **out, Error *error)
{
    AbsentReader *self = calloc(1, sizeof *self);
    *out = self;
    if (!self) return fail_memory(error, "opening an input");
    self->source = source;
    return OK;
}

static void absent_close(void *self)
{
    free(self);
}

/* The package that would read this format; NULL: no build of this program
 * does. */
static const char *package_of(const Source *source)
{
    const CorpusExtras *extras = source->options->extras;
    for (size_t i = 0; extras && i < extras->reader_count; i++) {
        if (extras->readers[i].format == source->format)
            return extras->readers[i].package;
    }
    return NULL;
}

static Status absent_next(void *reader, Document *out, bool *found,
                          Error *error)
{
    AbsentReader *self = reader;
    char reason[160];
    (void)out;
    *found = false;
    if (self->done) return OK;
    self->done = true;
    const char *package = package_of(self->source);
    const char *format = self->source->format == CORPUS_HTML ? "HTML" : "mail";
    if (package) {
        snprintf(reason, sizeof reason,
                 "%s, which this program was built without: install the "
                 "package %s and build it again",
                 format, package);
    } else {
        snprintf(reason, sizeof reason,
                 "%s, which the library does not read; the program indexer "
                 "does",
                 format);
    }
    return source_skipped(self->source, &(StreamRecord){0}, reason, error);
}

const ReaderKind ABSENT_READER = {CORPUS_DETECT, absent_open, absent_next,
                                  absent_close};
