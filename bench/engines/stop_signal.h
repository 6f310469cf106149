/* stop_signal.h - Ctrl-C ends the measuring, not the program.
 *
 * The first SIGINT, SIGTERM or SIGHUP is remembered; whoever waits for an
 * engine returns, and what was measured is kept. A second one ends the program
 * as usual. A signal that was ignored at the start stays ignored.
 */
#ifndef QUERN_ENGINES_STOP_SIGNAL_H
#define QUERN_ENGINES_STOP_SIGNAL_H

#include "common/base/status.h"

#include <stdbool.h>

void stop_signal_watch(void);
bool stop_signal_seen(void);

/* ERR_INTERRUPTED */
Status stop_signal_fail(Error *error);

#endif
