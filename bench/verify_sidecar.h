/* verify_sidecar.h - verify --sidecar: makes a run again and compares. */
#ifndef QUERN_BENCH_VERIFY_SIDECAR_H
#define QUERN_BENCH_VERIFY_SIDECAR_H

#include "bench/bench_commands.h"

/* `run` is the file of the run, or NULL. *code is EXIT_DIFFERENCE if another
 * run is made now, or the index has changed. */
NODISCARD Status verify_sidecar(const char *path, const char *run,
                                BenchExit *code, Error *error);

#endif
