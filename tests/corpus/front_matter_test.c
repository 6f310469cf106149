/* front_matter_test.c - tests corpus/front_matter.c. */
#include "corpus/front_matter.h"

#include "tests/support/check_main.h"

/* Title, values and rest of a text as "TITLE|VALUES|REST", or "none". */
static const char *read_front(const char *text)
{
    static Buf out;
    Buf title = {0}, values = {0};
    buf_clear(&out);
    size_t size = front_matter_take(span_text(text), &title, &values);
    if (size) {
        buf_put_span(&out, buf_span(&title));
        buf_put_byte(&out, '|');
        buf_put_span(&out, buf_span(&values));
        buf_printf(&out, "|%s", text + size);
    } else {
        ck_assert_uint_eq(title.size + values.size, 0);
        buf_put_text(&out, "none");
    }
    buf_release(&title);
    buf_release(&values);
    return buf_text(&out);
}

#define expect(text, wanted) ck_assert_str_eq(read_front(text), wanted)

START_TEST(yaml_gives_title_and_values_without_keys)
{
    expect("---\ntitle: Trip to Lisbon\ndate: 2026-05-01\n---\nbody",
           "Trip to Lisbon|2026-05-01|body");
    expect("--- \r\n# comment\r\nTitle: \"A: \\\"b\\\" \\u00e9\\n\" # c\r\n"
           "tags: [x, \"y z\"]\r\n...\r\nbody",
           "A: \"b\" \xc3\xa9 |[x, \"y z\"]|body");
    expect("---\ntags:\n  - a\n- b\n- name: c\nauthor:\n  name: 'O''Brien'\n"
           "  title: Dr\n\"quoted key\": v\n---\n",
           "|a\nb\nc\nO'Brien\nDr\nv|");
    expect("---\ntitle: 'it'\nlink: http://x#y # no\nempty:\n---\nb",
           "it|http://x#y|b");
}
END_TEST

START_TEST(yaml_values_may_go_on_over_lines)
{
    expect("---\ntitle: >-\n  one: two\n  three\n\ntext: |\n  key: word\n"
           "   more\nnext: n\n---\nb",
           "one: two three|key: word\nmore\nn|b");
    expect("---\ntitle:\n  later line\nplain: first\n  second\n---\nb",
           "later line|first\nsecond|b");
}
END_TEST

START_TEST(toml_gives_title_and_values_without_keys)
{
    expect("+++\ntitle = \"T \\\"q\\\"\" # c\ntags = [\n  \"a\",\n  \"b\"\n]\n"
           "[params]\ntitle = \"other\"\nn = 1\n[[x.y]]\n+++\nbody",
           "T \"q\"|\"a\",\nb\nother\n1|body");
    expect("+++\ntitle = '''\none\ntwo = 2\n'''\nd = \"\"\"x\"\"\"\n+++\n",
           "one two = 2|x|");
}
END_TEST

START_TEST(what_is_no_front_matter_stays_text)
{
    expect("", "none");
    expect("---", "none");
    expect("---\ntitle: never closed\n", "none");
    expect("---\n\nA paragraph.\n\n---\nmore", "none");
    expect("---\n---\nx", "none");
    expect("---\n- a list\n---\nx", "none");
    expect("----\ntitle: x\n----\n", "none");
    expect("...\ntitle: x\n...\n", "none");
    expect("text\n---\ntitle: x\n---\n", "none");
    expect("+++\nno pair\n+++\n", "none");
    expect("---\n  indented: x\n---\n", "none");
}
END_TEST

START_TEST(front_matter_that_is_not_closed_soon_is_text)
{
    Buf text = {0};
    buf_put_text(&text, "---\ntitle: x\n");
    for (int i = 0; i < FRONT_MATTER_BYTES; i++) buf_put_text(&text, "a: b\n");
    buf_put_text(&text, "---\n");
    expect(buf_text(&text), "none");
    buf_release(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("front_matter");
    TCase *tests = tcase_create("front_matter");
    tcase_add_test(tests, yaml_gives_title_and_values_without_keys);
    tcase_add_test(tests, yaml_values_may_go_on_over_lines);
    tcase_add_test(tests, toml_gives_title_and_values_without_keys);
    tcase_add_test(tests, what_is_no_front_matter_stays_text);
    tcase_add_test(tests, front_matter_that_is_not_closed_soon_is_text);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
