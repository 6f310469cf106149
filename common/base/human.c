/* human.c - numbers, sizes and durations in human-readable form. */
#include "common/base/human.h"

#include <inttypes.h>
#include <stdio.h>

void put_count(Buf *out, uint64_t count)
{
    char digits[24];
    size_t length = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, count);
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) buf_put_byte(out, ',');
        buf_put_byte(out, (uint8_t)digits[i]);
    }
}

void put_counted(Buf *out, uint64_t count, const char *noun)
{
    put_count(out, count);
    buf_printf(out, " %s%s", noun, count == 1 ? "" : "s");
}

void put_bytes(Buf *out, uint64_t bytes)
{
    static const char *const UNITS[] = {"kB", "MB", "GB", "TB", "PB", "EB"};
    if (bytes < 1000) {
        buf_printf(out, "%" PRIu64 " byte%s", bytes, bytes == 1 ? "" : "s");
        return;
    }
    double value = (double)bytes / 1000;
    size_t unit = 0;
    for (; value >= 999.5 && unit < 5; unit++) value /= 1000;
    buf_printf(out, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
}

void put_limit(Buf *out, uint64_t bytes)
{
    static const char *const UNITS[] = {"bytes", "kB", "MB", "GB"};
    size_t unit = 0;
    while (unit < 3 && bytes >= 1024 && bytes % 1024 == 0) {
        bytes /= 1024;
        unit++;
    }
    buf_printf(out, "%" PRIu64 " %s", bytes, UNITS[unit]);
}

void put_duration(Buf *out, double seconds)
{
    if (seconds < 0) seconds = 0;
    if (seconds < 99.5e-6) {
        buf_printf(out, "%.0f us", seconds * 1e6);
    } else if (seconds < 0.0995) {
        buf_printf(out, "%.1f ms", seconds * 1e3);
    } else if (seconds < 0.9995) {
        buf_printf(out, "%.0f ms", seconds * 1e3);
    } else if (seconds < 59.95) {
        buf_printf(out, "%.1f s", seconds);
    } else {
        uint64_t whole = (uint64_t)(seconds + 0.5);
        uint64_t hours = whole / 3600, minutes = whole / 60 % 60;
        if (hours) buf_printf(out, "%" PRIu64 ":%02" PRIu64, hours, minutes);
        if (!hours) buf_printf(out, "%" PRIu64, minutes);
        buf_printf(out, ":%02" PRIu64, whole % 60);
    }
}
