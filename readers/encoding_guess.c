/* encoding_guess.c - the likely encoding of text that is not UTF-8; the only
 * user of uchardet.
 *
 * uchardet compares frequencies of letters with those of languages. A few
 * letters are not enough to tell the many encodings of Latin letters apart
 * ("naïve" alone would be IBM852): then windows-1252, which most such text is
 * in, is the better guess.
 */
#include "readers/encoding_guess.h"

#include "common/input/encoding.h"

#include <uchardet/uchardet.h>

enum {
    BEFORE_BYTES = 4 * 1024, /* of the first byte beyond ASCII */
    AFTER_BYTES = 256 * 1024,
    FEW_LETTERS = 16
};

static bool is_latin(const Encoding *encoding)
{
    static const char *const names[] = {
        "ISO-8859-2",   "ISO-8859-3",   "ISO-8859-4",   "ISO-8859-10",
        "ISO-8859-13",  "ISO-8859-14",  "ISO-8859-15",  "ISO-8859-16",
        "windows-1250", "windows-1254", "windows-1257", "windows-1258",
        "IBM852",       "IBM858",       "macintosh",    "VISCII"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], encoding->name)) return true;
    return false;
}

/* The text around its first byte beyond ASCII. */
static Span telling_part(Span text)
{
    size_t first = 0;
    while (first < text.size && text.data[first] < 0x80) first++;
    size_t start = first > BEFORE_BYTES ? first - BEFORE_BYTES : 0;
    size_t size = text.size - start;
    size_t most = first - start + AFTER_BYTES;
    return span_of(text.data + start, size < most ? size : most);
}

static size_t count_letters(Span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) count += text.data[i] >= 0x80;
    return count;
}

const char *encoding_guess(Span text)
{
    text = telling_part(text);
    uchardet_t detector = uchardet_new();
    if (!detector) return NULL;
    const Encoding *found = NULL;
    if (!uchardet_handle_data(detector, (const char *)text.data, text.size)) {
        uchardet_data_end(detector);
        found = encoding_find(span_text(uchardet_get_charset(detector)));
    }
    uchardet_delete(detector);
    if (!found || found->kind != ENCODING_OF_LIBC) return NULL;
    bool is_vague = is_latin(found) && count_letters(text) < FEW_LETTERS;
    return is_vague ? "windows-1252" : found->name;
}
