/* stored_packing.c - documents become frames of stored text. */
#include "indexer/build/stored_packing.h"

void stored_packing_init(StoredPacking *packing, StoredText *out)
{
    *packing = (StoredPacking){.out = out};
}

void stored_packing_release(StoredPacking *packing)
{
    buf_release(&packing->content);
    buf_release(&packing->packed);
    stored_sample_release(&packing->sample);
    zip_packer_free(packing->packer);
    packing->packer = NULL;
}

Status stored_packing_put_frame(StoredPacking *packing, Span packed,
                                Error *error)
{
    StoredText *out = packing->out;
    if (packed.size > UINT32_MAX) {
        return fail_advising(error, ERR_LIMIT, ADVICE_STORE_LESS,
                             "16 documents take more than 4 GB compressed");
    }
    spool_put_span(&out->frames, packed);
    buf_put_u32le(&out->sizes, (uint32_t)packed.size);
    Status status = spool_check(&out->frames, error);
    return status == OK
               ? buf_check(&out->sizes, "compressing stored text", error)
               : status;
}

static Status pack(StoredPacking *packing, Span content, Error *error)
{
    buf_clear(&packing->packed);
    Status status = zip_pack(packing->packer, content, &packing->packed, error);
    return status == OK ? stored_packing_put_frame(
                              packing, buf_span(&packing->packed), error)
                        : status;
}

/* The frames of the sample, which are all that there are so far. */
static Status pack_sample(StoredPacking *packing, Error *error)
{
    StoredText *out = packing->out;
    const StoredSample *sample = &packing->sample;
    Status status = stored_sample_train(sample, &out->dictionary, error);
    if (status == OK)
        status = stored_packer_new(buf_span(&out->dictionary), &packing->packer,
                                   error);
    const uint8_t *at = sample->content.data;
    const size_t *sizes = (const void *)sample->sizes.data;
    size_t count = sample->sizes.size / sizeof *sizes;
    for (size_t i = 0; i < count && status == OK; i++) {
        status = pack(packing, span_of(at, sizes[i]), error);
        at += sizes[i];
    }
    stored_sample_release(&packing->sample);
    return status;
}

Status stored_packing_end_frame(StoredPacking *packing, Error *error)
{
    Status status = OK;
    if (packing->count == 0) return OK;
    if (packing->packer) {
        status = pack(packing, buf_span(&packing->content), error);
    } else {
        stored_sample_add(&packing->sample, buf_span(&packing->content));
        if (stored_sample_is_enough(&packing->sample))
            status = pack_sample(packing, error);
    }
    packing->count = 0;
    buf_clear(&packing->content);
    return status;
}

Status stored_packing_put(StoredPacking *packing, Span document, Error *error)
{
    buf_put_span(&packing->content, document);
    Status status = buf_check(&packing->content, "compressing stored text",
                              error);
    if (status != OK || ++packing->count < STORED_BLOCK_DOCUMENTS)
        return status;
    return stored_packing_end_frame(packing, error);
}

Status stored_packing_finish(StoredPacking *packing, Error *error)
{
    Status status = stored_packing_end_frame(packing, error);
    if (status != OK || packing->packer) return status;
    return pack_sample(packing, error);
}

bool stored_packing_takes(const StoredPacking *packing, Span dictionary)
{
    return packing->packer && packing->count == 0 &&
           span_equal(dictionary, buf_span(&packing->out->dictionary));
}

Status stored_packing_agrees(StoredPacking *packing, Span content, Span packed,
                             bool *agrees, Error *error)
{
    buf_clear(&packing->packed);
    Status status = zip_pack(packing->packer, content, &packing->packed, error);
    *agrees = status == OK && span_equal(packed, buf_span(&packing->packed));
    return status;
}
