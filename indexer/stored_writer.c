/* stored_writer.c - the text of documents, packed 16 at a time with zstd. */
#include "indexer/stored_writer.h"

#include <stdlib.h>
#include <zdict.h>
#include <zstd.h>

enum {
    LEVEL = 3,
    DICTIONARY_BYTES = 64 * 1024,
    /* zstd asks for some frames to learn from; half of them judge. */
    LEAST_FRAMES = 32,
    /* A dictionary must save a share of 1/20, else it is not worth a load. */
    WORTH_SHARE = 20
};

static size_t name_number(Span name, const char *const *names, size_t count)
{
    size_t i = 0;
    while (i < count && !span_equals_text(name, names[i])) i++;
    return i;
}

void stored_put_fields(Buf *out, const Document *document,
                       const char *const *names, size_t name_count)
{
    buf_put_varint(out, document->field_count);
    for (size_t i = 0; i < document->field_count; i++) {
        const DocumentField *field = &document->fields[i];
        buf_put_varint(out, name_number(field->name, names, name_count));
        buf_put_varint(out, field->value.size);
        buf_put_span(out, field->value);
    }
}

struct StoredPacker {
    ZSTD_CCtx *context;
};

void stored_packer_free(StoredPacker *packer)
{
    if (!packer) return;
    ZSTD_freeCCtx(packer->context);
    free(packer);
}

static Status fail_zstd(Error *error, size_t code)
{
    return fail(error, ERR_IO, "cannot pack text: zstd: %s",
                ZSTD_getErrorName(code));
}

Status stored_packer_new(Span dictionary, StoredPacker **out, Error *error)
{
    *out = NULL;
    StoredPacker *packer = calloc(1, sizeof *packer);
    if (packer) packer->context = ZSTD_createCCtx();
    if (!packer || !packer->context) {
        stored_packer_free(packer);
        return fail_memory(error, "packing text");
    }
    size_t code = ZSTD_CCtx_setParameter(packer->context,
                                         ZSTD_c_compressionLevel, LEVEL);
    if (!ZSTD_isError(code) && dictionary.size) {
        code = ZSTD_CCtx_loadDictionary(packer->context, dictionary.data,
                                        dictionary.size);
    }
    if (ZSTD_isError(code)) {
        stored_packer_free(packer);
        return fail_zstd(error, code);
    }
    *out = packer;
    return OK;
}

Status stored_pack(StoredPacker *packer, Span content, Buf *out, Error *error)
{
    size_t bound = ZSTD_compressBound(content.size);
    uint8_t *at = buf_reserve(out, bound);
    if (!at) return buf_check(out, "packing text", error);
    size_t size = ZSTD_compress2(packer->context, at, bound, content.data,
                                 content.size);
    if (ZSTD_isError(size)) return fail_zstd(error, size);
    out->size += size;
    return OK;
}

/* What frames take with a dictionary, or without ({0}). */
static Status packed_size(Span dictionary, const uint8_t *content,
                          const size_t *sizes, size_t count, size_t *total,
                          Error *error)
{
    Buf out = {0};
    StoredPacker *packer = NULL;
    *total = 0;
    Status status = stored_packer_new(dictionary, &packer, error);
    for (size_t i = 0; i < count && status == OK; i++) {
        out.size = 0;
        status = stored_pack(packer, span_of(content, sizes[i]), &out, error);
        *total += out.size;
        content += sizes[i];
    }
    stored_packer_free(packer);
    buf_release(&out);
    return status;
}

Status stored_train(Span content, const size_t *sizes, size_t count,
                    Buf *dictionary, Error *error)
{
    if (count < LEAST_FRAMES) return OK;
    uint8_t *room = buf_reserve(dictionary, DICTIONARY_BYTES);
    if (!room) return buf_check(dictionary, "packing text", error);
    size_t half = count / 2, learned = 0;
    for (size_t i = 0; i < half; i++) learned += sizes[i];
    size_t size = ZDICT_trainFromBuffer(room, DICTIONARY_BYTES, content.data,
                                        sizes, (unsigned)half);
    if (ZDICT_isError(size)) return OK; /* nothing to learn */

    const uint8_t *judge = content.data + learned;
    size_t with, without;
    Status status = packed_size(span_of(room, size), judge, sizes + half,
                                count - half, &with, error);
    if (status == OK) {
        status = packed_size((Span){0}, judge, sizes + half, count - half,
                             &without, error);
    }
    if (status == OK && with < without - without / WORTH_SHARE)
        dictionary->size = size;
    return status;
}
