/* mail_detect.h - whether a source is a mail or a mailbox; private to corpus/.
 */
#ifndef QUERN_CORPUS_MAIL_DETECT_H
#define QUERN_CORPUS_MAIL_DETECT_H

#include "common/base/span.h"

#include <stdbool.h>

/* `start` is the beginning of the source. */
bool looks_like_mail(Span start, const char *name);

#endif
