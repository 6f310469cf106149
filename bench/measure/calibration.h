/* calibration.h - a fixed computation: the speed of the machine right now.
 *
 * Its time next to each launch tells a change of the machine (clock rate,
 * neighbours) from a change of an engine. It never changes, so that results of
 * different versions can be compared: dependent multiplications and loads from
 * 64 KiB, as in a search, for half a millisecond; the least of 40 times counts.
 */
#ifndef QUERN_MEASURE_CALIBRATION_H
#define QUERN_MEASURE_CALIBRATION_H

#include <stdint.h>

/* The least time of several, in ns. */
int64_t calibration_time(void);

#endif
