/* edit_map_documents.c - the values of documents, of the skip log, and of the
 * file around them. */
#include "common/base/bytes.h"
#include "tests/fuzz/edit_map_internal.h"
#include "tests/fuzz/fuzz.h"

#include <zstd.h>

static void add_parts(EditMap *map)
{
    if (!segment_has(map->segment, SECTION_TITLE_ENDS)) return;
    uint32_t width = map->regions[SECTION_TITLE_ENDS].data[0];
    add_stream(map, SECTION_TITLE_ENDS, EDIT_TITLE_ENDS_WIDTH, 0, 8, 1);
    add_stream(map, SECTION_TITLE_ENDS, EDIT_TITLE_ENDS_ZERO, 1, 8, 7);
    add_stream(map, SECTION_TITLE_ENDS, EDIT_TITLE_END, TITLE_ENDS_HEADER_BYTES,
               8 * width, map->segment->document_count);
}

static void add_ids(EditMap *map)
{
    CellCursor cursor = {.map = map, .region = SECTION_IDS};
    uint32_t documents = map->segment->document_count;
    uint32_t groups = (documents + ID_GROUP_IDS - 1) / ID_GROUP_IDS;
    for (uint32_t i = 0; i <= groups; i++)
        take_fixed(&cursor, EDIT_ID_START, 8);
    for (uint32_t d = 0; d < documents; d++) {
        if (d % ID_GROUP_IDS) take_varint(&cursor, EDIT_ID_SHARED, NO_CELL);
        uint64_t size = take_varint(&cursor, EDIT_ID_SIZE, NO_CELL);
        take_bytes(&cursor, EDIT_ID, size, cursor.last);
    }
    add_stream(map, SECTION_ID_ORDER, EDIT_ID_ORDER, 0, 32, documents);
}

static void take_stored_document(CellCursor *cursor)
{
    for (int i = 0; i < 2; i++) { /* title, text */
        uint64_t size = take_varint(cursor, EDIT_STORED_TEXT_SIZE, NO_CELL);
        take_bytes(cursor, EDIT_STORED_TEXT, size, cursor->last);
    }
    uint64_t fields = take_varint(cursor, EDIT_STORED_FIELD_COUNT, NO_CELL);
    while (fields--) {
        take_varint(cursor, EDIT_STORED_FIELD_NAME, NO_CELL);
        uint64_t size = take_varint(cursor, EDIT_STORED_TEXT_SIZE, NO_CELL);
        take_bytes(cursor, EDIT_STORED_TEXT, size, cursor->last);
    }
}

/* Decompresses the frame, and records the content size that it states. */
static void unpack_frame(EditMap *map, uint32_t frame, Span packed)
{
    ZSTD_DCtx *context = ZSTD_createDCtx();
    Buf *text = &map->regions[SECTION_STORED];
    uint64_t size = ZSTD_getFrameContentSize(packed.data, packed.size);
    uint8_t *room = buf_reserve(text, size);
    PROMISE(context && room);
    PROMISE(ZSTD_decompress_usingDict(context, room, size, packed.data,
                                      packed.size, map->dictionary.data,
                                      map->dictionary.size) == size);
    ZSTD_freeDCtx(context);
    map->frame_starts[frame] = text->size;
    text->size += size;
    map->frame_starts[frame + 1] = text->size;
    buf_put_u64le(&map->regions[REGION_CLAIMS], size);
}

static void add_stored_index(EditMap *map)
{
    CellCursor cursor = {.map = map, .region = SECTION_STORED_INDEX};
    take_fixed(&cursor, EDIT_STORED_NUMBER, 4);
    uint64_t dictionary = take_fixed(&cursor, EDIT_STORED_NUMBER, 4);
    uint64_t names = take_fixed(&cursor, EDIT_STORED_NUMBER, 4);
    take_fixed(&cursor, EDIT_STORED_NUMBER, 4);
    CellRef names_bytes = cursor.last;
    for (uint32_t i = 0; i <= map->frame_count; i++) {
        take_fixed(&cursor, EDIT_FRAME_START, 8);
    }
    map->dictionary = span_of(
        map->segment->sections[SECTION_STORED_INDEX].data + cursor.at,
        dictionary);
    add_stream(map, SECTION_STORED_INDEX, EDIT_DICTIONARY, cursor.at, 8,
               dictionary);
    cursor.at += dictionary;
    while (names--) {
        uint64_t size = take_varint(&cursor, EDIT_NAME_SIZE, names_bytes);
        take_bytes(&cursor, EDIT_NAME, size, cursor.last);
    }
}

