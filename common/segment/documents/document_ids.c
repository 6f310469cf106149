/* document_ids.c - from a document to its id, and back.
 *
 * Ids are front-coded in groups of 16. The way back is a search in id_order by
 * the hash of the id; the hashes themselves are not in the file, because an id
 * is read and hashed quickly and few are looked up for a query. For many
 * look-ups they are read into memory.
 */
#include "common/base/compiler.h"
#include "common/base/hash.h"
#include "common/base/varint.h"
#include "common/segment/documents/documents.h"
#include "common/segment/segment_internal.h"

#include <stdlib.h>

enum { BISECT_EVERY = 4 }; /* steps of a search */

static Status group_fail(const Segment *segment, uint64_t group, Error *error)
{
    return segment_fail(segment, SECTION_IDS, error,
                        "invalid group %llu of ids", (unsigned long long)group);
}

/* The bytes of a group of ids. */
static Status find_group(Segment *segment, uint64_t group, Span *out,
                         Error *error)
{
    *out = (Span){0};
    Span section = segment->sections[SECTION_IDS];
    Status status = segment_verify(segment, SECTION_IDS, 8 * group, 16, error);
    if (status != OK) return status;
    uint64_t start = get_u64le(section.data + 8 * group);
    uint64_t end = get_u64le(section.data + 8 * group + 8);
    if (start > end) return group_fail(segment, group, error);
    status = segment_verify(segment, SECTION_IDS, start, end - start, error);
    if (status == OK) *out = span_of(section.data + start, end - start);
    return status;
}

void document_id_fetch_place(const Segment *segment, uint32_t docid)
{
    Span section = segment->sections[SECTION_IDS];
    PREFETCH(section.data + 8 * (size_t)(docid / ID_GROUP_IDS));
}

/* The offset is not verified yet: it only says what to prefetch. */
void document_id_fetch(const Segment *segment, uint32_t docid)
{
    Span section = segment->sections[SECTION_IDS];
    size_t place = 8 * (size_t)(docid / ID_GROUP_IDS);
    if (place + 8 > section.size) return;
    uint64_t start = get_u64le(section.data + place);
    if (start >= section.size) return;
    PREFETCH(section.data + start);
    PREFETCH(section.data + start + 64);
}

/* What an id does not share with the one before it. */
typedef struct IdPiece {
    const uint8_t *bytes;
    size_t shared, size;
} IdPiece;

/* Takes the next piece of a group; `before` is the size of the id before, or
 * SIZE_MAX at the first. False if it is invalid. */
static bool take_piece(const uint8_t **at, const uint8_t *end, size_t before,
                       IdPiece *out)
{
    uint64_t shared = 0, size;
    if (before == SIZE_MAX) {
        before = 0;
    } else if (!varint_get(at, end, &shared)) {
        return false;
    }
    if (!varint_get(at, end, &size) || shared > before ||
        size > (uint64_t)(end - *at) || shared + size == 0) {
        return false;
    }
    *out = (IdPiece){*at, shared, size};
    *at += size;
    return true;
}

/* Reads `count` pieces from the start of a group. False if they are invalid. */
static bool read_pieces(Span group, uint32_t count, IdPiece *pieces)
{
    const uint8_t *at = group.data, *end = at + group.size;
    size_t before = SIZE_MAX;
    for (uint32_t i = 0; i < count; i++) {
        if (!take_piece(&at, end, before, &pieces[i])) return false;
        before = pieces[i].shared + pieces[i].size;
    }
    return true;
}

/* Appends the id of the last piece: from its end to its beginning, each byte
 * from the nearest piece that has it. */
static void put_last_id(const IdPiece *pieces, uint32_t count, Buf *out)
{
    size_t missing = pieces[count - 1].shared + pieces[count - 1].size;
    uint8_t *id = buf_reserve(out, missing);
    if (!id) return;
    out->size += missing;
    for (uint32_t i = count; missing; i--) {
        const IdPiece *piece = &pieces[i - 1];
        if (piece->shared >= missing) continue;
        memcpy(id + piece->shared, piece->bytes, missing - piece->shared);
        missing = piece->shared;
    }
}

Status document_id(Segment *segment, uint32_t docid, Buf *out, Error *error)
{
    uint64_t group = docid / ID_GROUP_IDS;
    uint32_t count = docid % ID_GROUP_IDS + 1;
    IdPiece pieces[ID_GROUP_IDS];
    Span bytes;
    Status status = find_group(segment, group, &bytes, error);
    if (status != OK) return status;
    if (!read_pieces(bytes, count, pieces)) {
        return group_fail(segment, group, error);
    }
    put_last_id(pieces, count, out);
    return buf_check(out, "reading an id", error);
}

Status id_walk_next(IdWalk *walk, Error *error)
{
    Segment *segment = walk->segment;
    uint64_t group = walk->next / ID_GROUP_IDS;
    bool is_first = walk->next % ID_GROUP_IDS == 0;
    if (is_first) {
        Span bytes;
        Status status = find_group(segment, group, &bytes, error);
        if (status != OK) return status;
        walk->at = bytes.data;
        walk->end = bytes.data + bytes.size;
    }
    IdPiece piece;
    size_t before = is_first ? SIZE_MAX : walk->id.size;
    if (!take_piece(&walk->at, walk->end, before, &piece))
        return group_fail(segment, group, error);
    walk->id.size = piece.shared;
    buf_put(&walk->id, piece.bytes, piece.size);
    walk->next++;
    return buf_check(&walk->id, "reading ids", error);
}

