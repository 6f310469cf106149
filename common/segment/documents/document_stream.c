/* document_stream.c - reads the stored documents of a block one after the
 * other, holding one at a time.
 */
#include "common/segment/documents/document_stream.h"

#include "common/segment/documents/stored_document.h"

/* Keeps the bytes of a document, up to a limit. */
typedef struct Sink {
    Buf *out; /* NULL: they are skipped */
    uint64_t max_bytes;
    bool full;
} Sink;

bool document_stream_start(DocumentStream *stream, ZipUnpacker *unpacker,
                           Span frame, uint64_t max_bytes)
{
    stream->unpacker = unpacker;
    stream->packed = frame;
    stream->at = stream->end = stream->piece;
    stream->left = max_bytes;
    stream->why = NULL;
    return zip_unpack_restart(unpacker);
}

/* Unpacks the next piece; false at the end, at damage, or if no more may be
 * unpacked. */
static bool next_piece(DocumentStream *stream)
{
    size_t got = 0, left;
    if (stream->left < sizeof stream->piece) return false;
    do {
        bool between;
        left = stream->packed.size;
        stream->why = zip_unpack_step(stream->unpacker, &stream->packed,
                                      stream->piece, sizeof stream->piece, &got,
                                      &between);
    } while (!stream->why && !got && stream->packed.size < left);
    if (stream->why) return false;
    stream->at = stream->piece;
    stream->end = stream->piece + got;
    stream->left -= got;
    return got > 0;
}

static void sink_put(Sink *sink, const uint8_t *bytes, size_t size)
{
    if (!sink->out || sink->full) return;
    sink->full = size > sink->max_bytes - sink->out->size;
    if (!sink->full) buf_put(sink->out, bytes, size);
}

static bool pass_document(DocumentStream *stream, Sink *sink)
{
    StoredScan scan = {0};
    while (scan.next != STORED_END) {
        if (stream->at == stream->end && !next_piece(stream)) return false;
        const uint8_t *start = stream->at;
        StoredItem item;
        StoredResult result = stored_scan_next(&scan, &stream->at, stream->end,
                                               &item);
        sink_put(sink, start, (size_t)(stream->at - start));
        if (result == STORED_INVALID) return false;
    }
    return true;
}

/* Why no complete document was read. */
static DocumentFit reason_of(const DocumentStream *stream)
{
    bool exhausted = stream->left < sizeof stream->piece && !stream->why;
    return exhausted ? DOCUMENT_TOO_FAR : DOCUMENT_INVALID;
}

DocumentFit document_stream_take(DocumentStream *stream, uint64_t max_bytes,
                                 Buf *out)
{
    Sink sink = {.out = out, .max_bytes = max_bytes};
    buf_clear(out);
    if (!pass_document(stream, &sink)) return reason_of(stream);
    return sink.full ? DOCUMENT_TOO_LARGE : DOCUMENT_TAKEN;
}

DocumentFit document_stream_skip(DocumentStream *stream)
{
    Sink nowhere = {0};
    return pass_document(stream, &nowhere) ? DOCUMENT_TAKEN : reason_of(stream);
}

bool document_stream_has_more(DocumentStream *stream)
{
    return stream->at < stream->end || next_piece(stream);
}
