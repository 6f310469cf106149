/* file_text_test.c - tests corpus/file_text.c, json_values.c and notebook.c. */
#include "tests/corpus/corpus_fixture.h"

/* What is read of a file in a folder. */
static const char *read_in_folder(const char *name, const char *text)
{
    Buf path = {0};
    mkdir(scratch_path(&scratch, "d"), 0777); /* it may be there */
    buf_printf(&path, "d/%s", name);
    const char *file = scratch_write(&scratch, buf_text(&path),
                                     span_text(text));
    const char *got = read_one(scratch_path(&scratch, "d"));
    ck_assert_int_eq(unlink(file), 0);
    buf_release(&path);
    return got;
}

#define PLAIN "detected indexing as plain text, one document per file\n"
#define JSON                                                               \
    "detected indexing JSON as its strings and numbers, one document per " \
    "file\n"
#define RECORDS                                                        \
    "detected looks like jsonl, but is indexed as one document [read " \
    "records]\n"
#define CELLS \
    "detected indexing the cells of notebooks, one document per file\n"

START_TEST(json_of_a_folder_is_its_strings_and_numbers)
{
    expect(read_in_folder("a.json", "{\"key\":\"caf\\u00e9\\nx\",\"n\":[1,-2.5,"
                                    "true,null,{\"deep\":[\"y\"]}],\"e\":{}}"),
           JSON "doc @/d/a.json||caf\xc3\xa9\\nx\\n1\\n-2.5\\ny\\n\n");
    expect(read_in_folder("a.json", "[\"x\"]"), PLAIN "doc @/d/a.json||x\\n\n");
    expect(read_in_folder("data", "{\"a\":\"x\"}"),
           JSON "doc @/d/data||x\\n\n");
    expect(read_in_folder("a.json", ""), PLAIN "doc @/d/a.json||\n");
    expect(read_in_folder("a.JSON", "\"\\ud800\""),
           PLAIN "changed @/d/a.JSON:0@0 a lone surrogate was replaced by "
                 "U+FFFD\n"
                 "doc @/d/a.JSON||\xef\xbf\xbd\\n\n");
}
END_TEST

START_TEST(json_with_an_error_is_plain_text_and_reported_if_named_so)
{
    expect(read_in_folder("a.json", "{\"a\":\"x\",\n \"b\":[1,]\n}\n"),
           JSON "changed @/d/a.json:2:9@0 not JSON: indexed as plain text\n"
                "doc @/d/a.json||{\"a\":\"x\",\\n \"b\":[1,]\\n}\\n\n");
    expect(read_in_folder("a.txt", "{\"a\": is not\n"),
           JSON "doc @/d/a.txt||{\"a\": is not\\n\n");
    Buf deep = {0};
    for (int i = 0; i < 600; i++) buf_put_byte(&deep, '[');
    const char *got = read_in_folder("a.json", buf_text(&deep));
    ck_assert_ptr_nonnull(
        strstr(got, "changed @/d/a.json:1:513@0 not JSON: indexed as plain "
                    "text\n"));
    buf_release(&deep);
}
END_TEST

START_TEST(json_lines_with_a_bad_line_lose_only_its_form)
{
    const char *lines = "{\"a\":\"x\"}\n{\"a\":\"y\", bad\n{\"a\":\"z\"}\nno\n";
    expect(read_in_folder("a.jsonl", lines), RECORDS JSON
           "changed @/d/a.jsonl:2:11@0 not JSON: 2 lines were indexed as plain "
           "text\n"
           "doc @/d/a.jsonl||x\\n{\"a\":\"y\", bad\\nz\\nno\\n\n");
    expect(read_in_folder("b", "{\"a\":\"x\"}\n{\"b\":\"y\"}\n"),
           RECORDS JSON "doc @/d/b||x\\ny\\n\n");
}
END_TEST

START_TEST(a_file_that_must_be_plain_text_keeps_its_bytes)
{
    options.format = CORPUS_TEXT;
    expect(read_in_folder("a.json", "{\"a\":\"x\"}"),
           PLAIN "doc @/d/a.json||{\"a\":\"x\"}\n");
    expect(read_in_folder("a.md", "---\ntitle: x\n---\ny"),
           PLAIN "doc @/d/a.md||---\\ntitle: x\\n---\\ny\n");
}
END_TEST

