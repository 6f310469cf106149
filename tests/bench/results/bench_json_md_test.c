/* bench_json_md_test.c - docs/bench-json.md lists the keys of every type of
 * line in the order in which they are written. */
#include "bench/results/result_lines_internal.h"

#include "common/base/file.h"
#include "tests/support/check_main.h"

#include <stdio.h>

static Buf page;

/* The text of a section, from "### NAME" to the next. */
static const char *find_section(const char *name)
{
    char title[64];
    snprintf(title, sizeof title, "\n### %s\n", name);
    const char *start = strstr(buf_text(&page), title);
    ck_assert_msg(start != NULL, "no section %s", name);
    return start + strlen(title);
}

/* Appends the words of the first column of its table, one a line, but `type`,
 * which every line begins with. */
static void put_documented(const char *section, Buf *out)
{
    const char *end = strstr(section, "\n### ");
    size_t size = end ? (size_t)(end - section) : strlen(section);
    for (const char *row = section; row < section + size;) {
        const char *line_end = strchr(row, '\n');
        const char *cell_end = row[0] == '|' ? strchr(row + 1, '|') : row;
        for (const char *at = row + 1; at < cell_end; at++) {
            if (*at == ' ' || *at == ',' || *at == '-') continue;
            size_t word = strcspn(at, " ,|");
            Span key = span_of(at, word);
            if (!span_equals_text(key, "key") && !span_equals_text(key, "type"))
                buf_printf(out, "%.*s\n", SPAN_ARGS(key));
            at += word - 1;
        }
        row = line_end ? line_end + 1 : section + size;
    }
}

START_TEST(the_page_lists_all_keys_in_their_order)
{
    Error error;
    ck_assert_int_eq(file_read("docs/bench-json.md", 1 << 20, &page, &error),
                     OK);
    for (const LineType *type = LINE_TYPES; type->name; type++) {
        Buf documented = {0}, written = {0};
        put_documented(find_section(type->name), &documented);
        for (const LineKey *key = type->keys; key->name; key++)
            buf_printf(&written, "%s\n", key->name);
        ck_assert_msg(!strcmp(buf_text(&documented), buf_text(&written)),
                      "%s: the page has\n%sbut lines have\n%s", type->name,
                      buf_text(&documented), buf_text(&written));
        buf_release(&documented);
        buf_release(&written);
    }
    buf_release(&page);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bench_json_md");
    TCase *tests = tcase_create("bench_json_md");
    tcase_add_test(tests, the_page_lists_all_keys_in_their_order);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
