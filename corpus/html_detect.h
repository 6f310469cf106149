/* html_detect.h - whether a source is HTML or XHTML; private to corpus/. */
#ifndef QUERN_CORPUS_HTML_DETECT_H
#define QUERN_CORPUS_HTML_DETECT_H

#include "common/base/span.h"

#include <stdbool.h>

/* `start` is the beginning of the source. */
bool looks_like_html(Span start, const char *name);

#endif
