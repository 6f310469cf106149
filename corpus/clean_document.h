/* clean_document.h - makes the texts of a document clean UTF-8.
 *
 * Invalid UTF-8 in title, text and fields becomes U+FFFD. The id keeps its
 * bytes, whatever they are: ids that differ must stay different, and the name
 * of a file must open it.
 */
#ifndef QUERN_CORPUS_CLEAN_DOCUMENT_H
#define QUERN_CORPUS_CLEAN_DOCUMENT_H

#include "corpus/corpus.h"

/* Replaces the spans of the document that are not clean by spans of `clean`,
 * which it empties first, and reports a change. `fields` are the document's,
 * to be written to. */
NODISCARD Status document_clean(Document *document, DocumentField *fields,
                                const CorpusListener *listener, Buf *clean,
                                Error *error);

#endif
