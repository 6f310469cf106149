/* document_stream.h - reads the stored documents of a block one after the
 * other, holding one at a time.
 *
 * For blocks whose content is larger than a reader may hold: the frame is
 * unpacked in pieces, documents before the requested one are skipped. Private
 * to the reader of stored text. One thread's.
 */
#ifndef QUERN_DOCUMENTS_DOCUMENT_STREAM_H
#define QUERN_DOCUMENTS_DOCUMENT_STREAM_H

#include "common/base/zip.h"

typedef struct DocumentStream {
    ZipUnpacker *unpacker;   /* borrowed */
    Span packed;             /* what is left of the frame; borrowed */
    const uint8_t *at, *end; /* what is left of `piece` */
    uint64_t left;           /* bytes that may still be unpacked */
    const char *why;         /* zstd's message about damage, or NULL */
    uint8_t piece[1 << 16];
} DocumentStream;

/* The frame must outlive the stream, and the unpacker must not be used
 * otherwise meanwhile. At most max_bytes of content are unpacked. False if zstd
 * has no memory. */
NODISCARD bool document_stream_start(DocumentStream *stream,
                                     ZipUnpacker *unpacker, Span frame,
                                     uint64_t max_bytes);

typedef enum DocumentFit {
    DOCUMENT_TAKEN,
    DOCUMENT_TOO_LARGE, /* and skipped */
    DOCUMENT_TOO_FAR,   /* more would have to be unpacked than may be */
    DOCUMENT_INVALID    /* the frame is damaged or ends: see `why` */
} DocumentFit;

/* The next document: its bytes as they are stored in *out, which is cleared,
 * unless they are more than max_bytes. */
NODISCARD DocumentFit document_stream_take(DocumentStream *stream,
                                           uint64_t max_bytes, Buf *out);

/* Skips the next document. */
NODISCARD DocumentFit document_stream_skip(DocumentStream *stream);

/* Whether there are bytes after the last document. */
bool document_stream_has_more(DocumentStream *stream);

#endif
