/* json_scan.c - finds the end of a JSON value without parsing it. */
#include "common/input/json_scan.h"

static bool ends_word(uint8_t byte)
{
    return byte == ',' || byte == ']' || byte == '}' || byte == ' ' ||
           byte == '\n' || byte == '\r' || byte == '\t';
}

/* Consumes one byte inside a string; true if it closes the string. */
static bool step_string(JsonScan *scan, uint8_t byte)
{
    if (scan->escaped) {
        scan->escaped = false;
    } else if (byte == '\\') {
        scan->escaped = true;
    } else if (byte == '"') {
        scan->in_string = false;
        return true;
    }
    return false;
}

bool json_scan_end(void *self, Span bytes, size_t from, size_t *end)
{
    JsonScan *scan = self;
    for (size_t i = from; i < bytes.size; i++) {
        uint8_t byte = bytes.data[i];
        bool closes = false;
        if (scan->in_string) {
            closes = step_string(scan, byte);
        } else if (scan->depth == 0 && i > 0 && ends_word(byte)) {
            *end = i;
            return true;
        } else if (byte == '"') {
            scan->in_string = true;
        } else if (byte == '{' || byte == '[') {
            scan->depth++;
        } else if (byte == '}' || byte == ']') {
            if (scan->depth) scan->depth--;
            closes = true;
        }
        if (closes && scan->depth == 0) {
            *end = i + 1;
            return true;
        }
    }
    return false;
}
