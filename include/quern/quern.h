/* quern.h - all headers of libquern.
 *
 * Searching, in four steps: open an index (index.h), make a context for each
 * thread (search.h), parse a query (query.h), search (search.h). Building an
 * index is build.h's. The rules for strings, errors, ownership and threads are
 * status.h's.
 */
#ifndef QUERN_QUERN_H
#define QUERN_QUERN_H

#include <quern/status.h>

#endif
