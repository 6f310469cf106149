/* terminal.c - properties of standard output: terminal, width, colours. */
#include "searcher/output/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DEFAULT_WIDTH = 80, NARROWEST = 40, WIDEST = 1000 };

static size_t screen_width(void)
{
    struct winsize size;
    unsigned long width = 0;
    if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size)) width = size.ws_col;
    const char *columns = getenv("COLUMNS");
    if (!width && columns) width = strtoul(columns, NULL, 10);
    if (!width) return DEFAULT_WIDTH;
    return width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width;
}

static bool environment_wants_color(bool is_terminal)
{
    const char *no_color = getenv("NO_COLOR");
    if (no_color && *no_color) return false;
    const char *terminal = getenv("TERM");
    return is_terminal && terminal && strcmp(terminal, "dumb") != 0;
}

Terminal terminal_look(ColorChoice choice)
{
    bool is_terminal = isatty(STDOUT_FILENO);
    bool colors = choice == COLOR_ALWAYS ||
                  (choice == COLOR_AUTO &&
                   environment_wants_color(is_terminal));
    return (Terminal){.is_terminal = is_terminal,
                      .has_rich_layout = is_terminal || choice == COLOR_ALWAYS,
                      .colors = colors,
                      .width = screen_width()};
}

typedef struct CharacterRange {
    uint32_t first, last;
} CharacterRange;

static bool in_ranges(uint32_t character, const CharacterRange *ranges,
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (character < ranges[i].first) return false;
        if (character <= ranges[i].last) return true;
    }
    return false;
}

/* The common blocks only: a line that is a column too short does no harm. */
size_t character_columns(const uint8_t *bytes, size_t size)
{
    static const CharacterRange ZERO[] = {
        {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F},
        {0x200B, 0x200F}, {0x202A, 0x202E}, {0x20D0, 0x20F0}, {0x3099, 0x309A},
        {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
    static const CharacterRange WIDE[] = {
        {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},
        {0xA960, 0xA97C},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF},
        {0x20000, 0x3FFFD}};
    if (size < 2) return 1;
    uint32_t character = utf8_decode(bytes, bytes + size, &size);
    if (in_ranges(character, ZERO, sizeof ZERO / sizeof *ZERO)) return 0;
    return in_ranges(character, WIDE, sizeof WIDE / sizeof *WIDE) ? 2 : 1;
}

size_t text_columns(Span text)
{
    size_t columns = 0;
    while (text.size) {
        size_t size = character_size(text);
        columns += character_columns(text.data, size);
        text = span_of(text.data + size, text.size - size);
    }
    return columns;
}
