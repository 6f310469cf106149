/* engine_process.h - an engine as a child process.
 *
 * It speaks the line protocol: COMMAND<TAB>QUERY a line on its standard input,
 * one line on its standard output for each. What it writes to standard error is
 * kept, to explain its failure. Its process group is killed when it is stopped,
 * so that a script's children end too.
 *
 * A failure of the engine is ERR_IO and names it, the question, and the last
 * line of its standard error.
 */
#ifndef QUERN_ENGINES_ENGINE_PROCESS_H
#define QUERN_ENGINES_ENGINE_PROCESS_H

#include "common/base/buf.h"

#include <sys/types.h>

typedef struct EngineStart {
    const char *name;             /* for messages; borrowed */
    const char *const *arguments; /* program and arguments, NULL ends; NULL:
                                     the null engine */
    double timeout; /* seconds for an answer; 10 times that for the
                       first, for which the index is opened */
} EngineStart;

typedef struct EngineProcess {
    EngineStart start;
    pid_t pid;       /* negative once it has ended and was waited for */
    int in, out;     /* its standard input and output */
    int errors;      /* a file without a name: its standard error */
    int64_t started; /* clock_ns */
    Buf answer;
    bool has_answered;
} EngineProcess;

NODISCARD Status engine_start(EngineProcess *engine, const EngineStart *start,
                              Error *error);

/* Writes a line, which ends with a line feed, and waits for the answer, which
 * is borrowed until the next question, without its line feed. *ns is the time
 * from before the write until after the whole line was read. ERR_INTERRUPTED
 * after Ctrl-C. */
NODISCARD Status engine_ask(EngineProcess *engine, Span line, Span *answer,
                            int64_t *ns, Error *error);

/* Closes its input; kills what has not ended within a second. {0} is fine. */
void engine_stop(EngineProcess *engine);

/* How many lines it wrote to standard error, and the first of them. */
size_t engine_messages(const EngineProcess *engine, Buf *first);

/* Whether it runs in a virtual machine that compiles as it runs (the JVM, .NET,
 * V8, PyPy, LuaJIT), by the files it or a child of it has mapped. */
bool engine_compiles(const EngineProcess *engine);

#endif