static void add_stored(EditMap *map)
{
    Segment *segment = map->segment;
    Error error;
    if (!segment_has(segment, SECTION_STORED)) return;
    Span packed = segment->sections[SECTION_STORED];
    PROMISE(segment_verify(segment, SECTION_STORED, 0, packed.size, &error) ==
            OK);
    map->frame_count = (segment->document_count + 15) / STORED_BLOCK_DOCUMENTS;
    map->frame_starts = calloc(map->frame_count + 1, sizeof(uint64_t));
    PROMISE(map->frame_starts);
    add_stored_index(map);
    for (uint32_t i = 0; i < map->frame_count; i++) {
        const Cell *cells = map->fields[EDIT_FRAME_START].cells;
        uint64_t start = cell_value(map, &cells[i]);
        uint64_t end = cell_value(map, &cells[i + 1]);
        unpack_frame(map, i, span_of(packed.data + start, end - start));
    }
    add_stream(map, REGION_CLAIMS, EDIT_FRAME_CLAIM, 0, 64, map->frame_count);
    CellCursor cursor = {.map = map, .region = SECTION_STORED};
    for (uint32_t d = 0; d < segment->document_count; d++) {
        take_stored_document(&cursor);
    }
}

static void take_skip_log_text(CellCursor *cursor)
{
    take_varint(cursor, EDIT_SKIP_LOG_SHARED, NO_CELL);
    uint64_t size = take_varint(cursor, EDIT_SKIP_LOG_SIZE, NO_CELL);
    take_bytes(cursor, EDIT_SKIP_LOG_TEXT, size, cursor->last);
}

static void add_skip_log(EditMap *map)
{
    CellCursor cursor = {.map = map, .region = SECTION_SKIP_LOG};
    if (!segment_has(map->segment, SECTION_SKIP_LOG)) return;
    uint64_t entries = 0;
    for (int i = 0; i < 4; i++) {
        entries = take_fixed(&cursor, EDIT_SKIP_LOG_COUNT, 8);
    }
    while (entries--) {
        take_fixed(&cursor, EDIT_SKIP_LOG_KIND, 1);
        take_skip_log_text(&cursor);
        for (int i = 0; i < 3; i++) {
            take_varint(&cursor, EDIT_SKIP_LOG_PLACE, NO_CELL);
        }
        take_skip_log_text(&cursor);
    }
}

void add_document_cells(EditMap *map)
{
    add_stream(map, SECTION_NORMS, EDIT_NORM, 0, 8,
               map->segment->document_count);
    add_parts(map);
    add_ids(map);
    add_stored(map);
    add_skip_log(map);
}

static void add_header(EditMap *map)
{
    static const uint8_t NUMBERS[] = {HEADER_VERSION,
                                      HEADER_HEADER_BYTES,
                                      HEADER_DOCUMENT_COUNT,
                                      HEADER_NONEMPTY_COUNT,
                                      HEADER_TERM_COUNT,
                                      HEADER_SECTION_COUNT,
                                      HEADER_K1,
                                      HEADER_B,
                                      HEADER_AVERAGE_LENGTH,
                                      HEADER_BITMAP_SHARE,
                                      HEADER_BOUNDS_SHARE,
                                      HEADER_SHORT_LIMIT,
                                      HEADER_PAIR_MIN_DF,
                                      HEADER_PAIR_WORDS,
                                      HEADER_PAIR_COUNT};
    static const uint8_t LONGS[] = {
        HEADER_MAGIC,        HEADER_REQUIRED_FEATURES, HEADER_OPTIONAL_FEATURES,
        HEADER_FILE_BYTES,   HEADER_TOKEN_COUNT,       HEADER_POSTING_COUNT,
        HEADER_PAIR_POSTINGS};
    for (size_t i = 0; i < sizeof NUMBERS; i++) {
        add_stream(map, REGION_HEADER, EDIT_HEADER_NUMBER, NUMBERS[i], 32, 1);
    }
    for (size_t i = 0; i < sizeof LONGS; i++) {
        add_stream(map, REGION_HEADER, EDIT_HEADER_LONG, LONGS[i], 64, 1);
    }
    add_stream(map, REGION_HEADER, EDIT_NORM_CODE, HEADER_NORM_CODES, 1,
               NORM_CODES);
    add_stream(map, REGION_HEADER, EDIT_HEADER_ZERO, HEADER_PAIR_COUNT + 4, 8,
               4);
    add_stream(map, REGION_HEADER, EDIT_HEADER_ZERO,
               HEADER_NORM_CODES + NORM_CODES / 8, 8, 32);
}

void add_file_cells(EditMap *map)
{
    add_header(map);
    for (uint32_t i = 0; i < SEGMENT_TABLE_ENTRIES; i++) {
        uint64_t entry = SEGMENT_TABLE_OFFSET + SEGMENT_TABLE_ENTRY_BYTES * i;
        add_stream(map, REGION_HEADER, EDIT_TABLE_KIND, entry, 32, 2);
        add_stream(map, REGION_HEADER, EDIT_TABLE_LONG, entry + ENTRY_OFFSET,
                   64, 3);
    }
    uint32_t sections = get_u32le(map->regions[REGION_HEADER].data +
                                  HEADER_SECTION_COUNT);
    buf_put_zeros(&map->regions[REGION_PADDING], SECTION_PADDING * sections);
    add_stream(map, REGION_PADDING, EDIT_PADDING, 0, 8,
               SECTION_PADDING * sections);
}
