/* first_column.h - whether the first column of a table can be the id; private
 * to corpus/.
 */
#ifndef QUERN_CORPUS_FIRST_COLUMN_H
#define QUERN_CORPUS_FIRST_COLUMN_H

#include "common/input/stream.h"
#include "common/input/table_shape.h"

/* Whether the first cells of the first 1,000 rows are not empty and all
 * differ; of fewer rows, if those take more than 16 MB. Takes nothing off the
 * stream, which is at the first row. */
NODISCARD Status first_column_differs(Stream *stream, const TableShape *shape,
                                      bool *differs, Error *error);

#endif
