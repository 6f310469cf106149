/* edit_map_internal.h - shared by the files that find cells. */
#ifndef QUERN_FUZZ_EDIT_MAP_INTERNAL_H
#define QUERN_FUZZ_EDIT_MAP_INTERNAL_H

#include "common/segment/postings/postings.h"
#include "tests/fuzz/edit_map.h"

static const CellRef NO_CELL = {-1, 0};

CellRef edit_map_add(EditMap *map, EditField field, Cell cell);

/* Reads a region value by value and adds a cell for each. */
typedef struct CellCursor {
    EditMap *map;
    uint8_t region;
    uint64_t at;  /* in bytes */
    CellRef last; /* the cell that was added last */
} CellCursor;

uint64_t take_varint(CellCursor *cursor, EditField field, CellRef size_ref);
uint64_t take_fixed(CellCursor *cursor, EditField field, uint32_t bytes);
void take_bytes(CellCursor *cursor, EditField field, uint64_t size,
                CellRef size_ref);

/* `count` values of `bits` each, the first at byte `place`. */
void add_stream(EditMap *map, uint8_t region, EditField field, uint64_t place,
                uint32_t bits, uint64_t count);

/* The cells of a list, its bounds and its positions; of a pair the first two.
 */
void add_list(EditMap *map, const Postings *list);

/* Those of champions or pair_champions. */
void add_champions(EditMap *map, SectionKind kind);

void add_term_cells(EditMap *map);
void add_list_cells(EditMap *map);
void add_pair_cells(EditMap *map);
void add_document_cells(EditMap *map);
void add_file_cells(EditMap *map);

#endif
