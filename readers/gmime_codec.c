/* gmime_codec.c - what GMime decodes of a mail; the only user of GMime. */
#include "readers/gmime_codec.h"

#include "common/input/blank.h"

#include <gmime/gmime.h>
#include <pthread.h>

/* GMime's tables last as long as the process. */
static pthread_once_t initialized = PTHREAD_ONCE_INIT;

/* The value as a C string, cut and without NUL bytes. */
static const char *put_text(char *out, Span value)
{
    size_t size = value.size < CODEC_VALUE_BYTES ? value.size
                                                 : CODEC_VALUE_BYTES;
    for (size_t i = 0; i < size; i++)
        out[i] = value.data[i] ? (char)value.data[i] : ' ';
    out[size] = 0;
    return out;
}

static void put_lower(Buf *out, const char *text)
{
    for (; text && *text; text++) {
        bool is_upper = *text >= 'A' && *text <= 'Z';
        buf_put_byte(out, (uint8_t)(is_upper ? *text | 0x20 : *text));
    }
}

static bool equals(const char *text, const char *word)
{
    return text && span_equal_caseless(span_text(text), span_text(word));
}

static void set_text(Buf *out, const char *text)
{
    buf_clear(out);
    if (text) buf_put_text(out, text);
}

static void read_content_type(PartType *out, Span value)
{
    char text[CODEC_VALUE_BYTES + 1];
    GMimeContentType *type = g_mime_content_type_parse(NULL,
                                                       put_text(text, value));
    put_lower(&out->type, g_mime_content_type_get_media_type(type));
    buf_put_byte(&out->type, '/');
    put_lower(&out->type, g_mime_content_type_get_media_subtype(type));
    set_text(&out->charset, g_mime_content_type_get_parameter(type, "charset"));
    set_text(&out->boundary,
             g_mime_content_type_get_parameter(type, "boundary"));
    set_text(&out->name, g_mime_content_type_get_parameter(type, "name"));
    out->is_flowed = equals(g_mime_content_type_get_parameter(type, "format"),
                            "flowed");
    out->deletes_space = equals(
        g_mime_content_type_get_parameter(type, "delsp"), "yes");
    g_object_unref(type);
}

static void read_disposition(PartType *out, Span value)
{
    char text[CODEC_VALUE_BYTES + 1];
    GMimeContentDisposition *disposition = g_mime_content_disposition_parse(
        NULL, put_text(text, value));
    out->is_attachment = equals(
        g_mime_content_disposition_get_disposition(disposition), "attachment");
    const char *name = g_mime_content_disposition_get_parameter(disposition,
                                                                "filename");
    if (name && *name) set_text(&out->name, name);
    g_object_unref(disposition);
}

void part_type_read(PartType *out, Span content_type, Span disposition)
{
    pthread_once(&initialized, g_mime_init);
    Buf *all[] = {&out->type, &out->charset, &out->boundary, &out->name};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) buf_clear(all[i]);
    out->is_attachment = out->is_flowed = out->deletes_space = false;
    /* GMime takes a type without a subtype for unknown bytes; RFC 2045, 5.2,
     * for text. */
    if (content_type.size &&
        memchr(content_type.data, '/', content_type.size)) {
        read_content_type(out, content_type);
    } else {
        buf_put_text(&out->type, "text/plain");
    }
    if (disposition.size) read_disposition(out, disposition);
}

void part_type_release(PartType *type)
{
    Buf *all[] = {&type->type, &type->charset, &type->boundary, &type->name};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) buf_release(all[i]);
}

TransferEncoding transfer_encoding(Span value)
{
    static const struct {
        const char *name;
        TransferEncoding encoding;
    } names[] = {{"base64", TRANSFER_BASE64},
                 {"quoted-printable", TRANSFER_QUOTED},
                 {"x-uuencode", TRANSFER_UUENCODED},
                 {"uuencode", TRANSFER_UUENCODED},
                 {"x-uue", TRANSFER_UUENCODED}};
    value = span_trim(value);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (span_equal_caseless(value, span_text(names[i].name)))
            return names[i].encoding;
    return TRANSFER_PLAIN;
}

/* Decodes with one of GMime's step functions, `tail` after the bytes. */
static void put_steps(Buf *out, GMimeContentEncoding encoding, Span bytes,
                      const char *tail)
{
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, encoding);
    size_t tail_size = strlen(tail);
    char *at = (char *)buf_reserve(
        out, g_mime_encoding_outlen(&state, bytes.size + tail_size));
    if (!at) return;
    size_t used = g_mime_encoding_step(&state, (const char *)bytes.data,
                                       bytes.size, at);
    used += g_mime_encoding_step(&state, tail, tail_size, at + used);
    out->size += used;
}

/* The lines between "begin 644 name" and "end". */
static Span uuencoded_lines(Span bytes)
{
    while (bytes.size) {
        const uint8_t *feed = memchr(bytes.data, '\n', bytes.size);
        size_t size = feed ? (size_t)(feed - bytes.data) + 1 : bytes.size;
        bool begins = span_begins(bytes, span_text("begin "));
        bytes = span_of(bytes.data + size, bytes.size - size);
        if (begins) break;
    }
    return bytes;
}

void transfer_put_decoded(Buf *out, TransferEncoding encoding, Span bytes)
{
    if (bytes.size == 0) return;
    switch (encoding) {
    case TRANSFER_BASE64: /* the padding that may be missing */
        put_steps(out, GMIME_CONTENT_ENCODING_BASE64, bytes, "==");
        break;
    case TRANSFER_QUOTED:
        put_steps(out, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE, bytes, "");
        break;
    case TRANSFER_UUENCODED:
        bytes = uuencoded_lines(bytes);
        if (bytes.size)
            put_steps(out, GMIME_CONTENT_ENCODING_UUENCODE, bytes, "");
        break;
    case TRANSFER_PLAIN: buf_put_span(out, bytes); break;
    }
}
