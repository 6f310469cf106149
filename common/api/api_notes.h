/* api_notes.h - from a list of notes to an array of the API. */
#ifndef QUERN_API_API_NOTES_H
#define QUERN_API_API_NOTES_H

#include "common/api/api_error.h"
#include "common/base/arena.h"
#include "searcher/query/query.h"

/* The texts are those of the list; the array is the arena's. Without notes
 * nothing is allocated. */
NODISCARD Status api_notes(const QueryNote *list, Arena *arena,
                           const quern_note **out, size_t *count, Error *error);

#endif
