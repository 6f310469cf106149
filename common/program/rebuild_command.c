/* rebuild_command.c - the command that makes an index again. */
#include "common/program/rebuild_command.h"

#include "common/segment/history.h"

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

/* Sources that cannot be read are left out. */
static void put_sources(Buf *out, const Index *index)
{
    History history;
    Error ignored;
    if (history_read_from(index->folder, &index->manifest, &history,
                          &ignored) != OK)
        return;
    for (size_t i = 0; i < history.source_count && i < MAX_SOURCES; i++)
        put_argument(out, history.sources[i]);
    if (history.source_count > MAX_SOURCES) buf_put_text(out, " ...");
    history_release(&history);
}

void put_rebuild_command(Buf *out, const Index *index)
{
    buf_put_text(out, "indexer --force -o");
    put_argument(out, index->folder);
    put_sources(out, index);
}
