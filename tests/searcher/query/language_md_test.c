/* language_md_test.c - the examples of docs/query-language.md are true.
 *
 * A block that opens with ```query [ANALYZER] [--all|--plain|--min-match N]
 * holds lines "query → tree". */
#include "tests/searcher/query/query_fixture.h"
#include "tests/support/check_main.h"

#include <stdlib.h>

static const char document[] = "docs/query-language.md";
static const char arrow[] = "\xE2\x86\x92";

typedef struct Block {
    bool is_open;
    const char *analyzer;
    ParseOptions options;
} Block;

static char *trimmed(char *text)
{
    size_t size = strlen(text);
    while (size > 0 && text[size - 1] == ' ') text[--size] = 0;
    return text + strspn(text, " ");
}

static Block block_open(const char *line)
{
    Block block = {.is_open = true, .analyzer = "default"};
    const char *min_match = strstr(line, "--min-match ");
    if (strstr(line, "english")) block.analyzer = "english";
    block.options.require_all = strstr(line, "--all") != NULL;
    block.options.plain = strstr(line, "--plain") != NULL;
    if (min_match)
        block.options.min_match = (uint32_t)atoi(min_match +
                                                 strlen("--min-match "));
    return block;
}

static void check_example(const Block *block, char *line)
{
    QueryFixture f;
    char *middle = strstr(line, arrow);
    ck_assert_msg(middle != NULL, "no arrow: %s", line);
    *middle = 0;
    char *query = trimmed(line);
    fixture_open(&f, block->analyzer);
    const char *tree = fixture_parse_span(&f, span_text(query),
                                          &block->options);
    ck_assert_msg(!strcmp(tree, trimmed(middle + strlen(arrow))),
                  "%s: %s, not %s", query, tree,
                  trimmed(middle + strlen(arrow)));
    fixture_close(&f);
}

START_TEST(every_example_is_parsed_as_documented)
{
    char line[1024];
    Block block = {0};
    int examples = 0;
    FILE *file = fopen(document, "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        if (!strncmp(line, "```query", 8)) {
            block = block_open(line);
        } else if (!strncmp(line, "```", 3)) {
            block.is_open = false;
        } else if (block.is_open) {
            check_example(&block, line);
            examples++;
        }
    }
    fclose(file);
    ck_assert_int_gt(examples, 40);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("language_md");
    TCase *tests = tcase_create("language_md");
    tcase_add_test(tests, every_example_is_parsed_as_documented);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
