/* edit_map.h - the offset of every value of a segment or a MANIFEST.
 *
 * A map contains the bytes of each section and a list of cells for each field.
 * A cell is one value: bits at a fixed offset, or a varint, a decimal number or
 * bytes, which can grow and shrink. Stored text is uncompressed.
 */
#ifndef QUERN_FUZZ_EDIT_MAP_H
#define QUERN_FUZZ_EDIT_MAP_H

#include "common/base/buf.h"
#include "common/segment/segment.h"
#include "tests/fuzz/edit_fields.h"

/* Regions contain the cells: the sections, and the following. */
enum {
    REGION_HEADER = 0,               /* and section table */
    REGION_MANIFEST = SECTION_KINDS, /* the lines before its checksum */
    REGION_PADDING,                  /* 64 bytes for each section */
    REGION_CLAIMS,                   /* u64 for each stored frame */
    REGION_COUNT
};

typedef enum CellForm {
    CELL_BITS,
    CELL_VARINT,
    CELL_DECIMAL,
    CELL_BYTES
} CellForm;

typedef struct CellRef {
    int field; /* -1: none */
    uint32_t index;
} CellRef;

typedef struct Cell {
    uint8_t region, form;
    uint16_t bits;    /* CELL_BITS: 1 ... 64 */
    uint32_t size;    /* other forms: in bytes */
    uint64_t place;   /* CELL_BITS: in bits; other forms: in bytes */
    CellRef size_ref; /* the cell that counts the bytes of this one */
} Cell;

typedef struct CellList {
    Cell *cells; /* owned */
    uint32_t count, capacity;
} CellList;

typedef struct EditMap {
    Segment *segment; /* owned; NULL: a MANIFEST */
    Buf regions[REGION_COUNT];
    CellList fields[EDIT_FIELD_COUNT];
    uint64_t *frame_starts; /* owned; in the unpacked text, one more than
                               frames */
    uint32_t frame_count;
    Span dictionary; /* of frames; borrowed from the segment */
} EditMap;

/* The base is valid: a failure to read it ends the program. */
void edit_map_open(EditMap *map, const char *segment_path);
void edit_map_open_manifest(EditMap *map, const char *path);
void edit_map_release(EditMap *map);

static inline const Cell *edit_map_cell(const EditMap *map, CellRef ref)
{
    return &map->fields[ref.field].cells[ref.index];
}

/* The value of a numeric cell. */
uint64_t cell_value(const EditMap *map, const Cell *cell);

#endif
