/* document.c - where a record is, as text. */
#include "corpus/document.h"

#include <inttypes.h>

void put_place(Buf *out, const Place *place)
{
    buf_put_text(out, place->source);
    if (place->line) buf_printf(out, ":%" PRIu64, place->line);
    if (place->column) buf_printf(out, ":%" PRIu64, place->column);
}
