/* level_process.h - this program, started again on one instruction set. */
#ifndef QUERN_VERIFY_LEVEL_PROCESS_H
#define QUERN_VERIFY_LEVEL_PROCESS_H

#include "common/base/buf.h"
#include "common/base/cpu.h"

#include <sys/types.h>

typedef struct LevelProcess {
    CpuLevel level;
    pid_t pid; /* 0: not running */
    int fd;    /* its standard output */
    Buf record;
} LevelProcess;

/* Starts it with these arguments (argv[0] first, NULL ends) and QUERN_CPU. Its
 * messages go to our standard error. */
NODISCARD Status level_process_start(LevelProcess *process, CpuLevel level,
                                     char *const *arguments, Error *error);

/* Reads the next record into process->record (answer_record.h). ERR_IO if the
 * process ended before. */
NODISCARD Status level_process_read(LevelProcess *process, Error *error);

/* Ends it if it still runs. {0} is fine. */
void level_process_stop(LevelProcess *process);

#endif
