/* stream_fuzz.c - any bytes, compressed or in UTF-16 or neither, as lines of
 * text.
 *
 * The first byte chooses the maximum length of a line.
 */
#include "common/input/stream.h"
#include "tests/fuzz/fuzz.h"

enum { MOST_BYTES = 1 << 26 }; /* a compressed input can contain far more */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size) return 0;
    Error error;
    Stream *stream;
    StreamRecord record;
    bool found = true;
    uint64_t most = data[0] < 128 ? data[0] : 1 << 20;
    uint64_t line = 0, offset = 0;
    Status status = stream_open_memory(span_of(data + 1, size - 1), "fuzz",
                                       &stream, &error);
    while (status == OK && found && offset < MOST_BYTES) {
        status = stream_line(stream, most, &record, &found, &error);
        if (status != OK || !found) break;
        PROMISE(record.line > line && record.offset >= offset);
        PROMISE(record.bytes.size <= most);
        PROMISE(!record.too_long || record.bytes.size == 0);
        line = record.line;
        offset = record.offset;
    }
    PROMISE(status == OK || error.message[0]);
    stream_close(stream);
    return 0;
}
