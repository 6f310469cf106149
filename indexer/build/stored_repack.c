/* stored_repack.c - stored text compressed again in other frames. */
#include "indexer/build/docid_map.h"

#include "common/base/bytes.h"
#include "common/segment/documents/stored_document.h"
#include "indexer/build/stored_packing.h"

typedef struct Repack {
    const StoredText *from;
    const DocidMap *docid_map; /* or NULL */
    const SegmentPlan *plan;   /* that the next document belongs to */
    uint32_t read;             /* documents read */
    uint32_t kept;             /* documents of the plan */
    Buf packed, content;       /* of a frame as it was */
    ZipUnpacker *unpacker;
    StoredText to;
    StoredPacking packing;
} Repack;

static Status fail_damaged(Error *error)
{
    return fail(error, ERR_IO, "temporary index data is damaged");
}

static Status unpack_frame(Repack *repack, uint64_t offset, uint32_t size,
                           Error *error)
{
    size_t room, got = 0;
    buf_clear(&repack->packed);
    buf_clear(&repack->content);
    uint8_t *packed = buf_reserve(&repack->packed, size);
    if (!packed) return fail_memory(error, "compressing stored text");
    Status status = spool_read(&repack->from->frames, offset, packed, size,
                               error);
    if (status != OK) return status;
    Span frame = span_of(packed, size);
    if (!zip_content_size(frame, &room)) return fail_damaged(error);
    uint8_t *content = buf_reserve(&repack->content, room);
    if (!content) return fail_memory(error, "compressing stored text");
    if (zip_unpack(repack->unpacker, frame, content, room, &got))
        return fail_damaged(error);
    repack->content.size = got;
    return OK;
}

static Status keep_document(Repack *repack, Span document, Error *error)
{
    Status status = stored_packing_put(&repack->packing, document, error);
    if (status != OK || ++repack->kept < repack->plan->document_count)
        return status;
    repack->plan++;
    repack->kept = 0;
    return stored_packing_end_frame(&repack->packing, error);
}

static Status repack_frame(Repack *repack, Error *error)
{
    const uint8_t *at = repack->content.data;
    const uint8_t *end = at + repack->content.size;
    Status status = OK;
    while (at < end && status == OK) {
        const uint8_t *start = at;
        if (!stored_document_skip(&at, end)) return fail_damaged(error);
        uint32_t docid = repack->read++;
        if (repack->docid_map && !docid_map_keeps(repack->docid_map, docid))
            continue;
        status = keep_document(repack, span_of(start, (size_t)(at - start)),
                               error);
    }
    return status;
}

static Status repack_frames(Repack *repack, Error *error)
{
    const Buf *sizes = &repack->from->sizes;
    Span dictionary = buf_span(&repack->from->dictionary);
    Status status = OK;
    uint64_t offset = 0;
    repack->unpacker = zip_unpacker_new();
    if (!repack->unpacker ||
        (dictionary.size && !zip_unpacker_learn(repack->unpacker, dictionary)))
        status = fail_memory(error, "compressing stored text");
    for (size_t i = 0; i < sizes->size && status == OK; i += sizeof(uint32_t)) {
        uint32_t size = get_u32le(sizes->data + i);
        status = unpack_frame(repack, offset, size, error);
        if (status == OK) status = repack_frame(repack, error);
        offset += size;
    }
    return status == OK ? stored_packing_finish(&repack->packing, error)
                        : status;
}

/* The new frames become those of `text`; what is left is released. */
static void exchange(StoredText *text, StoredText *other)
{
    StoredText old = *text;
    text->frames = other->frames;
    text->sizes = other->sizes;
    text->dictionary = other->dictionary;
    *other = old;
}

Status stored_repack(StoredText *text, const DocidMap *docid_map,
                     const SegmentPlan *plans, size_t plan_count, Error *error)
{
    Repack repack = {.from = text, .docid_map = docid_map, .plan = plans};
    spool_init(&repack.to.frames, text->frames.folder, text->frames.limit);
    stored_packing_init(&repack.packing, &repack.to);
    Status status = repack_frames(&repack, error);
    if (status == OK && repack.plan != plans + plan_count)
        status = fail_damaged(error);
    if (status == OK) exchange(text, &repack.to);
    spool_release(&repack.to.frames);
    buf_release(&repack.to.sizes);
    buf_release(&repack.to.dictionary);
    buf_release(&repack.packed);
    buf_release(&repack.content);
    stored_packing_release(&repack.packing);
    zip_unpacker_free(repack.unpacker);
    return status;
}
