/* html_page_absent.c - html_page.h where the library for HTML is missing. */
#include "readers/html_page.h"

Status html_page_new(HtmlPage **out, Error *error)
{
    *out = NULL;
    return fail(error, ERR_UNSUPPORTED,
                "HTML cannot be read: this program was built without the "
                "package libgumbo-dev");
}

Status html_page_read(HtmlPage *page, Span bytes, const char *charset,
                      HtmlText *out, Error *error)
{
    (void)page;
    (void)bytes;
    (void)charset;
    *out = (HtmlText){0};
    return fail(error, ERR_UNSUPPORTED, "HTML cannot be read");
}

void html_page_free(HtmlPage *page)
{
    (void)page;
}
