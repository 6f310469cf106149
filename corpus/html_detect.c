/* html_detect.c - whether a source is HTML or XHTML. */
#include "corpus/html_detect.h"

bool looks_like_html(Span start, const char *name)
{
    (void)start;
    (void)name;
    return false;
}
