/* decoder_fuzz.c - any bytes as text in some encoding.
 *
 * The first byte chooses the encoding, the second the size of the pieces. The
 * result must be valid UTF-8, and the same in pieces as at once, unless it is
 * invalid UTF-7. The bytes are also looked at for their encoding.
 */
#include "common/input/decoder.h"

#include "common/base/utf8_clean.h"
#include "common/input/encoding_detect.h"
#include "tests/fuzz/fuzz.h"

static const char *const labels[] = {
    "utf-16le",    "utf-16be",    "latin1",      "shift_jis", "euc-jp",
    "iso-2022-jp", "gb18030",     "big5",        "euc-kr",    "koi8-r",
    "utf-32le",    "utf-7",       "iso-2022-kr", "tcvn",      "euc-tw",
    "iso-2022-cn", "windows-1258"};

enum { LABELS = sizeof labels / sizeof *labels };

static Buf convert_in_pieces(const Encoding *encoding, Span bytes, size_t step)
{
    Buf out = {0};
    Decoder *decoder;
    Error error;
    uint8_t room[256];
    PROMISE(decoder_open(encoding, &decoder, &error) == OK);
    Span left = span_of(bytes.data, 0);
    const uint8_t *end = bytes.data + bytes.size;
    for (size_t size = 1; size || left.data + left.size < end;) {
        size_t more = (size_t)(end - left.data) - left.size;
        left.size += more < step ? more : step;
        size = decoder_put(decoder, &left, left.data + left.size == end, room,
                           sizeof room);
        buf_put(&out, room, size);
    }
    PROMISE(left.size == 0);
    decoder_close(decoder);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) return 0;
    Error error;
    Buf whole = {0};
    bool is_broken;
    Span bytes = span_of(data + 2, size - 2);
    const Encoding *encoding = encoding_find(
        span_text(labels[data[0] % LABELS]));
    PROMISE(encoding);
    PROMISE(encoding_put_text(&whole, encoding, bytes, &is_broken, &error) ==
            OK);
    PROMISE(utf8_is_clean(buf_span(&whole)));
    Buf pieces = convert_in_pieces(encoding, bytes, 1 + data[1] % 64);
    /* libc decodes base64 ahead: where an invalid UTF-16 is found in UTF-7
     * depends on the pieces. */
    PROMISE(span_equal(buf_span(&whole), buf_span(&pieces)) ||
            (is_broken && !strcmp(encoding->name, "UTF-7")));
    encoding_of_zeros(bytes, data[1] & 1);
    encoding_declared(bytes, data[1] & 2);
    encoding_is_utf8(bytes, data[1] & 4);
    encoding_find(bytes);
    buf_release(&whole);
    buf_release(&pieces);
    return 0;
}
