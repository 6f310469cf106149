/* edited_index.h - writes an index with edited values and valid checksums.
 *
 * An edit names a value by its field (edit_fields.h), its segment and its index
 * among all values of the field, and a change. Sizes and offsets that depend on
 * the value are adjusted, unless they are edited too. Finally checksums, names
 * of segments and their lines in MANIFEST are updated.
 *
 * As input of a fuzz target an edit has 16 bytes: u8 field, u8 operation, u8
 * segment, u8 0, u32 index, u64 value.
 */
#ifndef QUERN_FUZZ_EDITED_INDEX_H
#define QUERN_FUZZ_EDITED_INDEX_H

#include "common/base/buf.h"
#include "tests/fuzz/base_index.h"
#include "tests/fuzz/edit_fields.h"

enum { EDIT_BYTES = 16, MOST_EDITS = 16 };

/* What an edit does to its value; for bytes (ids, keys, text) in brackets. */
typedef enum EditOperation {
    EDIT_SET,      /* to `value` [byte `value` >> 8 to its low 8 bits] */
    EDIT_ADD,      /* `value` [insert a byte there, (value >> 32) + 1 times] */
    EDIT_SUBTRACT, /* `value` [remove the byte there] */
    EDIT_FLIP,     /* bit number `value` [of a byte] */
    EDIT_INVERT,   /* all bits [remove all bytes] */
    EDIT_COPY,     /* that of number `value` of the field */
    EDIT_SWAP,     /* with number `value` of the field */
    EDIT_OPERATION_COUNT
} EditOperation;

typedef struct Edit {
    uint8_t field, operation, segment;
    uint32_t index;
    uint64_t value;
} Edit;

typedef struct EditedIndex EditedIndex;

/* Builds the base. A failure ends the program, here and below. */
EditedIndex *edited_index_new(const BaseShape *shape);
void edited_index_free(EditedIndex *self);

/* The folder of the index with these edits; the same folder each time. */
const char *edited_index_write(EditedIndex *self, const Edit *edits,
                               size_t count);

/* Reads edits from arbitrary bytes, with fields in from ... to; returns their
 * number. */
size_t edits_read(const uint8_t *data, size_t size, EditField from,
                  EditField to, Edit edits[MOST_EDITS]);

/* "LAST_DOCID 3 of segment 0: set 4294967295", one per line. */
void edits_describe(const Edit *edits, size_t count, Buf *out);

#endif
