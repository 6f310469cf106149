/* stored_writer.c - the text of documents, packed 16 at a time with zstd. */
#include "common/segment/documents/stored_writer.h"

enum {
    LEVEL = 3,
    DICTIONARY_BYTES = 64 * 1024,
    /* zstd needs some frames to train on; half of them measure the gain. */
    MIN_FRAMES = 32,
    /* A dictionary must save a share of 1/20, else it is not worth a load. */
    MIN_GAIN_SHARE = 20
};

Status stored_packer_new(Span dictionary, ZipPacker **out, Error *error)
{
    return zip_packer_new(LEVEL, dictionary, out, error);
}

/* What frames take with a dictionary, or without ({0}). */
static Status packed_size(Span dictionary, const uint8_t *content,
                          const size_t *sizes, size_t count, size_t *total,
                          Error *error)
{
    Buf out = {0};
    ZipPacker *packer = NULL;
    *total = 0;
    Status status = stored_packer_new(dictionary, &packer, error);
    for (size_t i = 0; i < count && status == OK; i++) {
        out.size = 0;
        status = zip_pack(packer, span_of(content, sizes[i]), &out, error);
        *total += out.size;
        content += sizes[i];
    }
    zip_packer_free(packer);
    buf_release(&out);
    return status;
}

static Status train(Span content, const size_t *sizes, size_t count,
                    Buf *dictionary, Error *error)
{
    size_t half = count / 2, learned = 0;
    for (size_t i = 0; i < half; i++) learned += sizes[i];
    Status status = zip_train(content, sizes, half, DICTIONARY_BYTES,
                              dictionary, error);
    if (status != OK || !dictionary->size) return status;

    const uint8_t *judge = content.data + learned;
    size_t with, without;
    status = packed_size(buf_span(dictionary), judge, sizes + half,
                         count - half, &with, error);
    if (status == OK) {
        status = packed_size((Span){0}, judge, sizes + half, count - half,
                             &without, error);
    }
    if (status != OK || with >= without - without / MIN_GAIN_SHARE)
        buf_clear(dictionary);
    return status;
}

void stored_sample_add(StoredSample *sample, Span frame)
{
    if (stored_sample_is_enough(sample)) return;
    buf_put_span(&sample->content, frame);
    buf_put(&sample->sizes, &frame.size, sizeof frame.size);
}

Status stored_sample_train(const StoredSample *sample, Buf *dictionary,
                           Error *error)
{
    Status status = buf_check(&sample->content, "packing text", error);
    if (status == OK) status = buf_check(&sample->sizes, "packing text", error);
    size_t count = sample->sizes.size / sizeof(size_t);
    if (status != OK || !stored_sample_is_enough(sample) || count < MIN_FRAMES)
        return status;
    return train(buf_span(&sample->content),
                 (const size_t *)(const void *)sample->sizes.data, count,
                 dictionary, error);
}

void stored_sample_release(StoredSample *sample)
{
    buf_release(&sample->content);
    buf_release(&sample->sizes);
    *sample = (StoredSample){0};
}
