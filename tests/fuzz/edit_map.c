/* edit_map.c - the offset of every value of a segment or a MANIFEST. */
#include "tests/fuzz/edit_map.h"

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/base/varint.h"
#include "tests/fuzz/edit_map_internal.h"
#include "tests/fuzz/fuzz.h"

CellRef edit_map_add(EditMap *map, EditField field, Cell cell)
{
    CellList *list = &map->fields[field];
    if (list->count == list->capacity) {
        list->capacity = 2 * list->capacity + 64;
        list->cells = realloc(list->cells, list->capacity * sizeof(Cell));
        PROMISE(list->cells);
    }
    list->cells[list->count] = cell;
    return (CellRef){(int)field, list->count++};
}

uint64_t take_varint(CellCursor *cursor, EditField field, CellRef size_ref)
{
    const Buf *bytes = &cursor->map->regions[cursor->region];
    const uint8_t *at = bytes->data + cursor->at;
    uint64_t value;
    PROMISE(varint_get(&at, bytes->data + bytes->size, &value));
    uint64_t end = (uint64_t)(at - bytes->data);
    Cell cell = {.region = cursor->region,
                 .form = CELL_VARINT,
                 .size = (uint32_t)(end - cursor->at),
                 .place = cursor->at,
                 .size_ref = size_ref};
    cursor->last = edit_map_add(cursor->map, field, cell);
    cursor->at = end;
    return value;
}

uint64_t take_fixed(CellCursor *cursor, EditField field, uint32_t bytes)
{
    PROMISE(cursor->at + bytes <= cursor->map->regions[cursor->region].size);
    add_stream(cursor->map, cursor->region, field, cursor->at, 8 * bytes, 1);
    cursor->last = (CellRef){(int)field, cursor->map->fields[field].count - 1};
    cursor->at += bytes;
    return cell_value(cursor->map, edit_map_cell(cursor->map, cursor->last));
}

void take_bytes(CellCursor *cursor, EditField field, uint64_t size,
                CellRef size_ref)
{
    PROMISE(cursor->at + size <= cursor->map->regions[cursor->region].size);
    Cell cell = {.region = cursor->region,
                 .form = CELL_BYTES,
                 .size = (uint32_t)size,
                 .place = cursor->at,
                 .size_ref = size_ref};
    cursor->last = edit_map_add(cursor->map, field, cell);
    cursor->at += size;
}

void add_stream(EditMap *map, uint8_t region, EditField field, uint64_t place,
                uint32_t bits, uint64_t count)
{
    for (uint64_t i = 0; bits > 0 && i < count; i++) {
        Cell cell = {.region = region,
                     .form = CELL_BITS,
                     .bits = (uint16_t)bits,
                     .place = 8 * place + bits * i,
                     .size_ref = NO_CELL};
        edit_map_add(map, field, cell);
    }
}

static uint64_t get_bits(const Buf *bytes, uint64_t place, uint32_t bits)
{
    uint64_t value = 0;
    for (uint32_t i = 0; i < bits; i++, place++) {
        uint64_t bit = bytes->data[place / 8] >> (place % 8) & 1;
        value |= bit << i;
    }
    return value;
}

uint64_t cell_value(const EditMap *map, const Cell *cell)
{
    const Buf *bytes = &map->regions[cell->region];
    if (cell->form == CELL_BITS)
        return get_bits(bytes, cell->place, cell->bits);
    const uint8_t *at = bytes->data + cell->place;
    uint64_t value = 0;
    if (cell->form == CELL_VARINT) {
        PROMISE(varint_get(&at, bytes->data + bytes->size, &value));
    } else if (cell->form == CELL_DECIMAL) {
        for (uint32_t i = 0; i < cell->size; i++) {
            value = 10 * value + (uint64_t)(at[i] - '0');
        }
    }
    return value;
}

void edit_map_open(EditMap *map, const char *segment_path)
{
    Error error;
    *map = (EditMap){0};
    PROMISE(segment_open(segment_path, &map->segment, &error) == OK);
    const uint8_t *file = map->segment->file.bytes.data;
    buf_put(&map->regions[REGION_HEADER], file, SEGMENT_HEADER_BYTES);
    for (int kind = 0; kind < SECTION_KINDS; kind++) {
        Span section = map->segment->sections[kind];
        if (!section.data || kind == SECTION_STORED) continue;
        PROMISE(segment_verify(map->segment, (SectionKind)kind, 0, section.size,
                               &error) == OK);
        buf_put_span(&map->regions[kind], section);
    }
    add_term_cells(map);
    add_list_cells(map);
    add_pair_cells(map);
    add_document_cells(map);
    add_file_cells(map);
}

static bool is_number(const char *key)
{
    static const char *const KEYS[] = {"generation", "documents", "nonempty",
                                       "tokens", "skipped"};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        if (!strcmp(key, KEYS[i])) return true;
    }
    return false;
}

/* A decimal number of MANIFEST. */
static void take_decimal(CellCursor *cursor, uint64_t size)
{
    take_bytes(cursor, EDIT_MANIFEST_NUMBER, size, NO_CELL);
    CellList *list = &cursor->map->fields[EDIT_MANIFEST_NUMBER];
    list->cells[list->count - 1].form = CELL_DECIMAL;
}

static void add_line_cells(CellCursor *cursor, const char *line)
{
    const char *value = strchr(line, ' ') + 1;
    char key[32];
    snprintf(key, sizeof key, "%.*s", (int)(value - 1 - line), line);
    cursor->at += (uint64_t)(value - line);
    if (is_number(key)) {
        take_decimal(cursor, strlen(value));
    } else if (strcmp(key, "segment") == 0) {
        size_t name = strcspn(value, " ");
        take_bytes(cursor, EDIT_MANIFEST_TEXT, name, NO_CELL);
        size_t documents = strcspn(value + name + 1, " ");
        cursor->at++;
        take_decimal(cursor, documents);
        cursor->at++;
        take_decimal(cursor, strlen(value + name + documents + 2));
    } else {
        take_bytes(cursor, EDIT_MANIFEST_TEXT, strlen(value), NO_CELL);
    }
    cursor->at++;
}

void edit_map_open_manifest(EditMap *map, const char *path)
{
    Error error;
    *map = (EditMap){0};
    Buf *text = &map->regions[REGION_MANIFEST];
    PROMISE(file_read(path, 1 << 20, text, &error) == OK);
    text->size = (size_t)(strstr(buf_text(text), "\nchecksum ") + 1 -
                          buf_text(text));
    Cell whole = {.region = REGION_MANIFEST, .size_ref = NO_CELL};
    edit_map_add(map, EDIT_MANIFEST_LINE, whole);
    CellCursor cursor = {.map = map, .region = REGION_MANIFEST};
    while (cursor.at < text->size) {
        char line[512];
        const char *start = buf_text(text) + cursor.at;
        snprintf(line, sizeof line, "%.*s", (int)strcspn(start, "\n"), start);
        add_line_cells(&cursor, line);
    }
}

void edit_map_release(EditMap *map)
{
    segment_close(map->segment);
    for (int i = 0; i < REGION_COUNT; i++) buf_release(&map->regions[i]);
    for (int i = 0; i < EDIT_FIELD_COUNT; i++) free(map->fields[i].cells);
    free(map->frame_starts);
    *map = (EditMap){0};
}
