/* entities.h - the characters of SGML, HTML and XML entities. */
#ifndef QUERN_INPUT_ENTITIES_H
#define QUERN_INPUT_ENTITIES_H

#include "common/base/span.h"

enum { MAX_ENTITY_BYTES = 12 }; /* with & and ; */

/* The code point of an entity, given without & and ;: "eacute", "#233",
 * "#xe9". 0: none that is known. Its UTF-8 is never longer than the entity. */
uint32_t entity_code_point(Span name);

#endif
