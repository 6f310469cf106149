/* stemmer.c - Snowball's stemmers. */
#include "common/text/stemmer.h"

#include "common/base/buf.h"

#include <libstemmer.h>

/* A Stemmer is libstemmer's handle by another name. */
static struct sb_stemmer *handle(Stemmer *stemmer)
{
    return (struct sb_stemmer *)stemmer;
}

static Status fail_language(const char *language, Error *error)
{
    Buf names = {0};
    for (const char **name = sb_stemmer_list(); *name; name++)
        buf_printf(&names, "%s%s", names.size ? " " : "", *name);
    const char *text = buf_text(&names);
    fail(error, ERR_USAGE, "unknown stemmer '%s'; use one of: %s", language,
         text ? text : "");
    buf_release(&names);
    return ERR_USAGE;
}

Status stemmer_new(const char *language, Stemmer **out, Error *error)
{
    *out = (Stemmer *)sb_stemmer_new(language, NULL);
    return *out ? OK : fail_language(language, error);
}

void stemmer_free(Stemmer *stemmer)
{
    sb_stemmer_delete(handle(stemmer));
}

Span stemmer_stem(Stemmer *stemmer, Span word)
{
    const sb_symbol *stem = sb_stemmer_stem(handle(stemmer), word.data,
                                            (int)word.size);
    if (!stem) return (Span){NULL, 0};
    return span_of(stem, (size_t)sb_stemmer_length(handle(stemmer)));
}

int stemmer_languages(void)
{
    int count = 0;
    for (const char **name = sb_stemmer_list(); *name; name++) count++;
    return count;
}
