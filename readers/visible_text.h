/* visible_text.h - collects text as a browser shows it.
 *
 * White space is collapsed: runs of it become one space, none begins or ends a
 * line. Breaks that come from elements are put only where text follows.
 */
#ifndef QUERN_READERS_VISIBLE_TEXT_H
#define QUERN_READERS_VISIBLE_TEXT_H

#include "common/base/buf.h"

typedef enum TextBreak { BREAK_NONE, BREAK_SPACE, BREAK_LINE } TextBreak;

typedef struct VisibleText {
    Buf text;
    TextBreak pending; /* before the next word */
} VisibleText;

/* Empty, with the memory of before. */
void visible_text_clear(VisibleText *out);

/* `is_kept`: white space is text, as in <pre>. */
void visible_text_put(VisibleText *out, Span text, bool is_kept);

void visible_text_break(VisibleText *out, TextBreak kind);

#endif
