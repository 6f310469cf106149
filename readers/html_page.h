/* html_page.h - HTML in memory to its title and its visible text.
 *
 * For files, and for parts of mails. Without gumbo html_page_new fails with
 * ERR_UNSUPPORTED.
 *
 * Time and memory are bounded for any bytes: elements nested deeper than
 * HTML_MAX_DEPTH become siblings, as in browsers (html_prepare.h), and a page
 * whose parsing takes more than HTML_MAX_SECONDS of a processor, or more memory
 * than pages of its size do, is given up.
 */
#ifndef QUERN_READERS_HTML_PAGE_H
#define QUERN_READERS_HTML_PAGE_H

#include "common/base/span.h"
#include "common/base/status.h"

#include <stdbool.h>

enum {
    HTML_PAGE_MAX_BYTES = 64 << 20,
    HTML_MAX_MEMORY_PER_BYTE = 128, /* of the page, and 64 MB */
    HTML_MAX_SECONDS = 60
};
/* Of the parser's tree, for any page. */
#define HTML_MAX_MEMORY ((size_t)2 << 30)
#define HTML_PAGE_TOO_LARGE "HTML larger than 64 MB"

/* Memory that is used from page to page. */
typedef struct HtmlPage HtmlPage;

NODISCARD Status html_page_new(HtmlPage **out, Error *error);

typedef struct HtmlText {
    Span title, text;   /* UTF-8; borrowed until the next call */
    const char *reason; /* why the page cannot be read, a phrase; NULL: it is */
    bool is_replaced;   /* invalid bytes became U+FFFD */
} HtmlText;

/* Reads a page whose bytes are in the encoding `charset`, a label such as
 * "latin1" or NULL: then in the one that the page declares, or UTF-8. An
 * unknown label counts as none. */
NODISCARD Status html_page_read(HtmlPage *page, Span bytes, const char *charset,
                                HtmlText *out, Error *error);

void html_page_free(HtmlPage *page); /* NULL is fine */

#endif
