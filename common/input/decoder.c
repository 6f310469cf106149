/* decoder.c - text in any encoding to UTF-8, piece by piece; the only user of
 * libc's iconv.
 */
#include "common/input/decoder.h"

#include "common/base/utf8_clean.h"
#include "common/input/utf16.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

struct Decoder {
    const Encoding *encoding;
    iconv_t iconv; /* NULL for UTF-16 */
    Utf16 utf16;
    size_t unit;     /* bytes to leave out where they are invalid */
    bool has_shifts; /* see portion_of */
    bool is_broken;
};

static const uint8_t REPLACEMENT[3] = {0xef, 0xbf, 0xbd};

Status decoder_open(const Encoding *encoding, Decoder **out, Error *error)
{
    *out = NULL;
    Decoder *decoder = calloc(1, sizeof *decoder);
    if (!decoder) return fail_memory(error, "opening an input");
    decoder->encoding = encoding;
    decoder->utf16.big_endian = encoding->kind == ENCODING_UTF16BE;
    decoder->unit = strncmp(encoding->name, "UTF-32", 6) ? 1 : 4;
    decoder->has_shifts = !strcmp(encoding->name, "ISO-2022-CN");
    *out = decoder;
    if (encoding->kind != ENCODING_OF_LIBC) return OK;
    iconv_t opened = iconv_open("UTF-8", encoding->iconv_name);
    if (opened != (iconv_t)-1) {
        decoder->iconv = opened;
        return OK;
    }
    *out = NULL;
    decoder_close(decoder);
    return errno == ENOMEM
               ? fail_memory(error, "opening an input")
               : fail(error, ERR_UNSUPPORTED,
                      "this system's C library cannot convert from %s",
                      encoding->name);
}

void decoder_close(Decoder *decoder)
{
    if (decoder && decoder->iconv) iconv_close(decoder->iconv);
    free(decoder);
}

bool decoder_is_broken(const Decoder *decoder)
{
    return decoder->is_broken || decoder->utf16.is_broken;
}

/* Three bytes of UTF-8 for two of UTF-16, and what was held back. */
static size_t put_utf16(Decoder *decoder, Span *bytes, bool are_last,
                        uint8_t *out, size_t room)
{
    size_t most = (room - 8) / 3 * 2;
    size_t size = bytes->size < most ? bytes->size : most;
    uint8_t *end = utf16_put(&decoder->utf16, span_of(bytes->data, size), out);
    bytes->data += size;
    bytes->size -= size;
    if (are_last && !bytes->size) end = utf16_finish(&decoder->utf16, end);
    return (size_t)(end - out);
}

typedef struct Output {
    char *at;
    size_t room;
} Output;

/* Replaces `size` bytes; false without room. */
static bool replace(Decoder *decoder, Span *bytes, size_t size, Output *out)
{
    if (out->room < sizeof REPLACEMENT) return false;
    memcpy(out->at, REPLACEMENT, sizeof REPLACEMENT);
    out->at += sizeof REPLACEMENT;
    out->room -= sizeof REPLACEMENT;
    decoder->is_broken = true;
    size = size < bytes->size ? size : bytes->size;
    bytes->data += size;
    bytes->size -= size;
    return true;
}

/* How many bytes libc may have at once. Its ISO-2022-CN-EXT says of a shift
 * without a character set that what follows is invalid: so shifts come alone.
 */
static size_t portion_of(const Decoder *decoder, Span bytes)
{
    enum { SHIFT_OUT = 0x0e };
    if (!decoder->has_shifts) return bytes.size;
    if (bytes.data[0] == SHIFT_OUT) return 1;
    return span_find(bytes, 0, SHIFT_OUT);
}

/* Converts until something stops it; false if nothing more can be done with
 * these bytes and this room. */
static bool step(Decoder *decoder, Span *bytes, bool are_last, Output *out)
{
    char *in;
    size_t left = portion_of(decoder, *bytes), rest = bytes->size - left;
    if (out->room < sizeof REPLACEMENT) return false; /* for a shift */
    memcpy(&in, &bytes->data, sizeof in); /* iconv does not write to it */
    size_t result = iconv(decoder->iconv, &in, &left, &out->at, &out->room);
    int reason = errno;
    *bytes = span_of(in, left + rest);
    if (result != (size_t)-1) return rest > 0;
    if (reason == E2BIG) return false;
    if (reason == EILSEQ)
        return replace(decoder, bytes, left ? decoder->unit : 0, out);
    return (are_last || rest) && replace(decoder, bytes, left, out);
}

size_t decoder_put(Decoder *decoder, Span *bytes, bool are_last, uint8_t *out,
                   size_t room)
{
    if (!decoder->iconv) return put_utf16(decoder, bytes, are_last, out, room);
    Output output = {(char *)out, room};
    while (bytes->size && step(decoder, bytes, are_last, &output)) {
    }
    /* Some encodings hold a character back: an accent may follow. */
    if (are_last && !bytes->size && output.room >= DECODER_MIN_ROOM / 2)
        iconv(decoder->iconv, NULL, NULL, &output.at, &output.room);
    return room - output.room;
}

Status encoding_put_text(Buf *out, const Encoding *encoding, Span bytes,
                         bool *is_broken, Error *error)
{
    enum { PIECE_BYTES = 64 * 1024 };
    *is_broken = false;
    if (encoding->kind == ENCODING_UTF8) {
        buf_put_span(out, bytes);
        return buf_check(out, "converting a text", error);
    }
    Decoder *decoder;
    Status status = decoder_open(encoding, &decoder, error);
    if (status != OK) return status;
    for (size_t size = 1; size;) {
        uint8_t *room = buf_reserve(out, PIECE_BYTES);
        size = room ? decoder_put(decoder, &bytes, true, room, PIECE_BYTES) : 0;
        out->size += size;
    }
    *is_broken = decoder_is_broken(decoder);
    decoder_close(decoder);
    return buf_check(out, "converting a text", error);
}
