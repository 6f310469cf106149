/* doc_record.h - the records of TREC and WikiExtractor: <DOC> ... </DOC>.
 *
 * A record ends at </DOC>, or, where that is missing, before the next <DOC>.
 * Private to corpus/.
 */
#ifndef QUERN_CORPUS_DOC_RECORD_H
#define QUERN_CORPUS_DOC_RECORD_H

#include "corpus/reader.h"

/* The next record, which begins with its <DOC>. Text before it and records that
 * are too long are reported as skipped. */
NODISCARD Status doc_record_next(const Source *source, StreamRecord *record,
                                 bool *found, Error *error);

/* Whether it ends with </DOC>; otherwise it may be truncated. */
bool doc_record_is_closed(Span record);

#endif
