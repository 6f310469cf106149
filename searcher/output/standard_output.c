/* standard_output.c - the only door to standard output. */
#include "searcher/output/standard_output.h"

#include <errno.h>
#include <unistd.h>

Status output_write(Buf *buf, Error *error)
{
    Status status = buf_check(buf, "building the output", error);
    for (size_t done = 0; status == OK && done < buf->size;) {
        ssize_t written = write(STDOUT_FILENO, buf->data + done,
                                buf->size - done);
        if (written > 0) done += (size_t)written;
        if (written < 0 && errno != EINTR) {
            status = fail_errno(error, "cannot write to standard output");
        }
    }
    buf_clear(buf);
    return status;
}
