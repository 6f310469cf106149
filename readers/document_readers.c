/* document_readers.c - the readers that need libraries of document formats.
 */
#include "readers/document_readers.h"

#ifdef QUERN_HAS_GUMBO
#include "readers/html_reader.h"
#define HTML_KIND &HTML_READER
#else
#define HTML_KIND NULL
#endif

#ifdef QUERN_HAS_GMIME
#include "readers/mail_reader.h"
#define MAIL_KIND &MAIL_READER
#else
#define MAIL_KIND NULL
#endif

#ifdef QUERN_HAS_UCHARDET
#include "readers/encoding_guess.h"
#define ENCODING_GUESS encoding_guess
#else
#define ENCODING_GUESS NULL
#endif

/* A library that was not found at build time leaves NULL. */
static const ExtraReader READERS[] = {
    {CORPUS_HTML, HTML_KIND, "libgumbo-dev"},
    {CORPUS_MAIL, MAIL_KIND, "libgmime-3.0-dev"},
};

const CorpusExtras DOCUMENT_READERS = {
    .readers = READERS,
    .reader_count = sizeof READERS / sizeof *READERS,
    .guess_encoding = ENCODING_GUESS,
};
