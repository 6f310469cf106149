/* document_readers.c - the readers that need libraries of document formats.
 */
#include "readers/document_readers.h"

#include "readers/mail_reader.h"

#ifdef QUERN_HAS_GMIME
#define MAIL_KIND &MAIL_READER
#else
#define MAIL_KIND NULL
#endif

/* A library that was not found at build time leaves NULL. */
static const ExtraReader READERS[] = {
    {CORPUS_HTML, NULL, "libgumbo-dev"},
    {CORPUS_MAIL, MAIL_KIND, "libgmime-3.0-dev"},
};

const CorpusExtras DOCUMENT_READERS = {
    .readers = READERS,
    .reader_count = sizeof READERS / sizeof *READERS,
};
