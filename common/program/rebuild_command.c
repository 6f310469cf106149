/* rebuild_command.c - the command that makes an index again. */
#include "common/program/rebuild_command.h"

enum { MAX_SOURCES = 3 };

static bool is_safe(uint8_t byte)
{
    uint8_t low = byte | 0x20;
    return (low >= 'a' && low <= 'z') || (byte >= '0' && byte <= '9') ||
           byte >= 0x80 || strchr("%+,-./:=@_", byte);
}

/* As an argument for a POSIX shell. */
static void put_argument(Buf *out, const char *text)
{
    size_t safe = 0;
    while (text[safe] && is_safe((uint8_t)text[safe])) safe++;
    buf_put_byte(out, ' ');
    if (safe && !text[safe]) {
        buf_put_text(out, text);
        return;
    }
    buf_put_byte(out, '\'');
    for (; *text; text++) {
        if (*text == '\'') buf_put_text(out, "'\\'");
        buf_put_byte(out, (uint8_t)*text);
    }
    buf_put_byte(out, '\'');
}

void put_rebuild_command(Buf *out, const Index *index)
{
    const Manifest *manifest = &index->manifest;
    buf_put_text(out, "indexer --force -o");
    put_argument(out, index->folder);
    for (size_t i = 0; i < manifest->source_count; i++) {
        if (i == MAX_SOURCES) {
            buf_put_text(out, " ...");
            return;
        }
        put_argument(out, manifest->sources[i]);
    }
}
