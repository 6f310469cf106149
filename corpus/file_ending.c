/* file_ending.c - the ending of a file's name. */
#include "corpus/file_ending.h"

#include "common/base/span.h"

static bool ends(Span name, Span ending)
{
    return name.size >= ending.size &&
           span_equal_caseless(
               span_of(name.data + name.size - ending.size, ending.size),
               ending);
}

bool name_ends(const char *name, const char *ending)
{
    static const char *const packed[] = {"", ".gz", ".zst"};
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++) {
        Span whole = span_text(name), tail = span_text(packed[i]);
        if (!ends(whole, tail)) continue;
        whole.size -= tail.size;
        if (ends(whole, span_text(ending))) return true;
    }
    return false;
}
