/* api_notes.c - from a list of notes to an array of the API. */
#include "common/api/api_notes.h"

Status api_notes(const QueryNote *list, Arena *arena, const quern_note **out,
                 size_t *count, Error *error)
{
    *out = NULL;
    *count = 0;
    if (!list) return OK;
    size_t size = 0;
    for (const QueryNote *note = list; note; note = note->next) size++;
    quern_note *notes = arena_alloc(arena, size * sizeof *notes);
    if (!notes) return fail_memory(error, "collecting notes");
    for (const QueryNote *note = list; note; note = note->next)
        notes[(*count)++] = (quern_note){.text = quern_text(note->text),
                                         .advice = api_advice(note->advice),
                                         .is_warning = note->is_warning};
    *out = notes;
    return OK;
}
