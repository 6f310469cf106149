/* buf.c - a growable byte buffer with a sticky error. */
#include "common/base/buf.h"

#include "common/base/bytes.h"
#include "common/base/c_locale.h"
#include "common/base/varint.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_release(Buf *buf)
{
    free(buf->data);
    *buf = (Buf){0};
}

uint8_t *buf_reserve(Buf *buf, size_t size)
{
    if (buf->status != OK) return NULL;
    if (size > buf->capacity - buf->size || !buf->data) {
        size_t wanted = buf->capacity + buf->capacity / 2;
        if (wanted < buf->size + size) wanted = buf->size + size;
        if (wanted < 64) wanted = 64;
        uint8_t *data = wanted < size ? NULL : realloc(buf->data, wanted);
        if (!data) {
            buf->status = ERR_NO_MEMORY;
            return NULL;
        }
        buf->data = data;
        buf->capacity = wanted;
    }
    return buf->data + buf->size;
}

void buf_put(Buf *buf, const void *bytes, size_t size)
{
    if (size == 0) return;
    uint8_t *at = buf_reserve(buf, size);
    if (!at) return;
    memcpy(at, bytes, size);
    buf->size += size;
}

void buf_put_span(Buf *buf, Span span)
{
    buf_put(buf, span.data, span.size);
}

void buf_put_text(Buf *buf, const char *text)
{
    buf_put(buf, text, strlen(text));
}

void buf_put_byte(Buf *buf, uint8_t byte)
{
    buf_put(buf, &byte, 1);
}

void buf_put_u16le(Buf *buf, uint16_t value)
{
    uint8_t bytes[2];
    put_u16le(bytes, value);
    buf_put(buf, bytes, sizeof bytes);
}

void buf_put_u32le(Buf *buf, uint32_t value)
{
    uint8_t bytes[4];
    put_u32le(bytes, value);
    buf_put(buf, bytes, sizeof bytes);
}

void buf_put_u64le(Buf *buf, uint64_t value)
{
    uint8_t bytes[8];
    put_u64le(bytes, value);
    buf_put(buf, bytes, sizeof bytes);
}

void buf_put_varint(Buf *buf, uint64_t value)
{
    uint8_t bytes[VARINT_MAX_BYTES];
    buf_put(buf, bytes, (size_t)(varint_put(bytes, value) - bytes));
}

void buf_put_zeros(Buf *buf, size_t size)
{
    uint8_t *at = size ? buf_reserve(buf, size) : NULL;
    if (!at) return;
    memset(at, 0, size);
    buf->size += size;
}

void buf_printf(Buf *buf, const char *format, ...)
{
    va_list arguments;
    locale_t locale = c_locale_enter();
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0 && buf->status == OK) buf->status = ERR_NO_MEMORY;
    char *at = length < 0 ? NULL : (char *)buf_reserve(buf, (size_t)length + 1);
    if (at) {
        va_start(arguments, format);
        vsnprintf(at, (size_t)length + 1, format, arguments);
        va_end(arguments);
        buf->size += (size_t)length;
    }
    c_locale_leave(locale);
}

const char *buf_text(Buf *buf)
{
    uint8_t *end = buf_reserve(buf, 1);
    if (!end) return NULL;
    *end = 0;
    return (const char *)buf->data;
}

Status buf_check(const Buf *buf, const char *what, Error *error)
{
    return buf->status == OK ? OK : fail_memory(error, what);
}
