/* quern.h - all headers of libquern.
 *
 * To build an index: build.h; to change one: write.h.
 * To search: open an index and make a context for each thread (index.h), parse
 * a query (query.h), search (search.h), read what was found (stored.h,
 * snippet.h). The rules for strings, errors, ownership and threads are in
 * status.h.
 */
#ifndef QUERN_QUERN_H
#define QUERN_QUERN_H

#include <quern/analyzer.h>
#include <quern/build.h>
#include <quern/explain.h>
#include <quern/index.h>
#include <quern/query.h>
#include <quern/search.h>
#include <quern/snippet.h>
#include <quern/status.h>
#include <quern/stored.h>
#include <quern/write.h>

#endif
