/* removals.c - opens and verifies the file of a segment's removed documents.
 */
#include "common/segment/removals/removals.h"

#include "common/base/hash.h"
#include "common/base/map_guard.h"
#include "common/segment/removals/removal_layout.h"

#include <inttypes.h>
#include <stdlib.h>

static Status removals_fail(const Removals *removals, Error *error,
                            const char *what)
{
    return fail(error, ERR_CORRUPT, "%s: %s", removals->path, what);
}

static uint64_t segment_checksum(const Segment *segment)
{
    return get_u64le(segment->file.bytes.data + SEGMENT_CHECKSUM_OFFSET);
}

/* Whether this is a whole file of removals, and of this segment. */
static Status check_identity(const Removals *removals, const Segment *segment,
                             Error *error)
{
    Span file = removals->file.bytes;
    const uint8_t *header = file.data;
    if (file.size < REMOVALS_HEADER_BYTES ||
        memcmp(header, REMOVALS_MAGIC, strlen(REMOVALS_MAGIC)) != 0) {
        return removals_fail(removals, error,
                             "not a file of removed documents");
    }
    if (get_u32le(header + REMOVALS_HEADER_VERSION) != REMOVALS_VERSION ||
        get_u64le(header + REMOVALS_HEADER_REQUIRED_FEATURES) != 0) {
        return fail(error, ERR_UNSUPPORTED,
                    "%s: format version %u is not supported; use a newer "
                    "version of the program",
                    removals->path,
                    get_u32le(header + REMOVALS_HEADER_VERSION));
    }
    if (hash_bytes(header, REMOVALS_CHECKSUM_OFFSET) !=
        get_u64le(header + REMOVALS_CHECKSUM_OFFSET)) {
        return removals_fail(removals, error,
                             "header: wrong checksum; the file is damaged");
    }
    if (get_u32le(header + REMOVALS_HEADER_HEADER_BYTES) !=
            REMOVALS_HEADER_BYTES ||
        get_u64le(header + REMOVALS_HEADER_FILE_BYTES) != file.size) {
        return removals_fail(removals, error,
                             "header: its size is not that of the file");
    }
    if (get_u64le(header + REMOVALS_HEADER_SEGMENT) !=
            segment_checksum(segment) ||
        get_u32le(header + REMOVALS_HEADER_DOCUMENT_COUNT) !=
            segment->document_count) {
        return removals_fail(removals, error, "is of another segment");
    }
    return OK;
}

/* Whether documents that many could be all removed, and what is left be the
 * rest of the segment. */
static bool counts_possible(const Removals *removals, const Segment *segment)
{
    uint32_t nonempty = removals->removed_nonempty;
    uint64_t tokens = removals->removed_tokens;
    return removals->removed_count > 0 &&
           removals->removed_count < removals->document_count &&
           nonempty <= removals->removed_count &&
           nonempty <= segment->nonempty_count &&
           segment->nonempty_count - nonempty <=
               segment->document_count - removals->removed_count &&
           tokens >= nonempty && (nonempty > 0 || tokens == 0) &&
           tokens <= segment->token_count &&
           segment->token_count - tokens >= segment->nonempty_count - nonempty;
}

/* Numbers of the header and bits. */
static Status read_documents(Removals *removals, const Segment *segment,
                             Error *error)
{
    const uint8_t *header = removals->file.bytes.data;
    removals->document_count = segment->document_count;
    removals->removed_count = get_u32le(header + REMOVALS_HEADER_REMOVED_COUNT);
    removals->removed_nonempty = get_u32le(header +
                                           REMOVALS_HEADER_REMOVED_NONEMPTY);
    removals->removed_tokens = get_u64le(header +
                                         REMOVALS_HEADER_REMOVED_TOKENS);
    if (!counts_possible(removals, segment))
        return removals_fail(removals, error, "header: impossible counts");
    uint64_t words = removals_live_words(removals->document_count);
    /* A map begins at a page, so the bits are aligned. */
    removals->live = (const uint64_t *)(const void *)(header +
                                                      REMOVALS_LIVE_OFFSET);
    uint64_t live = 0;
    for (uint64_t i = 0; i < words; i++) {
        live += (uint64_t)__builtin_popcountll(removals->live[i]);
    }
    uint64_t beyond = 0;
    for (uint64_t i = removals->document_count / 64; i < words; i++) {
        bool partial = i == removals->document_count / 64;
        uint32_t shift = partial ? removals->document_count % 64 : 0;
        beyond |= removals->live[i] >> shift;
    }
    if (beyond || live != removals->document_count - removals->removed_count)
        return removals_fail(removals, error,
                             "the live bits are not those of the header");
    return OK;
}

