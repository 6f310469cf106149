/* edited_index.c - writes an index with edited values. */
#include "tests/fuzz/edited_index.h"

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/segment/manifest.h"
#include "tests/fuzz/edit_changes.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/segment_mend.h"

#include <inttypes.h>
#include <unistd.h>

enum { MOST_SEGMENTS = 8 };

struct EditedIndex {
    char base[32], folder[32]; /* the index as it was; with edits */
    size_t segment_count;
    char names[MOST_SEGMENTS][64];   /* of its files in `base` */
    char written[MOST_SEGMENTS][64]; /* in `folder` */
    EditMap maps[MOST_SEGMENTS];
    EditMap manifest;
    ChangeList changes; /* of the map being written */
};

static const char *path_in(const char *folder, const char *name)
{
    static char paths[2][128];
    static unsigned next;
    char *path = paths[next++ % 2];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* Unlike file_replace it does not sync. */
static void write_file(const char *path, const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    PROMISE(file);
    PROMISE(fwrite(bytes, 1, size, file) == size);
    PROMISE(fclose(file) == 0);
}

static void make_folders(EditedIndex *self)
{
    strcpy(self->base, "/tmp/quern-base.XXXXXX");
    strcpy(self->folder, "/tmp/quern-edited.XXXXXX");
    PROMISE(mkdtemp(self->base) && mkdtemp(self->folder));
}

static void remove_written(EditedIndex *self)
{
    for (size_t i = 0; i < self->segment_count; i++) {
        unlink(path_in(self->folder, self->written[i]));
    }
    unlink(path_in(self->folder, "MANIFEST"));
}

void edited_index_free(EditedIndex *self)
{
    if (!self) return;
    remove_written(self);
    for (size_t i = 0; i < self->segment_count; i++) {
        unlink(path_in(self->base, self->names[i]));
        edit_map_release(&self->maps[i]);
    }
    unlink(path_in(self->base, "MANIFEST"));
    unlink(path_in(self->base, "LOCK"));
    rmdir(self->base);
    rmdir(self->folder);
    edit_map_release(&self->manifest);
    changes_clear(&self->changes);
    free(self);
}

/* Appends the section and its padding to the file, and sets its entry in the
 * section table. */
static void put_section(Buf *file, size_t entry, const Buf *section,
                        const uint8_t *padding, uint64_t first_checksum)
{
    uint8_t *at = file->data + SEGMENT_TABLE_OFFSET +
                  SEGMENT_TABLE_ENTRY_BYTES * entry;
    put_u64le(at + ENTRY_OFFSET, file->size);
    put_u64le(at + ENTRY_SIZE, section->size);
    put_u64le(at + ENTRY_FIRST_CHECKSUM, first_checksum);
    buf_put(file, section->data, section->size);
    buf_put(file, padding, SECTION_PADDING);
    buf_put_zeros(file, -file->size % SECTION_ALIGNMENT);
}

/* All sections in the order of the table, after the header. */
static void put_sections(const EditMap *map, const ChangeList *changes,
                         Buf *file)
{
    Buf section = {0}, padding = {0}, starts = {0};
    const uint8_t *header = map->regions[REGION_HEADER].data;
    uint32_t count = get_u32le(header + HEADER_SECTION_COUNT);
    uint64_t parts = 0;
    changes_write_region(map, changes, REGION_PADDING, &padding);
    buf_put(file, header, SEGMENT_HEADER_BYTES);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t kind =
            header[SEGMENT_TABLE_OFFSET + SEGMENT_TABLE_ENTRY_BYTES * i];
        buf_clear(&section);
        if (kind == SECTION_CHECKSUMS) {
            buf_put_zeros(&section, 8 * parts);
        } else if (kind == SECTION_STORED) {
            changes_write_stored(map, changes, &section, &starts);
        } else {
            changes_write_section(map, changes, kind, &starts, &section);
        }
        put_section(file, i, &section, padding.data + SECTION_PADDING * i,
                    parts);
        parts += (section.size + CHECKSUM_PART_BYTES - 1) / CHECKSUM_PART_BYTES;
    }
    PROMISE(file->status == OK);
    buf_release(&section);
    buf_release(&padding);
    buf_release(&starts);
}

/* Writes the segment with the edits; returns its name and size. */
static uint64_t write_segment(EditedIndex *self, size_t number)
{
    Buf file = {0};
    const EditMap *map = &self->maps[number];
    put_sections(map, &self->changes, &file);
    put_u64le(file.data + HEADER_FILE_BYTES, file.size);
    changes_apply_bits(&self->changes, REGION_HEADER, file.data);
    segment_mend_checksums(file.data, file.size);
    snprintf(self->written[number], sizeof self->written[number],
             "%016" PRIx64 ".segment",
             get_u64le(file.data + SEGMENT_CHECKSUM_OFFSET));
    write_file(path_in(self->folder, self->written[number]), file.data,
               file.size);
    uint64_t size = file.size;
    buf_release(&file);
    return size;
}

static void keep_segment(EditedIndex *self, size_t number)
{
    strcpy(self->written[number], self->names[number]);
    PROMISE(link(path_in(self->base, self->names[number]),
                 path_in(self->folder, self->names[number])) == 0);
}

