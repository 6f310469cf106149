/* html_text.h - text from outside, made safe inside an HTML page. */
#ifndef QUERN_REPORT_HTML_TEXT_H
#define QUERN_REPORT_HTML_TEXT_H

#include "common/base/buf.h"

/* Escapes markup in text and in quoted attributes; invalid UTF-8 and what is
 * invisible or changes the direction of text is shown as \xHH. */
void put_html(Buf *out, const char *text);

/* The same of several lines, for <pre>: line feeds stay. */
void put_html_lines(Buf *out, const char *text);

/* The same, at most `columns` characters, the last of which is then an
 * ellipsis. For labels of charts, which cannot wrap. */
void put_html_short(Buf *out, const char *text, size_t columns);

#endif
