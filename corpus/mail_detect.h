/* mail_detect.h - whether a source is a mail or a mailbox of mails.
 *
 *   mail      a block of header lines, of which two or more are headers that
 *             mails have, up to an empty line; one is enough if the name ends
 *             in .eml
 *   mbox      a separator line and header lines after it
 *   Maildir   any file in the folder cur or new next to each other
 */
#ifndef QUERN_CORPUS_MAIL_DETECT_H
#define QUERN_CORPUS_MAIL_DETECT_H

#include "common/base/compiler.h"
#include "common/base/span.h"

#include <stdbool.h>

/* `start` is the beginning of the source. */
bool looks_like_mail(Span start, const char *name);

/* Of a source that is mail: whether it is an mbox, which may hold several. */
bool looks_like_mbox(Span start, const char *name);

/* Longer lines never separate mails. */
enum { MAIL_SEPARATOR_MAX_BYTES = 240 };

/* "From ada@example.org Thu Jan  1 09:00:00 2026", without its line end: a
 * sender, a day of the week, a time and a year. "From here on" is text. */
bool mail_is_separator(Span line);

/* How many bytes the name of a header line has, before its colon; 0 if the
 * line cannot be one. */
size_t mail_header_name(Span line);

/* Whether a file of this path is a mail in a Maildir. */
bool mail_is_in_maildir(const char *path);

/* Whether a folder, a path ending in /tmp, is that of a Maildir: it holds mails
 * that are still being delivered. */
bool mail_is_maildir_tmp(const char *path);

/* How many stored fields a mail has besides those that the options name. */
enum { MAIL_DEFAULT_FIELDS = 4 };

/* Whether a stored or id field of this name may be that of mails: their
 * documents have fields in folders, too. */
bool mail_has_field(const char *name);

#endif
