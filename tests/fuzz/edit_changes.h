/* edit_changes.h - edited cells, and the bytes with the edits applied. */
#ifndef QUERN_FUZZ_EDIT_CHANGES_H
#define QUERN_FUZZ_EDIT_CHANGES_H

#include "tests/fuzz/edit_map.h"
#include "tests/fuzz/edited_index.h"

typedef struct Change {
    const Cell *cell; /* borrowed from the map */
    uint64_t value;
    Buf bytes; /* owned; CELL_BYTES */
} Change;

/* Start with {0}; release with changes_clear. */
typedef struct ChangeList {
    Change changes[128];
    size_t count;
} ChangeList;

void changes_clear(ChangeList *list);

/* Changes a cell and the sizes that include it, which also grow by `inner`.
 * What does not fit into the list is left out. */
void changes_set_number(const EditMap *map, ChangeList *list, CellRef ref,
                        uint64_t value, int64_t inner);
void changes_set_bytes(const EditMap *map, ChangeList *list, CellRef ref,
                       Span bytes);
void changes_add_edit(const EditMap *map, ChangeList *list, const Edit *edit);

/* Appends a region with its edits. */
void changes_write_region(const EditMap *map, const ChangeList *list,
                          uint8_t region, Buf *out);

/* The same for a section, whose offsets are adjusted; `starts` are those of
 * stored frames. */
void changes_write_section(const EditMap *map, const ChangeList *list,
                           uint8_t kind, const Buf *starts, Buf *out);

/* Compresses stored text; appends the start of each frame, u64. */
void changes_write_stored(const EditMap *map, const ChangeList *list, Buf *out,
                          Buf *starts);

/* Writes those edits of the region that keep its size. */
void changes_apply_bits(const ChangeList *list, uint8_t region, uint8_t *bytes);

/* Edits the lines of a text: removes, repeats, copies or swaps. */
void edit_lines(Buf *text, const Edit *edit);

#endif
