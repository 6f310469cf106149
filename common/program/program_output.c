/* program_output.c - how programs print on a stream: text as a whole. */
#include "common/program/program_output.h"

Status program_print(Buf *text, FILE *out, Error *error)
{
    Status status = buf_check(text, "printing", error);
    if (status != OK) return status;
    if (text->size && fwrite(text->data, 1, text->size, out) != text->size) {
        return fail_errno(error, "cannot write the output");
    }
    buf_clear(text);
    return fflush(out) ? fail_errno(error, "cannot write the output") : OK;
}

Status program_print_answer(const Program *program, OptionRequest request,
                            Error *error)
{
    Buf out = {0};
    options_answer(program, request, &out);
    Status status = program_print(&out, stdout, error);
    buf_release(&out);
    return status;
}
