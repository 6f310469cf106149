/* machine.h - how much of this machine a build may use. */
#ifndef QUERN_BUILD_MACHINE_H
#define QUERN_BUILD_MACHINE_H

#include <stdint.h>

/* Memory of the machine, or what the control groups of this process allow if
 * that is less; in bytes. */
uint64_t machine_memory(void);

/* Processors that this process may use: its affinity and the quota of its
 * control groups, rounded up. */
uint32_t machine_processors(void);

/* The most memory that this process has had so far, in bytes. */
uint64_t peak_memory(void);

/* Seconds of processor time of this process so far. */
double processor_seconds(void);

#endif
