/* gmime_codec.h - what GMime decodes of a mail: the values of Content-Type and
 * Content-Disposition, and base64, quoted-printable and uuencode.
 *
 * The parts of a mail are found by mail_parts.h, and encoded words by
 * mail_header.h, not by GMime's parser, in which a hostile mail is not bounded
 * (GMime 3.2.13): 10 MB of headers "a: b" take 1 GB, 10 MB of empty parts 2.6
 * GB; an encoded word whose charset has a name of 9 MB overflows the stack; 400
 * kB of encoded words that do not end take 7 s, and twice that 30 s. What GMime
 * gets here is bounded: values of at most CODEC_VALUE_BYTES, and bodies, which
 * it decodes into at most their own size.
 *
 * One thread at a time for each object. GMime ends the process if it gets no
 * memory.
 */
#ifndef QUERN_READERS_GMIME_CODEC_H
#define QUERN_READERS_GMIME_CODEC_H

#include "common/base/buf.h"

enum { CODEC_VALUE_BYTES = 8 * 1024 }; /* of a value; the rest is ignored */

/* What the two headers say of a part. Start with {0}; the buffers are used from
 * part to part. All in UTF-8. */
typedef struct PartType {
    Buf type; /* "text/plain", in lower case; that is also the default */
    Buf charset, boundary;
    Buf name; /* of the file: filename, or name */
    bool is_attachment;
    bool is_flowed, deletes_space; /* format=flowed, delsp=yes (RFC 3676) */
} PartType;

/* Both are values without line ends, empty if the part has no such header.
 * `type` is "text/plain" if Content-Type is missing or malformed. */
void part_type_read(PartType *out, Span content_type, Span disposition);
void part_type_release(PartType *type);

typedef enum TransferEncoding {
    TRANSFER_PLAIN, /* 7bit, 8bit, binary, unknown */
    TRANSFER_BASE64,
    TRANSFER_QUOTED,
    TRANSFER_UUENCODED
} TransferEncoding;

/* Of the value of Content-Transfer-Encoding. */
TransferEncoding transfer_encoding(Span value);

/* Appends the decoded bytes. Bytes that the encoding does not have are left
 * out, or, in quoted-printable, kept. */
void transfer_put_decoded(Buf *out, TransferEncoding encoding, Span bytes);

#endif
