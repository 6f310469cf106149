/* standard_streams.c - makes sure that the standard streams are open. */
#include "common/program/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

bool standard_streams_open(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        int wrong_way = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        if (fcntl(fd, F_GETFD) >= 0) continue;
        /* open returns the lowest free descriptor */
        if (open("/dev/null", wrong_way) != fd) return false;
    }
    return true;
}
