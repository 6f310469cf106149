/* document_readers.h - the readers that need libraries of document formats.
 *
 * A program that has them puts this into CorpusOptions.extras.
 */
#ifndef QUERN_READERS_DOCUMENT_READERS_H
#define QUERN_READERS_DOCUMENT_READERS_H

#include "corpus/reader.h"

extern HIDDEN const CorpusExtras DOCUMENT_READERS;

#endif
