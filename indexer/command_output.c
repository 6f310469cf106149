/* command_output.c - how the commands print. */
#include "indexer/commands.h"

Status command_flush(Buf *text, FILE *out, Error *error)
{
    Status status = buf_check(text, "printing", error);
    if (status != OK) return status;
    if (text->size && fwrite(text->data, 1, text->size, out) != text->size) {
        return fail_errno(error, "cannot write the output");
    }
    buf_clear(text);
    return fflush(out) ? fail_errno(error, "cannot write the output") : OK;
}
