/* html_reader.h - a file of HTML as one document. */
#ifndef QUERN_READERS_HTML_READER_H
#define QUERN_READERS_HTML_READER_H

#include "corpus/reader.h"

extern HIDDEN const ReaderKind HTML_READER;

#endif
