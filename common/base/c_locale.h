/* c_locale.h - numbers as text with a decimal point, and the system's messages
 * in English, whatever the locale.
 *
 * A program that uses the library may have set a locale with a decimal comma:
 * printf and strtof would write and expect it, in MANIFEST and in queries.
 * Between c_locale_enter and c_locale_leave the calling thread has the locale
 * "C"; other threads are not affected. In glibc and musl this is a constant and
 * costs some nanoseconds.
 */
#ifndef QUERN_BASE_C_LOCALE_H
#define QUERN_BASE_C_LOCALE_H

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static inline locale_t c_locale_enter(void)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    return plain ? uselocale(plain) : (locale_t)0;
}

/* `before` is what c_locale_enter returned. */
static inline void c_locale_leave(locale_t before)
{
    if (before) freelocale(uselocale(before));
}

/* strtof with a decimal point. */
static inline float c_locale_float(const char *text, char **end)
{
    locale_t before = c_locale_enter();
    float value = strtof(text, end);
    c_locale_leave(before);
    return value;
}

/* strerror in ASCII; in the program's locale it may be in any encoding. Valid
 * until the thread's next call. */
static inline const char *c_locale_strerror(int cause)
{
    locale_t before = c_locale_enter();
    const char *message = strerror(cause);
    c_locale_leave(before);
    return message;
}

#endif
