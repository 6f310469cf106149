/* html_prepare.h - changes a page where a parser of HTML would take too long,
 * or not read it as a browser does.
 *
 * - Attributes are left out: they are no text, and what a parser spends most
 *   of its time and memory on.
 * - A start tag below HTML_MAX_DEPTH open elements is left out, with its end
 *   tag; if it may be a block, <br> takes its place. Browsers make such
 *   elements siblings (512 deep in Chromium); the text is the same.
 * - <frameset> is made an unknown tag in pages with more than MANY_TAGS: it
 *   would have the parser remove what was read so far, recursively.
 * - <noscript> is left out with its content, which browsers that run scripts
 *   do not show; gumbo would take some of it for the body. <isindex> is left
 *   out, for which gumbo writes a sentence.
 * - In XHTML, <title/> or <script src="x"/> is an element without content. In
 *   HTML it has the rest of the page for content. So it gets an end tag. And
 *   <![CDATA[a<b]]> is text, which in HTML is a comment.
 */
#ifndef QUERN_READERS_HTML_PREPARE_H
#define QUERN_READERS_HTML_PREPARE_H

#include "common/base/buf.h"

enum { HTML_MAX_DEPTH = 256 };

/* The page itself if nothing is to be changed, or its changed copy in *room,
 * which is emptied first and to be checked by the caller. Linear in time. */
Span html_prepare(Span html, Buf *room);

#endif
