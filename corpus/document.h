/* document.h - what a reader makes of one record. */
#ifndef QUERN_CORPUS_DOCUMENT_H
#define QUERN_CORPUS_DOCUMENT_H

#include "common/base/buf.h"

#include <stdint.h>

/* A stored field: a named value that is kept next to title and text. */
typedef struct DocumentField {
    Span name;
    Span value;
} DocumentField;

/* Where a record is, for messages. If the trouble has a place inside the
 * record, line and column are that place. */
typedef struct Place {
    const char *source; /* path as given, "-" for standard input */
    uint64_t line;      /* from 1; 0: the whole file */
    uint64_t column;    /* in bytes from 1; 0: the whole line */
    uint64_t offset;    /* of the record, in bytes of the unpacked source */
} Place;

/* SOURCE, SOURCE:LINE or SOURCE:LINE:COLUMN */
void put_place(Buf *out, const Place *place);

/* All spans are borrowed until the next call on the corpus, and clean UTF-8
 * except the id: it may be the name of a file, which may be any bytes. */
typedef struct Document {
    Span id; /* never empty: SOURCE:LINE if the record has none, for further
              * ones on the same line SOURCE:LINE.2, SOURCE:LINE.3 ... */
    Span title;
    Span text;
    const DocumentField *fields; /* the requested ones that the record has; of a
                                  dump all (dump_record.h) */
    size_t field_count;
    Place place;
} Document;

#endif
