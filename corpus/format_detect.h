/* format_detect.h - the format of a source by its first bytes. */
#ifndef QUERN_CORPUS_FORMAT_DETECT_H
#define QUERN_CORPUS_FORMAT_DETECT_H

#include "corpus/corpus.h"

enum { DETECT_PEEK_BYTES = 64 * 1024 };

/* `start` is the beginning of the source, the whole of it if it is shorter
 * than DETECT_PEEK_BYTES; the name's ending decides only between texts and
 * tables. Never CORPUS_DETECT. */
CorpusFormat format_detect(Span start, const char *name,
                           const CorpusOptions *options);

#endif
