/* results_write.c - writes results as JSON lines. */
#include "bench/results/result_lines_internal.h"

#include "common/base/json_text.h"

#include <inttypes.h>
#include <math.h>

static void put_integers(Buf *out, const IntegerList *list)
{
    buf_put_byte(out, '[');
    for (size_t i = 0; i < list->count; i++)
        buf_printf(out, i ? ",%" PRId64 : "%" PRId64, list->items[i]);
    buf_put_byte(out, ']');
}

static void put_texts(Buf *out, const TextList *list)
{
    buf_put_byte(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i) buf_put_byte(out, ',');
        put_json_string(out, span_text(list->items[i]));
    }
    buf_put_byte(out, ']');
}

static void put_real(Buf *out, double value)
{
    if (isfinite(value)) {
        buf_printf(out, "%.17g", value);
    } else {
        buf_put_text(out, "null");
    }
}

static void put_text(Buf *out, const char *text)
{
    put_json_string(out, span_text(text ? text : ""));
}

static void put_value(Buf *out, const LineKey *key, const char *record)
{
    const void *at = record + key->offset;
    switch (key->kind) {
    case KEY_TEXT: put_text(out, *(const char *const *)at); break;
    case KEY_INTEGER: buf_printf(out, "%" PRId64, *(const int64_t *)at); break;
    case KEY_INDEX: buf_printf(out, "%zu", *(const size_t *)at); break;
    case KEY_REAL: put_real(out, *(const double *)at); break;
    case KEY_FLAG:
        buf_put_text(out, *(const bool *)at ? "true" : "false");
        break;
    case KEY_CHOICE: put_text(out, key->names[*(const unsigned *)at]); break;
    case KEY_INTEGERS: put_integers(out, at); break;
    case KEY_TEXTS: put_texts(out, at); break;
    }
}

static void put_line(Buf *out, const LineType *type, const char *record)
{
    buf_put_text(out, "{\"type\":");
    put_text(out, type->name);
    for (const LineKey *key = type->keys; key->name; key++) {
        buf_put_byte(out, ',');
        put_json_name(out, key->name);
        put_value(out, key, record);
    }
    buf_put_text(out, "}\n");
}

void results_put_lines(const Results *results, Buf *out)
{
    for (const LineType *type = LINE_TYPES; type->name; type++) {
        const void *at = (const char *)results + type->list;
        if (type->is_single) {
            put_line(out, type, at);
            continue;
        }
        const ResultList *list = at;
        for (size_t i = 0; i < list->count; i++)
            put_line(out, type, (const char *)list->items + i * type->size);
    }
}
