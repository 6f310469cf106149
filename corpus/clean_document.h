/* clean_document.h - makes what readers hand out clean UTF-8.
 *
 * Text becomes clean by U+FFFD for what is none. Ids that differ must stay
 * different: of them such bytes, as names of files may have, become \xhh.
 * Private to corpus/.
 */
#ifndef QUERN_CORPUS_CLEAN_DOCUMENT_H
#define QUERN_CORPUS_CLEAN_DOCUMENT_H

#include "corpus/corpus.h"

#include "common/base/buf.h"

/* Replaces the spans of the document that are not clean by ones into `clean`,
 * which it empties first, and tells the listener. `fields` are the document's,
 * to be written to. */
NODISCARD Status document_clean(Document *document, DocumentField *fields,
                                const CorpusListener *listener, Buf *clean,
                                Error *error);

#endif
