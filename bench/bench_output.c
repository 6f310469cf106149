/* bench_output.c - what bench prints on standard output. */
#include "bench/bench_output.h"

#include <stdio.h>

Status bench_print(Buf *text, Error *error)
{
    Status status = buf_check(text, "printing", error);
    if (status != OK) return status;
    if (text->size && fwrite(text->data, 1, text->size, stdout) != text->size)
        return fail_errno(error, "cannot write the output");
    buf_clear(text);
    return fflush(stdout) ? fail_errno(error, "cannot write the output") : OK;
}

Status bench_print_request(const Program *program, OptionRequest request,
                           Error *error)
{
    Buf out = {0};
    options_answer(program, request, &out);
    Status status = bench_print(&out, error);
    buf_release(&out);
    return status;
}