/* The tables of groups lead into the entries, in ascending order. */
static bool groups_ascend(const RemovalTable *table)
{
    uint64_t before = 0;
    for (uint32_t i = 0; i < table->group_count; i++) {
        uint64_t start = get_u64le(table->starts + 8 * (size_t)i);
        uint32_t first = get_u32le(table->firsts + 4 * (size_t)i);
        if (i == 0 ? start != 0 : start <= before) return false;
        if (first >= table->number_limit) return false;
        if (i && first <= get_u32le(table->firsts + 4 * (size_t)(i - 1)))
            return false;
        before = start;
    }
    uint64_t end = get_u64le(table->starts + 8 * (size_t)table->group_count);
    return end == table->entries.size && (table->count == 0 || end > before);
}

/* Takes a table from *rest. */
static bool read_table(RemovalTable *table, uint64_t size, Span *rest)
{
    table->group_count = table->count / REMOVALS_GROUP_ENTRIES +
                         (table->count % REMOVALS_GROUP_ENTRIES != 0);
    uint64_t directory = removals_directory_size(table->group_count);
    if (size > rest->size || size < directory || size % 8) return false;
    if (table->count > table->number_limit) return false;
    table->starts = rest->data;
    table->firsts = table->starts + 8 * ((size_t)table->group_count + 1);
    uint64_t end = get_u64le(table->firsts - 8);
    if (end > size - directory || size - directory - end >= 8) return false;
    table->entries = span_of(rest->data + directory, (size_t)end);
    *rest = span_of(rest->data + size, rest->size - (size_t)size);
    return groups_ascend(table);
}

static Status read_tables(Removals *removals, const Segment *segment,
                          Error *error)
{
    const uint8_t *header = removals->file.bytes.data;
    uint64_t taken = removals_tables_offset(removals->document_count);
    Span rest = span_of(header + taken, removals->file.bytes.size - taken);
    removals->terms = (RemovalTable){
        .has_tf = true,
        .count = get_u32le(header + REMOVALS_HEADER_TERM_COUNT),
        .number_limit = segment->term_count};
    removals->pairs = (RemovalTable){
        .count = get_u32le(header + REMOVALS_HEADER_PAIR_COUNT),
        .number_limit = segment->pair_count};
    if (read_table(&removals->terms,
                   get_u64le(header + REMOVALS_HEADER_TERM_BYTES), &rest) &&
        read_table(&removals->pairs,
                   get_u64le(header + REMOVALS_HEADER_PAIR_BYTES), &rest) &&
        rest.size == 0) {
        return OK;
    }
    return removals_fail(removals, error, "invalid table of corrections");
}

static Status read_file(Removals *removals, const Segment *segment,
                        Error *error)
{
    Status status = check_identity(removals, segment, error);
    if (status != OK) return status;
    Span file = removals->file.bytes;
    if (file.size < removals_tables_offset(segment->document_count))
        return removals_fail(removals, error, "truncated");
    uint64_t sum = get_u64le(file.data + REMOVALS_HEADER_CONTENT_CHECKSUM);
    if (hash_bytes(file.data + REMOVALS_HEADER_BYTES,
                   file.size - REMOVALS_HEADER_BYTES) != sum) {
        return removals_fail(removals, error,
                             "wrong checksum; the file is damaged");
    }
    status = read_documents(removals, segment, error);
    return status == OK ? read_tables(removals, segment, error) : status;
}

static Status open_removals(Removals *removals, const FolderHandle *folder,
                            const char *name, const Segment *segment,
                            Error *error)
{
    Buf path = {0};
    buf_printf(&path, "%s%s%s", folder ? folder->path : "", folder ? "/" : "",
               name);
    const char *text = buf_text(&path);
    removals->path = text ? strdup(text) : NULL;
    buf_release(&path);
    if (!removals->path) return fail_memory(error, "opening removed documents");
    Status status = folder
                        ? folder_map_file(folder, name, &removals->file, error)
                        : file_map(name, &removals->file, error);
    if (status != OK) return status;
    map_guard_add(removals->path, removals->file.bytes);
    return read_file(removals, segment, error);
}

Status removals_open_in(const FolderHandle *folder, const char *name,
                        const Segment *segment, Removals **out, Error *error)
{
    *out = NULL;
    Removals *removals = calloc(1, sizeof *removals);
    if (!removals) return fail_memory(error, "opening removed documents");
    atomic_init(&removals->owners, 1);
    Status status = open_removals(removals, folder, name, segment, error);
    if (status == OK) {
        *out = removals;
    } else {
        removals_close(removals);
    }
    return status;
}

Removals *removals_share(Removals *removals)
{
    atomic_fetch_add_explicit(&removals->owners, 1, memory_order_relaxed);
    return removals;
}

void removals_close(Removals *removals)
{
    if (!removals || atomic_fetch_sub(&removals->owners, 1) > 1) return;
    map_guard_remove(removals->file.bytes);
    file_unmap(&removals->file);
    free(removals->path);
    free(removals);
}
