/* mail_reader.h - the reader of mail: EML, files of a Maildir, mbox. */
#ifndef QUERN_READERS_MAIL_READER_H
#define QUERN_READERS_MAIL_READER_H

#include "corpus/reader.h"

extern HIDDEN const ReaderKind MAIL_READER;

#endif
