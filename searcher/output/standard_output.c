/* standard_output.c - the only file that writes to standard output. */
#include "searcher/output/standard_output.h"

#include "common/base/file.h"

#include <unistd.h>

Status output_write(Buf *buf, Error *error)
{
    Status status = buf_check(buf, "formatting the output", error);
    if (status == OK && !file_write_all(STDOUT_FILENO, buf_span(buf))) {
        status = fail_errno(error, "cannot write to standard output");
    }
    buf_clear(buf);
    return status;
}