void id_walk_release(IdWalk *walk)
{
    buf_release(&walk->id);
    *walk = (IdWalk){0};
}

/* A search for an id. */
typedef struct IdSearch {
    Segment *segment;
    const uint64_t *hashes; /* in the order of id_order, or NULL */
    uint32_t docid;         /* that was read last */
    Buf id;
} IdSearch;

static Status read_docid(Segment *segment, uint32_t place, uint32_t *docid,
                         Error *error)
{
    uint64_t offset = 4 * (uint64_t)place;
    Status status = segment_verify(segment, SECTION_ID_ORDER, offset, 4, error);
    if (status != OK) return status;
    *docid = get_u32le(segment->sections[SECTION_ID_ORDER].data + offset);
    if (*docid < segment->document_count) return OK;
    return segment_fail(segment, SECTION_ID_ORDER, error,
                        "document %u at position %u does not exist", *docid,
                        place);
}

/* Reads the document at a place of id_order, and its id. */
static Status read_ordered(IdSearch *search, uint32_t place, Error *error)
{
    Status status = read_docid(search->segment, place, &search->docid, error);
    if (status != OK) return status;
    buf_clear(&search->id);
    return document_id(search->segment, search->docid, &search->id, error);
}

/* The hash of the id at a place, which is read unless the hash is known. */
static Status hash_at(IdSearch *search, uint32_t place, uint64_t *hash,
                      Error *error)
{
    Status status = OK;
    if (search->hashes) {
        *hash = search->hashes[place];
    } else {
        status = read_ordered(search, place, error);
        *hash = hash_span(buf_span(&search->id));
    }
    return status;
}

/* Places of id_order between which a hash is, and the hashes around them: of
 * place low - 1 and of place high. */
typedef struct HashRange {
    uint32_t low, high;
    uint64_t low_hash, high_hash;
} HashRange;

/* Where the hash would be if all between were equally far apart, which they
 * nearly are; now and then the middle, so that ids that are chosen to mislead
 * cost O(log n) steps. (Interpolation search, which needs O(log log n): Perl,
 * Itai and Avni, CACM 21/7, 1978.) */
static uint32_t next_place(const HashRange *range, uint64_t hash, int step)
{
    uint32_t count = range->high - range->low;
    if (step % BISECT_EVERY == 0 || range->high_hash <= range->low_hash ||
        hash <= range->low_hash || hash > range->high_hash)
        return range->low + count / 2;
    double share = (double)(hash - range->low_hash) /
                   (double)(range->high_hash - range->low_hash);
    uint32_t offset = (uint32_t)(share * count);
    return range->low + (offset < count ? offset : count - 1);
}

/* The first place in id_order whose id has at least this hash. */
static Status find_hash(IdSearch *search, uint64_t hash, uint32_t *place,
                        Error *error)
{
    HashRange range = {.high = search->segment->document_count,
                       .high_hash = UINT64_MAX};
    for (int step = 1; range.low < range.high; step++) {
        uint32_t at = next_place(&range, hash, step);
        uint64_t found;
        Status status = hash_at(search, at, &found, error);
        if (status != OK) return status;
        if (found < hash) {
            range.low = at + 1;
            range.low_hash = found;
        } else {
            range.high = at;
            range.high_hash = found;
        }
    }
    *place = range.low;
    return OK;
}

static Status find_id(IdSearch *search, Span wanted, bool *found, Error *error)
{
    uint64_t hash = hash_span(wanted), other;
    uint32_t place, count = search->segment->document_count;
    Status status = find_hash(search, hash, &place, error);
    for (; status == OK && place < count && !*found; place++) {
        status = hash_at(search, place, &other, error);
        if (status != OK || other != hash) break;
        if (search->hashes) status = read_ordered(search, place, error);
        *found = status == OK && span_equal(buf_span(&search->id), wanted);
    }
    return status;
}

Status document_find_hashed(Segment *segment, const uint64_t *hashes, Span id,
                            uint32_t *docid, bool *found, Error *error)
{
    IdSearch search = {.segment = segment, .hashes = hashes};
    *found = false;
    Status status = find_id(&search, id, found, error);
    *docid = *found ? search.docid : 0;
    buf_release(&search.id);
    return status;
}

Status document_find(Segment *segment, Span id, uint32_t *docid, bool *found,
                     Error *error)
{
    return document_find_hashed(segment, NULL, id, docid, found, error);
}

/* Hashes in the order of docids. */
static Status hash_ids(Segment *segment, uint64_t *hashes, Error *error)
{
    IdWalk walk = {.segment = segment};
    Status status = OK;
    for (uint32_t i = 0; status == OK && i < segment->document_count; i++) {
        status = id_walk_next(&walk, error);
        hashes[i] = hash_span(buf_span(&walk.id));
    }
    id_walk_release(&walk);
    return status;
}

Status document_id_hashes(Segment *segment, uint64_t **out, Error *error)
{
    uint32_t count = segment->document_count;
    *out = NULL;
    uint64_t *by_docid = malloc(count * sizeof *by_docid);
    uint64_t *ordered = malloc(count * sizeof *ordered);
    Status status = by_docid && ordered ? hash_ids(segment, by_docid, error)
                                        : fail_memory(error, "looking up ids");
    for (uint32_t i = 0; status == OK && i < count; i++) {
        uint32_t docid = 0;
        status = read_docid(segment, i, &docid, error);
        if (status == OK) ordered[i] = by_docid[docid];
    }
    free(by_docid);
    if (status != OK) {
        free(ordered);
        return status;
    }
    *out = ordered;
    return OK;
}
