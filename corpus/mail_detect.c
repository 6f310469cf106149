/* mail_detect.c - whether a source is a mail or a mailbox of mails. */
#include "corpus/mail_detect.h"

#include "common/input/text_line.h"
#include "corpus/file_ending.h"

#include <stdio.h>
#include <sys/stat.h>

/* Headers that mails have and other blocks of "Name: value" rarely. */
static const char *const MAIL_HEADERS[] = {
    "From",        "To",          "Cc",       "Bcc",      "Date",
    "Subject",     "Message-ID",  "Received", "Reply-To", "Return-Path",
    "In-Reply-To", "References",  "Sender",   "List-Id",  "Delivered-To",
    "Newsgroups",  "MIME-Version"};
enum { MAIL_HEADER_COUNT = sizeof MAIL_HEADERS / sizeof *MAIL_HEADERS };

size_t mail_header_name(Span line)
{
    size_t size = 0;
    while (size < line.size && line.data[size] > ' ' &&
           line.data[size] < 0x7f && line.data[size] != ':')
        size++;
    return size < line.size && line.data[size] == ':' ? size : 0;
}

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

/* 9:05, 09:05, 09:05:59 */
static bool is_time(Span word)
{
    size_t hours = 0;
    while (hours < word.size && is_digit(word.data[hours])) hours++;
    return (hours == 1 || hours == 2) && word.size >= hours + 3 &&
           word.data[hours] == ':' && is_digit(word.data[hours + 1]) &&
           is_digit(word.data[hours + 2]);
}

static bool is_year(Span word)
{
    if (word.size != 4) return false;
    for (size_t i = 0; i < 4; i++)
        if (!is_digit(word.data[i])) return false;
    return *word.data == '1' || *word.data == '2';
}

static bool is_weekday(Span word)
{
    static const char days[] = "MonTueWedThuFriSatSun";
    if (word.size == 4 && word.data[3] == ',') word.size--;
    if (word.size != 3) return false;
    for (size_t i = 0; i + 3 < sizeof days; i += 3)
        if (!memcmp(days + i, word.data, 3)) return true;
    return false;
}

bool mail_is_separator(Span line)
{
    static const char from[] = "From ";
    bool has_day = false, has_time = false, has_year = false;
    if (!span_begins(line, span_text(from)) ||
        line.size > MAIL_SEPARATOR_MAX_BYTES)
        return false;
    for (size_t at = sizeof from - 1, end; at < line.size; at = end + 1) {
        for (end = at; end < line.size && line.data[end] != ' '; end++) {
        }
        Span word = span_of(line.data + at, end - at);
        if (is_weekday(word)) {
            has_day = true;
        } else if (has_day && is_time(word)) {
            has_time = true;
        } else if (has_day && is_year(word)) {
            has_year = true;
        }
    }
    return has_time && has_year;
}

/* Its position among MAIL_HEADERS, or MAIL_HEADER_COUNT. */
static size_t known_header(Span name)
{
    size_t i = 0;
    while (i < MAIL_HEADER_COUNT &&
           !span_equal_caseless(name, span_text(MAIL_HEADERS[i])))
        i++;
    return i;
}

static bool is_continuation(Span line)
{
    return line.size && (*line.data == ' ' || *line.data == '\t');
}

/* How many different mail headers a block of headers begins with; 0 if it is
 * not one up to an empty line, or up to the end of the bytes seen. */
static size_t count_headers(Span block)
{
    uint32_t seen = 0;
    size_t count = 0;
    for (bool is_first = true; block.size; is_first = false) {
        Span line = text_line_take(&block);
        if (line.size == 0) return count;
        if (is_continuation(line) && !is_first) continue;
        size_t name = mail_header_name(line);
        if (!name && block.size) return 0; /* the last line may be cut */
        size_t known = known_header(span_of(line.data, name));
        if (known == MAIL_HEADER_COUNT || seen >> known & 1) continue;
        seen |= UINT32_C(1) << known;
        count++;
    }
    return count;
}

bool looks_like_mail(Span start, const char *name)
{
    if (mail_is_in_maildir(name)) return true;
    bool has_separator = false;
    if (span_begins(start, span_text("From "))) {
        has_separator = mail_is_separator(text_line_take(&start));
        if (!has_separator) return false;
    }
    size_t least = has_separator || name_ends(name, ".eml") ? 1 : 2;
    return count_headers(start) >= least;
}

bool looks_like_mbox(Span start, const char *name)
{
    return !name_ends(name, ".eml") && !mail_is_in_maildir(name) &&
           mail_is_separator(text_line_take(&start));
}

/* Whether `folder`, the first `size` bytes of a path that end in a slash or are
 * none, has this folder in it. */
static bool has_folder(const char *path, size_t size, const char *name)
{
    char full[4096];
    struct stat facts;
    int used = snprintf(full, sizeof full, "%.*s%s", (int)size, path, name);
    return used > 0 && (size_t)used < sizeof full && stat(full, &facts) == 0 &&
           S_ISDIR(facts.st_mode);
}

/* Where the last part of the path begins, if it is `name`; else 0. */
static bool ends_in_folder(Span path, const char *name, size_t *before)
{
    size_t size = strlen(name);
    if (path.size < size || memcmp(path.data + path.size - size, name, size))
        return false;
    *before = path.size - size;
    return *before == 0 || path.data[*before - 1] == '/';
}

bool mail_is_in_maildir(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t before;
    if (!slash) return false;
    Span folder = span_of(path, (size_t)(slash - path));
    return (ends_in_folder(folder, "cur", &before) ||
            ends_in_folder(folder, "new", &before)) &&
           has_folder(path, before, "cur") && has_folder(path, before, "new");
}

bool mail_is_maildir_tmp(const char *path)
{
    size_t before;
    return ends_in_folder(span_text(path), "tmp", &before) &&
           has_folder(path, before, "cur") && has_folder(path, before, "new");
}

bool mail_has_field(const char *name)
{
    Span given = span_text(name);
    return known_header(given) < MAIL_HEADER_COUNT ||
           (given.size > 2 &&
            span_equal_caseless(span_of(given.data, 2), span_text("x-")));
}
