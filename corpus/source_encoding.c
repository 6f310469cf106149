/* source_encoding.c - how the bytes of a source become UTF-8.
 *
 * The first of these decides: the encoding that the options name; a byte-order
 * mark; UTF-16 by its zeros; what the text declares; UTF-8, if the text is
 * that, perhaps with some damage; a guess, which is reported. Without a guess,
 * what is not UTF-8 is replaced by U+FFFD.
 */
#include "corpus/reader.h"

#include "common/input/encoding_detect.h"

#include <stdio.h>

Status source_begin_encoding(const Source *source, Error *error)
{
    const Encoding *named = source->options->encoding;
    Span start;
    if (named) return stream_decode(source->stream, named, error);
    if (stream_encoding(source->stream)) return OK;
    Status status = stream_peek(source->stream, DETECT_PEEK_BYTES, &start,
                                error);
    if (status != OK) return status;
    const Encoding *wide = encoding_of_zeros(start,
                                             start.size < DETECT_PEEK_BYTES);
    return wide ? stream_decode(source->stream, wide, error) : OK;
}

static Status report_guess(const Source *source, const Encoding *guess,
                           Error *error)
{
    char reason[80];
    Place place = source_whole(source);
    snprintf(reason, sizeof reason, "not UTF-8; read as %s, which is a guess",
             guess->name);
    return listener_changed(source->listener, &place, reason, ADVICE_ENCODING,
                            error);
}

Status source_settle_encoding(const Source *source, Span text, bool is_whole,
                              Error *error)
{
    const CorpusExtras *extras = source->options->extras;
    if (stream_encoding(source->stream)) return OK;
    const Encoding *found = encoding_declared(text,
                                              source->format == CORPUS_HTML);
    if (found) return stream_decode(source->stream, found, error);
    if (!extras || !extras->guess_encoding || encoding_is_utf8(text, is_whole))
        return OK;
    const char *name = extras->guess_encoding(text);
    found = name ? encoding_find(span_text(name)) : NULL;
    if (!found || found->kind == ENCODING_UTF8) return OK;
    Status status = report_guess(source, found, error);
    return status == OK ? stream_decode(source->stream, found, error) : status;
}
