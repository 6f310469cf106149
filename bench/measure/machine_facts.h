/* machine_facts.h - the machine, the build and the clock, for the manifest. */
#ifndef QUERN_MEASURE_MACHINE_FACTS_H
#define QUERN_MEASURE_MACHINE_FACTS_H

#include "bench/results/results.h"

/* Of the source that bench was built from; "" if unknown. */
extern const char *const QUERN_COMMIT;

/* Fills date, quern, commit, compiler, flags, machine, cpu, cores, memory,
 * kernel, governor (of the processor `core`; -1: of the first), load, level and
 * clock. What cannot be found out is "" or 0. */
void machine_facts(Results *results, int core);

#endif
