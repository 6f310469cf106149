/* buf.h - a growable byte buffer with a sticky error.
 *
 * The first failure (no memory) is kept in `status`; every later put does
 * nothing, so callers put without checking and check once at the end. Start
 * with `Buf buf = {0}`; release with buf_release. Not thread-safe.
 */
#ifndef QUERN_BASE_BUF_H
#define QUERN_BASE_BUF_H

#include "common/base/span.h"
#include "common/base/status.h"

typedef struct Buf {
    uint8_t *data; /* owned; NULL while empty */
    size_t size;
    size_t capacity;
    Status status;
} Buf;

void buf_release(Buf *buf);

/* Drops the content and any failure, keeps the memory. */
static inline void buf_clear(Buf *buf)
{
    buf->size = 0;
    buf->status = OK;
}

/* Makes room for `size` more bytes and returns their address, or NULL on
 * failure. The caller fills them and adds the bytes it used to buf->size. */
uint8_t *buf_reserve(Buf *buf, size_t size);

void buf_put(Buf *buf, const void *bytes, size_t size);
void buf_put_span(Buf *buf, Span span);
void buf_put_text(Buf *buf, const char *text);
void buf_put_byte(Buf *buf, uint8_t byte);
void buf_put_u16le(Buf *buf, uint16_t value);
void buf_put_u32le(Buf *buf, uint32_t value);
void buf_put_u64le(Buf *buf, uint64_t value);
void buf_put_varint(Buf *buf, uint64_t value);
void buf_put_zeros(Buf *buf, size_t size);
/* With a decimal point in any locale. */
void buf_printf(Buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);

/* The content as a C string, or NULL on failure; the terminating zero is not
 * counted in size. Borrowed until the next put. */
const char *buf_text(Buf *buf);

/* Borrowed until the next put. */
static inline Span buf_span(const Buf *buf)
{
    return span_of(buf->data, buf->size);
}

/* Takes over the failure of another buffer whose content was put into this
 * one. */
static inline void buf_keep_failure(Buf *buf, const Buf *other)
{
    if (other->status != OK) buf->status = other->status;
}

/* OK, or the kept failure with the message "out of memory while WHAT". */
NODISCARD Status buf_check(const Buf *buf, const char *what, Error *error);

#endif
