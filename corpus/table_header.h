/* table_header.h - whether a table has a row of column names; private to
 * corpus/.
 *
 * A wrong guess loses a document or adds one that is a header, so a guess needs
 * evidence, and is reported by the reader with the option that corrects it.
 */
#ifndef QUERN_CORPUS_TABLE_HEADER_H
#define QUERN_CORPUS_TABLE_HEADER_H

#include "corpus/corpus.h"

#include "common/base/buf.h"
#include "common/input/table_shape.h"

typedef enum HeaderKind {
    HEADER_NONE,
    HEADER_POSSIBLE, /* none, but the first row may be one: short names */
    HEADER_GUESSED,  /* by the form of its names and of the rows after it */
    HEADER_CERTAIN   /* all names are known, or one is from the options */
} HeaderKind;

typedef struct TableHeader {
    HeaderKind kind;
    size_t start; /* of the row in the sample, if it is guessed or certain; rows
                     before it, with fewer cells, are not part of the table */
} TableHeader;

/* Judges by the sample; the options say which names are known. */
NODISCARD Status table_header_find(const CorpusOptions *options,
                                   const TableShape *shape, Span sample,
                                   bool is_whole, TableHeader *out,
                                   Error *error);

#endif
