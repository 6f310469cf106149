/* edit_changes.c - applies an edit to a value and to the sizes that depend on
 * it. */
#include "tests/fuzz/edit_changes.h"

#include "common/base/bytes.h"
#include "common/base/varint.h"
#include "tests/fuzz/fuzz.h"

enum { MOST_CHANGES = sizeof((ChangeList *)0)->changes / sizeof(Change) };

void changes_clear(ChangeList *list)
{
    for (size_t i = 0; i < list->count; i++) {
        buf_release(&list->changes[i].bytes);
    }
    list->count = 0;
}

/* The original bytes of a cell. */
static Span cell_bytes(const EditMap *map, const Cell *cell)
{
    return span_of(map->regions[cell->region].data + cell->place, cell->size);
}

/* The change of a cell, initially its original value; NULL if the list is full.
 */
static Change *change_of(const EditMap *map, ChangeList *list, CellRef ref)
{
    const Cell *cell = edit_map_cell(map, ref);
    for (size_t i = 0; i < list->count; i++) {
        if (list->changes[i].cell == cell) return &list->changes[i];
    }
    if (list->count == MOST_CHANGES) return NULL;
    Change *change = &list->changes[list->count++];
    *change = (Change){.cell = cell};
    if (cell->form == CELL_BYTES) {
        buf_put_span(&change->bytes, cell_bytes(map, cell));
    } else {
        change->value = cell_value(map, cell);
    }
    return change;
}

static int64_t change_size(const Change *change)
{
    char digits[24];
    switch ((CellForm)change->cell->form) {
    case CELL_VARINT: return (int64_t)varint_size(change->value);
    case CELL_DECIMAL:
        return snprintf(digits, sizeof digits, "%llu",
                        (unsigned long long)change->value);
    case CELL_BYTES: return (int64_t)change->bytes.size;
    case CELL_BITS: break;
    }
    return 0;
}

static void grow_parent(const EditMap *map, ChangeList *list, CellRef ref,
                        int64_t growth)
{
    if (ref.field < 0 || growth == 0) return;
    Change *parent = change_of(map, list, ref);
    if (!parent) return;
    changes_set_number(map, list, ref, parent->value + (uint64_t)growth,
                       growth);
}

void changes_set_number(const EditMap *map, ChangeList *list, CellRef ref,
                        uint64_t value, int64_t inner)
{
    Change *change = change_of(map, list, ref);
    if (!change) return;
    int64_t before = change_size(change);
    change->value = value;
    grow_parent(map, list, change->cell->size_ref,
                change_size(change) - before + inner);
}

void changes_set_bytes(const EditMap *map, ChangeList *list, CellRef ref,
                       Span bytes)
{
    Change *change = change_of(map, list, ref);
    if (!change) return;
    int64_t growth = (int64_t)bytes.size - (int64_t)change->bytes.size;
    Buf copy = {0}; /* `bytes` may be its own */
    buf_put_span(&copy, bytes);
    buf_release(&change->bytes);
    change->bytes = copy;
    grow_parent(map, list, change->cell->size_ref, growth);
}

static uint64_t edit_number(uint64_t value, const Edit *edit)
{
    switch ((EditOperation)edit->operation) {
    case EDIT_SET: return edit->value;
    case EDIT_ADD: return value + edit->value;
    case EDIT_SUBTRACT: return value - edit->value;
    case EDIT_FLIP: return value ^ 1ull << edit->value % 64;
    case EDIT_INVERT: return ~value;
    case EDIT_COPY:
    case EDIT_SWAP:
    case EDIT_OPERATION_COUNT: break;
    }
    return value;
}

static void edit_bytes(Span bytes, const Edit *edit, Buf *out)
{
    size_t at = (size_t)(edit->value >> 8 & 0xffffff) % (bytes.size + 1);
    uint8_t byte = (uint8_t)edit->value;
    size_t times = (size_t)(edit->value >> 32 & 0xffff) + 1;
    if (edit->operation == EDIT_INVERT) return;
    if (!bytes.size) bytes = span_text(""); /* its pointer may be NULL */
    buf_put(out, bytes.data, at);
    if (edit->operation == EDIT_ADD) {
        while (times--) buf_put_byte(out, byte);
    } else if (at < bytes.size) {
        uint8_t flipped = (uint8_t)(bytes.data[at] ^ 1u << byte % 8);
        if (edit->operation == EDIT_SET) buf_put_byte(out, byte);
        if (edit->operation == EDIT_FLIP) buf_put_byte(out, flipped);
        at++;
    }
    buf_put(out, bytes.data + at, bytes.size - at);
}

/* Copies the value of another cell. */
static void copy_cell(const EditMap *map, ChangeList *list, CellRef to,
                      CellRef from)
{
    const Cell *cell = edit_map_cell(map, from);
    if (cell->form == CELL_BYTES) {
        changes_set_bytes(map, list, to, cell_bytes(map, cell));
    } else {
        changes_set_number(map, list, to, cell_value(map, cell), 0);
    }
}

void changes_add_edit(const EditMap *map, ChangeList *list, const Edit *edit)
{
    uint32_t count = map->fields[edit->field].count;
    if (count == 0) return;
    CellRef ref = {edit->field, edit->index % count};
    CellRef other = {edit->field, (uint32_t)(edit->value % count)};
    if (edit->operation == EDIT_COPY || edit->operation == EDIT_SWAP) {
        copy_cell(map, list, ref, other);
        if (edit->operation == EDIT_SWAP) copy_cell(map, list, other, ref);
        return;
    }
    Change *change = change_of(map, list, ref);
    if (!change) return;
    if (change->cell->form != CELL_BYTES) {
        uint64_t value = edit_number(change->value, edit);
        changes_set_number(map, list, ref, value, 0);
        return;
    }
    Buf bytes = {0};
    edit_bytes(buf_span(&change->bytes), edit, &bytes);
    changes_set_bytes(map, list, ref, buf_span(&bytes));
    buf_release(&bytes);
}

/* Puts where each line of the text starts, and where the last ends: u64. */
static size_t find_lines(Span text, Buf *starts)
{
    size_t count = 0;
    buf_put_u64le(starts, 0);
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] != '\n') continue;
        buf_put_u64le(starts, i + 1);
        count++;
    }
    return count;
}

static Span line_at(Span text, const Buf *starts, size_t number)
{
    const uint8_t *at = starts->data + number * sizeof(uint64_t);
    uint64_t start = get_u64le(at), end = get_u64le(at + sizeof(uint64_t));
    return span_of(text.data + start, end - start);
}

void edit_lines(Buf *text, const Edit *edit)
{
    Buf out = {0}, starts = {0};
    Span lines = buf_span(text);
    size_t count = find_lines(lines, &starts);
    size_t number = edit->index % count, other = edit->value % count;
    for (size_t i = 0; i < count; i++) {
        size_t from = i;
        bool removes = edit->operation == EDIT_SUBTRACT ||
                       edit->operation == EDIT_INVERT;
        if (i == number && removes) continue;
        if (i == number && edit->operation >= EDIT_COPY) from = other;
        if (i == other && edit->operation == EDIT_SWAP) from = number;
        buf_put_span(&out, line_at(lines, &starts, from));
        if (i == number && edit->operation == EDIT_ADD) {
            buf_put_span(&out, line_at(lines, &starts, i));
        }
    }
    buf_release(&starts);
    buf_release(text);
    *text = out;
}
