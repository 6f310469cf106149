/* document_readers.c - the readers that need libraries of document formats.
 */
#include "readers/document_readers.h"

/* A library that was not found at build time leaves NULL. */
static const ExtraReader READERS[] = {
    {CORPUS_HTML, NULL, "libgumbo-dev"},
    {CORPUS_MAIL, NULL, "libgmime-3.0-dev"},
};

const CorpusExtras DOCUMENT_READERS = {
    .readers = READERS,
    .reader_count = sizeof READERS / sizeof *READERS,
};
