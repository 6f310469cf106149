/* front_matter.h - metadata at the start of a text file; private to corpus/.
 *
 *     ---                          +++
 *     title: Trip to Lisbon        title = "Trip to Lisbon"
 *     tags: [travel, Portugal]     tags = ["travel", "Portugal"]
 *     ---                          +++
 *
 * YAML ends at --- or ..., TOML at +++. It is read line by line, for its words:
 * the title is that of the topmost level, all other values are text, keys,
 * comments and names of tables are not. A block is front matter if it is closed
 * within FRONT_MATTER_BYTES and its first line is a key with a value: a line of
 * dashes in a text has none.
 */
#ifndef QUERN_CORPUS_FRONT_MATTER_H
#define QUERN_CORPUS_FRONT_MATTER_H

#include "common/base/buf.h"

enum { FRONT_MATTER_BYTES = 64 * 1024 };

/* The size of the front matter at the start of `text`, with its marks; 0:
 * there is none. Puts its title and its other values, one a line. */
size_t front_matter_take(Span text, Buf *title, Buf *values);

#endif