/* Without edits, the map of a segment gives the same segment. */
static void prove_map(EditedIndex *self)
{
    for (size_t i = 0; i < self->segment_count; i++) {
        write_segment(self, i);
        PROMISE(strcmp(self->written[i], self->names[i]) == 0);
    }
}

EditedIndex *edited_index_new(const BaseShape *shape)
{
    Error error;
    Manifest manifest;
    EditedIndex *self = calloc(1, sizeof *self);
    PROMISE(self);
    make_folders(self);
    base_index_make(shape, self->base);
    PROMISE(manifest_read(self->base, &manifest, &error) == OK);
    self->segment_count = manifest.segment_count;
    PROMISE(self->segment_count <= MOST_SEGMENTS);
    for (size_t i = 0; i < self->segment_count; i++) {
        snprintf(self->names[i], sizeof self->names[i], "%s",
                 manifest.segments[i].name);
        edit_map_open(&self->maps[i], path_in(self->base, self->names[i]));
    }
    edit_map_open_manifest(&self->manifest, path_in(self->base, "MANIFEST"));
    manifest_release(&manifest);
    prove_map(self);
    return self;
}

static bool is_manifest_field(uint8_t field)
{
    return field >= EDIT_MANIFEST_NUMBER && field <= EDIT_MANIFEST_LINE;
}

/* Collects the edits of a segment; false if it has no edits. */
static bool collect_edits(EditedIndex *self, size_t number, const Edit *edits,
                          size_t count)
{
    bool any = false;
    changes_clear(&self->changes);
    for (size_t i = 0; i < count; i++) {
        if (is_manifest_field(edits[i].field) ||
            edits[i].segment % self->segment_count != number) {
            continue;
        }
        changes_add_edit(&self->maps[number], &self->changes, &edits[i]);
        any = true;
    }
    return any;
}

/* The line of a segment: its cells are the last ones of MANIFEST. */
static void set_segment_line(EditedIndex *self, size_t number, uint64_t bytes,
                             ChangeList *lines)
{
    const EditMap *map = &self->manifest;
    uint32_t behind = (uint32_t)(self->segment_count - number);
    uint32_t name = map->fields[EDIT_MANIFEST_TEXT].count - behind;
    uint32_t size = map->fields[EDIT_MANIFEST_NUMBER].count - 2 * behind + 1;
    changes_set_bytes(map, lines, (CellRef){EDIT_MANIFEST_TEXT, name},
                      span_text(self->written[number]));
    changes_set_number(map, lines, (CellRef){EDIT_MANIFEST_NUMBER, size}, bytes,
                       0);
}

static void write_manifest(EditedIndex *self, const Edit *edits, size_t count,
                           ChangeList *lines)
{
    Buf text = {0};
    for (size_t i = 0; i < count; i++) {
        if (is_manifest_field(edits[i].field) &&
            edits[i].field != EDIT_MANIFEST_LINE) {
            changes_add_edit(&self->manifest, lines, &edits[i]);
        }
    }
    changes_write_region(&self->manifest, lines, REGION_MANIFEST, &text);
    for (size_t i = 0; i < count; i++) {
        if (edits[i].field == EDIT_MANIFEST_LINE) edit_lines(&text, &edits[i]);
    }
    uint64_t sum = hash_span(buf_span(&text));
    buf_printf(&text, "checksum %016" PRIx64 "\n", sum);
    write_file(path_in(self->folder, "MANIFEST"), text.data, text.size);
    buf_release(&text);
}

const char *edited_index_write(EditedIndex *self, const Edit *edits,
                               size_t count)
{
    ChangeList lines = {0};
    remove_written(self);
    for (size_t i = 0; i < self->segment_count; i++) {
        if (collect_edits(self, i, edits, count)) {
            set_segment_line(self, i, write_segment(self, i), &lines);
        } else {
            keep_segment(self, i);
        }
    }
    write_manifest(self, edits, count, &lines);
    changes_clear(&lines);
    return self->folder;
}

size_t edits_read(const uint8_t *data, size_t size, EditField from,
                  EditField to, Edit edits[MOST_EDITS])
{
    size_t count = 0;
    while (size > 0 && count < MOST_EDITS) {
        uint8_t bytes[EDIT_BYTES] = {0}; /* the last edit may be cut off */
        size_t here = size < EDIT_BYTES ? size : EDIT_BYTES;
        memcpy(bytes, data, here);
        data += here;
        size -= here;
        unsigned field = bytes[0];
        if (field < from || field > to) field = from + field % (to - from + 1);
        edits[count++] = (Edit){.field = (uint8_t)field,
                                .operation = bytes[1] % EDIT_OPERATION_COUNT,
                                .segment = bytes[2],
                                .index = get_u32le(bytes + 4),
                                .value = get_u64le(bytes + 8)};
    }
    return count;
}

#define NAME_OF_FIELD(name) #name,
static const char *const FIELD_NAMES[] = {EDIT_FIELDS(NAME_OF_FIELD)};

void edits_describe(const Edit *edits, size_t count, Buf *out)
{
    static const char *const OPERATIONS[] = {
        "set", "add", "subtract", "flip", "invert", "copy", "swap"};
    for (size_t i = 0; i < count; i++) {
        buf_printf(out, "%s %u of segment %u: %s %" PRIu64 "\n",
                   FIELD_NAMES[edits[i].field], edits[i].index,
                   edits[i].segment, OPERATIONS[edits[i].operation],
                   edits[i].value);
    }
}
