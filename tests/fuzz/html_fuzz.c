/* html_fuzz.c - any bytes as a page of HTML.
 *
 * The first byte chooses the encoding. Title and text must be valid UTF-8 and
 * not be much larger than the page; the page after it is read, too.
 */
#include "readers/html_page.h"

#include "common/base/utf8_clean.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const charsets[] = {NULL, "utf-8", "latin1", "gb18030"};
    if (!size) return 0;
    Error error;
    HtmlPage *page;
    HtmlText text;
    PROMISE(html_page_new(&page, &error) == OK);
    Span html = span_of(data + 1, size - 1);
    PROMISE(html_page_read(page, html, charsets[data[0] % 4], &text, &error) ==
            OK);
    if (text.reason) { /* too much memory */
        html_page_free(page);
        return 0;
    }
    PROMISE(utf8_is_clean(text.title) && utf8_is_clean(text.text));
    /* A byte may become U+FFFD with a break before it; <isindex> a sentence. */
    PROMISE(text.title.size + text.text.size <= 16 * size + 64);
    PROMISE(html_page_read(page, span_text("<p>a"), NULL, &text, &error) == OK);
    PROMISE(span_equals_text(text.text, "a"));
    html_page_free(page);
    return 0;
}