static const char NOTEBOOK[] =
    "{\"cells\":[{\"attachments\":{\"i.png\":{\"image/png\":\"iVBOR\"}},"
    "\"cell_type\":\"markdown\",\"metadata\":{\"source\":\"no\"},"
    "\"source\":[\"intro\\n\",\"## The title\\n\",\"text\"]},"
    "{\"cell_type\":\"code\",\"execution_count\":1,\"metadata\":{},"
    "\"outputs\":[{\"name\":\"stdout\",\"output_type\":\"stream\","
    "\"text\":[\"out\\n\",\"put\"]},{\"data\":{\"image/png\":\"iVBOR\","
    "\"text/html\":\"<b>\",\"text/plain\":[\"plain\"]}},{\"ename\":\"E\","
    "\"evalue\":\"bad\",\"traceback\":[\"tb\"]}],\"source\":\"# code\"}],"
    "\"metadata\":{\"kernelspec\":{\"name\":\"python3\"}},\"nbformat\":4}";

START_TEST(a_notebook_is_its_cells_and_their_text_outputs)
{
    const char *document = "The title|intro\\ntext\\n# code\\nout\\nput\\nplain"
                           "\\nE\\nbad\\n\n";
    Buf wanted = {0};
    buf_printf(&wanted, CELLS "doc @/d/a.ipynb|%s", document);
    expect(read_in_folder("a.ipynb", NOTEBOOK), buf_text(&wanted));
    buf_clear(&wanted);
    buf_printf(&wanted, CELLS "doc @/b.ipynb|%s", document);
    expect(read_one(scratch_write(&scratch, "b.ipynb", span_text(NOTEBOOK))),
           buf_text(&wanted));
    buf_release(&wanted);
}
END_TEST

START_TEST(what_is_no_notebook_is_read_as_json)
{
    expect(read_in_folder("a.ipynb", "{\"cell\":[{\"source\":\"x\"}]}"),
           CELLS "doc @/d/a.ipynb||x\\n\n");
    expect(read_in_folder("a.ipynb", "{\"cells\":{\"source\":\"x\"}}"),
           CELLS "doc @/d/a.ipynb||x\\n\n");
    expect(read_in_folder("a.ipynb", "{\"cells\":[{\"source\":\"x\"}"),
           CELLS "changed @/d/a.ipynb:1:25@0 not JSON: indexed as plain text\n"
                 "doc @/d/a.ipynb||{\"cells\":[{\"source\":\"x\"}\n");
    expect(read_in_folder("a.ipynb", "{\"cells\":[[{\"source\":\"x\"}],1,"
                                     "{\"source\":{\"a\":\"y\"}}]}"),
           CELLS "doc @/d/a.ipynb||\n");
}
END_TEST

START_TEST(a_title_in_the_file_wins_over_its_name)
{
    options.title_from = TITLE_NAME;
    expect(read_in_folder("a.ipynb", "{\"cells\":[]}"),
           CELLS "doc @/d/a.ipynb|a|\n");
    expect(read_in_folder("n.md", "---\ntitle: T\n---\nx"),
           PLAIN "doc @/d/n.md|T|x\n");
    options.title_from = TITLE_FIRST_LINE;
    expect(read_in_folder("n.md", "---\ntags: t\n---\n# H\nx"),
           PLAIN "doc @/d/n.md|t|# H\\nx\n");
}
END_TEST

START_TEST(front_matter_is_of_text_files_only)
{
    const char *text = "---\ntitle: T\nkey: value\n---\nbody\n";
    expect(read_in_folder("a.md.gz", text),
           PLAIN "doc @/d/a.md.gz|T|value\\nbody\\n\n");
    expect(read_in_folder("a.yaml", text), PLAIN
           "doc @/d/a.yaml||---\\ntitle: T\\nkey: value\\n---\\nbody\\n\n");
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, json_of_a_folder_is_its_strings_and_numbers);
    tcase_add_test(tests,
                   json_with_an_error_is_plain_text_and_reported_if_named_so);
    tcase_add_test(tests, json_lines_with_a_bad_line_lose_only_its_form);
    tcase_add_test(tests, a_file_that_must_be_plain_text_keeps_its_bytes);
    tcase_add_test(tests, a_notebook_is_its_cells_and_their_text_outputs);
    tcase_add_test(tests, what_is_no_notebook_is_read_as_json);
    tcase_add_test(tests, a_title_in_the_file_wins_over_its_name);
    tcase_add_test(tests, front_matter_is_of_text_files_only);
}

int main(void)
{
    return run_corpus_tests("file_text", add_tests);
}
