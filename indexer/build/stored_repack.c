/* stored_repack.c - stored text cut into other frames than it was packed in. */
#include "indexer/build/stored_repack.h"

#include "common/base/bytes.h"
#include "common/base/varint.h"
#include "common/segment/documents/stored_writer.h"

typedef struct Recut {
    const StoredText *from;
    const Survivors *survivors; /* or NULL */
    const SegmentPlan *plan;    /* that the next document belongs to */
    uint32_t read;              /* documents met */
    uint32_t kept;              /* documents of the plan */
    Buf packed, content;        /* of a frame as it was */
    Buf frame;                  /* content of a frame to come */
    ZipPacker *packer;
    ZipUnpacker *unpacker;
    Spool frames;
    Buf sizes;
} Recut;

static Status fail_damaged(Error *error)
{
    return fail(error, ERR_IO, "temporary index data is damaged");
}

static Status unpack_frame(Recut *recut, uint64_t offset, uint32_t size,
                           Error *error)
{
    size_t room, got = 0;
    buf_clear(&recut->packed);
    buf_clear(&recut->content);
    uint8_t *packed = buf_reserve(&recut->packed, size);
    if (!packed) return fail_memory(error, "compressing stored text");
    Status status = spool_read(&recut->from->frames, offset, packed, size,
                               error);
    if (status != OK) return status;
    Span frame = span_of(packed, size);
    if (!zip_content_size(frame, &room)) return fail_damaged(error);
    uint8_t *content = buf_reserve(&recut->content, room);
    if (!content) return fail_memory(error, "compressing stored text");
    if (zip_unpack(recut->unpacker, frame, content, room, &got))
        return fail_damaged(error);
    recut->content.size = got;
    return OK;
}

static Status pack_frame(Recut *recut, Error *error)
{
    buf_clear(&recut->packed);
    Status status = zip_pack(recut->packer, buf_span(&recut->frame),
                             &recut->packed, error);
    if (status != OK) return status;
    if (recut->packed.size > UINT32_MAX) {
        return fail_advising(error, ERR_LIMIT, ADVICE_STORE_LESS,
                             "16 documents take more than 4 GB compressed");
    }
    spool_put_span(&recut->frames, buf_span(&recut->packed));
    buf_put_u32le(&recut->sizes, (uint32_t)recut->packed.size);
    buf_clear(&recut->frame);
    return spool_check(&recut->frames, error);
}

/* Moves behind a number and as many bytes. */
static bool pass_text(const uint8_t **at, const uint8_t *end)
{
    uint64_t size;
    if (!varint_get(at, end, &size) || size > (uint64_t)(end - *at))
        return false;
    *at += size;
    return true;
}

/* Moves behind a document: title, text, fields (FORMAT.md, stored). */
static bool pass_document(const uint8_t **at, const uint8_t *end)
{
    uint64_t fields, number;
    bool good = pass_text(at, end) && pass_text(at, end) &&
                varint_get(at, end, &fields);
    while (good && fields--)
        good = varint_get(at, end, &number) && pass_text(at, end);
    return good;
}

static Status keep_document(Recut *recut, Span document, Error *error)
{
    buf_put_span(&recut->frame, document);
    Status status = buf_check(&recut->frame, "compressing stored text", error);
    bool last = ++recut->kept == recut->plan->document_count;
    if (status == OK && (last || recut->kept % STORED_BLOCK_DOCUMENTS == 0))
        status = pack_frame(recut, error);
    if (last) {
        recut->plan++;
        recut->kept = 0;
    }
    return status;
}

static Status cut_frame(Recut *recut, Error *error)
{
    const uint8_t *at = recut->content.data;
    const uint8_t *end = at + recut->content.size;
    Status status = OK;
    while (at < end && status == OK) {
        const uint8_t *start = at;
        if (!pass_document(&at, end)) return fail_damaged(error);
        uint32_t docid = recut->read++;
        if (recut->survivors && !survivors_have(recut->survivors, docid))
            continue;
        status = keep_document(recut, span_of(start, (size_t)(at - start)),
                               error);
    }
    return status;
}

static Status cut_frames(Recut *recut, Error *error)
{
    const Buf *sizes = &recut->from->sizes;
    Span dictionary = buf_span(&recut->from->dictionary);
    Status status = stored_packer_new(dictionary, &recut->packer, error);
    recut->unpacker = zip_unpacker_new();
    if (status == OK &&
        (!recut->unpacker ||
         (dictionary.size && !zip_unpacker_learn(recut->unpacker, dictionary))))
        status = fail_memory(error, "compressing stored text");
    uint64_t offset = 0;
    for (size_t i = 0; i < sizes->size && status == OK; i += sizeof(uint32_t)) {
        uint32_t size = get_u32le(sizes->data + i);
        status = unpack_frame(recut, offset, size, error);
        if (status == OK) status = cut_frame(recut, error);
        offset += size;
    }
    return status == OK
               ? buf_check(&recut->sizes, "compressing stored text", error)
               : status;
}

Status stored_recut(StoredText *text, const Survivors *survivors,
                    const SegmentPlan *plans, size_t plan_count, Error *error)
{
    Recut recut = {.from = text, .survivors = survivors, .plan = plans};
    spool_init(&recut.frames, text->frames.folder, text->frames.limit);
    Status status = cut_frames(&recut, error);
    if (status == OK && recut.plan != plans + plan_count)
        status = fail_damaged(error);
    if (status == OK) {
        Spool frames = text->frames;
        Buf sizes = text->sizes;
        text->frames = recut.frames;
        text->sizes = recut.sizes;
        recut.frames = frames;
        recut.sizes = sizes;
    }
    spool_release(&recut.frames);
    buf_release(&recut.sizes);
    buf_release(&recut.packed);
    buf_release(&recut.content);
    buf_release(&recut.frame);
    zip_packer_free(recut.packer);
    zip_unpacker_free(recut.unpacker);
    return status;
}
