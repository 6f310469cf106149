/* zip.c - zstd. */
#include "common/base/zip.h"

#include <stdlib.h>
#include <zdict.h>
#include <zstd.h>

enum {
    WINDOW_LOG = 31,        /* what `zstd --long=31` makes */
    STORED_WINDOW_LOG = 27, /* 128 MB: far more than we make */
    /* A block of 128 KiB of equal bytes takes 4 bytes in a frame. */
    MAX_RATIO = 128 * 1024 / 4,
    FRAME_START_BYTES = 5 /* what zstd reads of a frame first */
};

struct ZipPacker {
    ZSTD_CCtx *context;
};

struct ZipUnpacker {
    ZSTD_DCtx *context;
    ZSTD_DDict *dictionary; /* NULL for none */
    size_t wanted;          /* bytes by the next step; 0: at a frame's start */
};

static Status fail_pack(Error *error, size_t code)
{
    return fail(error, ERR_IO, "cannot compress: zstd: %s",
                ZSTD_getErrorName(code));
}

Status zip_packer_new(int level, Span dictionary, ZipPacker **out, Error *error)
{
    *out = NULL;
    ZipPacker *packer = calloc(1, sizeof *packer);
    if (packer) packer->context = ZSTD_createCCtx();
    if (!packer || !packer->context) {
        zip_packer_free(packer);
        return fail_memory(error, "compressing text");
    }
    size_t code = ZSTD_CCtx_setParameter(packer->context,
                                         ZSTD_c_compressionLevel, level);
    if (!ZSTD_isError(code) && dictionary.size) {
        code = ZSTD_CCtx_loadDictionary(packer->context, dictionary.data,
                                        dictionary.size);
    }
    if (ZSTD_isError(code)) {
        zip_packer_free(packer);
        return fail_pack(error, code);
    }
    *out = packer;
    return OK;
}

void zip_packer_free(ZipPacker *packer)
{
    if (!packer) return;
    ZSTD_freeCCtx(packer->context);
    free(packer);
}

Status zip_pack(ZipPacker *packer, Span content, Buf *out, Error *error)
{
    size_t bound = ZSTD_compressBound(content.size);
    uint8_t *at = buf_reserve(out, bound);
    if (!at) return buf_check(out, "compressing text", error);
    size_t size = ZSTD_compress2(packer->context, at, bound, content.data,
                                 content.size);
    if (ZSTD_isError(size)) return fail_pack(error, size);
    out->size += size;
    return OK;
}

Status zip_train(Span samples, const size_t *sizes, size_t count, size_t limit,
                 Buf *dictionary, Error *error)
{
    uint8_t *room = buf_reserve(dictionary, limit);
    if (!room) return buf_check(dictionary, "compressing text", error);
    size_t size = ZDICT_trainFromBuffer(room, limit, samples.data, sizes,
                                        (unsigned)count);
    if (!ZDICT_isError(size)) dictionary->size += size;
    return OK;
}

ZipUnpacker *zip_unpacker_new(void)
{
    ZipUnpacker *unpacker = calloc(1, sizeof *unpacker);
    if (!unpacker) return NULL;
    unpacker->context = ZSTD_createDCtx();
    if (unpacker->context &&
        !ZSTD_isError(ZSTD_DCtx_setParameter(
            unpacker->context, ZSTD_d_windowLogMax, WINDOW_LOG))) {
        return unpacker;
    }
    zip_unpacker_free(unpacker);
    return NULL;
}

void zip_unpacker_free(ZipUnpacker *unpacker)
{
    if (!unpacker) return;
    ZSTD_freeDCtx(unpacker->context);
    ZSTD_freeDDict(unpacker->dictionary);
    free(unpacker);
}

bool zip_unpacker_learn(ZipUnpacker *unpacker, Span dictionary)
{
    unpacker->dictionary = ZSTD_createDDict(dictionary.data, dictionary.size);
    return unpacker->dictionary;
}

bool zip_content_size(Span frame, size_t *size)
{
    *size = 0;
    unsigned long long content = ZSTD_getFrameContentSize(frame.data,
                                                          frame.size);
    if (content == ZSTD_CONTENTSIZE_UNKNOWN ||
        content == ZSTD_CONTENTSIZE_ERROR || content / MAX_RATIO > frame.size) {
        return false;
    }
    *size = (size_t)content;
    return true;
}

const char *zip_unpack(ZipUnpacker *unpacker, Span frame, uint8_t *out,
                       size_t room, size_t *got)
{
    size_t size = ZSTD_decompress_usingDDict(unpacker->context, out, room,
                                             frame.data, frame.size,
                                             unpacker->dictionary);
    *got = ZSTD_isError(size) ? 0 : size;
    return ZSTD_isError(size) ? ZSTD_getErrorName(size) : NULL;
}

bool zip_unpack_restart(ZipUnpacker *unpacker)
{
    ZSTD_DCtx *context = unpacker->context;
    return !ZSTD_isError(ZSTD_DCtx_reset(context, ZSTD_reset_session_only)) &&
           !ZSTD_isError(ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax,
                                                STORED_WINDOW_LOG)) &&
           !ZSTD_isError(ZSTD_DCtx_refDDict(context, unpacker->dictionary));
}

size_t zip_unpack_wanted(const ZipUnpacker *unpacker)
{
    return unpacker->wanted ? unpacker->wanted : FRAME_START_BYTES;
}

const char *zip_unpack_step(ZipUnpacker *unpacker, Span *packed, uint8_t *out,
                            size_t room, size_t *got, bool *between)
{
    ZSTD_inBuffer in = {packed->data, packed->size, 0};
    ZSTD_outBuffer to = {out, room, 0};
    size_t result = ZSTD_decompressStream(unpacker->context, &to, &in);
    if (in.pos) *packed = span_of(packed->data + in.pos, in.size - in.pos);
    *got = to.pos;
    if (ZSTD_isError(result)) return ZSTD_getErrorName(result);
    unpacker->wanted = result;
    if (in.pos || to.pos) *between = result == 0;
    return NULL;
}
