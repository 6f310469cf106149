/* jsonl_test.c - tests corpus/jsonl.c, dump_record.c, roles.c and
 * seen_fields.c. */
#include "tests/corpus/corpus_fixture.h"

START_TEST(jsonl_dialects_are_recognised)
{
    expect(read_bytes("{\"id\":\"a\",\"contents\":\"x y\"}\n"
                      "{\"id\":7,\"contents\":\"\"}\n"),
           "detected jsonl: id = id, text = contents\n"
           "doc a||x y\ndoc 7||\n");
    expect(read_bytes("{\"_id\":\"b\",\"title\":\"T\",\"text\":\"x\"}"),
           "detected jsonl: id = _id, text = title + text\ndoc b|T|x\n");
    expect(read_bytes("{\"docno\":\"c\",\"body\":[\"x\",\"y\"]}\r\n\r\n"),
           "detected jsonl: id = docno, text = body\ndoc c||x\\ny\n");
    expect(read_bytes(
               "{\"title\":\"D-1\",\"content\":\"x\",\"url\":\"http://u\"}\n"),
           "detected jsonl: id = title, text = content" UNREAD(
               "url") "\n"
                      "doc D-1||x\n");
    expect(read_bytes("{\"docid\":\"e\",\"text\":null,\"title\":null}\n"),
           "detected jsonl: id = docid, text = title + text\ndoc e||\n");
}
END_TEST

START_TEST(json_need_not_be_a_line_each)
{
    const char *wanted = "detected jsonl: id = id, text = text\n"
                         "doc 1||a ] }\ndoc 2||b\n";
    expect(read_bytes("[{\"id\":1,\"text\":\"a ] }\"},\n{\"id\":2,"
                      "\"text\":\"b\"}]\n"),
           wanted);
    expect(read_bytes("{\n  \"id\": 1,\n  \"text\": \"a ] }\"\n}\n{\n  "
                      "\"id\": 2, \"text\": \"b\"}"),
           wanted);
    expect(read_bytes("[\n{\"id\":1,\"text\":\"a\"},\n 5,\n{\"id\":2 \"x\"},"
                      "{\"id\":3,\"text\":\"c\"}\n]"),
           "detected jsonl: id = id, text = text\ndoc 1||a\n"
           "skip @/in:3:2@24 not a JSON object\n"
           "skip @/in:4:9@27 not JSON: after key and value, inside map, I "
           "expect ',' or '}'\n"
           "doc 3||c\n");
    expect(read_bytes("[]"), "detected no document in it\n");
}
END_TEST

START_TEST(a_record_without_id_is_named_by_its_place)
{
    expect(read_bytes("\n{\"text\":\"x\"}\n{\"id\":\"late\",\"text\":\"y\"}\n"
                      "{\"id\":null,\"text\":\"z\"}\n"),
           "detected jsonl: id = SOURCE:LINE, text = text\n"
           "doc @/in:2||x\n"
           "detected jsonl: id = id, text = text\n"
           "doc late||y\n"
           "detected the id of a record without one is its place, SOURCE:LINE\n"
           "doc @/in:4||z\n");
}
END_TEST

START_TEST(bad_json_records_are_skipped_with_their_place)
{
    options.max_record_bytes = 60;
    expect(read_bytes(
               "{\"id\":1,\"text\":\"a\"}\n"
               "{\"id\":2,\"text\":\"cut\n"
               "[1]\n"
               "{\"id\":4}\n"
               "{\"id\":5,\"text\":{\"a\":1}}\n"
               "{\"id\":{},\"text\":\"x\"}\n"
               "{\"id\":7,\"text\":\"0123456789012345678901234567890123456789"
               "0123456789\"}\n"
               "{\"id\":8,\"text\":\"b\",\"id\":9}\n"),
           "detected jsonl: id = id, text = text\ndoc 1||a\n"
           "skip @/in:2:20@20 not JSON: invalid character inside string\n"
           "skip @/in:3:1@40 not a JSON object\n"
           "skip @/in:4@44 no text field 'text'\n"
           "doc 5||1\n"
           "skip @/in:6@77 the value of 'id' is not a string or number\n"
           "skip @/in:7@98 larger than 60 bytes\n"
           "doc 9||b\n");
}
END_TEST

/* A chat's text with a link in it was skipped. */
START_TEST(text_with_objects_in_it_is_its_strings_and_numbers)
{
    expect(
        read_bytes("{\"id\":1,\"text\":[\"see \",{\"type\":\"link\",\"text\":"
                   "\"caf\\u00e9\",\"n\":2,\"b\":null},\"!\"]}\n"
                   "{\"id\":2,\"text\":{}}\n"),
        "detected jsonl: id = id, text = text\n"
        "doc 1||see \\nlink\\ncaf\xc3\xa9\\n2\\n!\ndoc 2||\n");
}
END_TEST

START_TEST(a_title_that_is_not_a_string_is_reported_as_changed)
{
    expect(read_bytes("{\"id\":1,\"title\":{\"en\":\"t\"},\"text\":\"a\"}\n"),
           "detected jsonl: id = id, text = title + text\n"
           "changed @/in:1@0 indexed without title: 'title' is not a string\n"
           "doc 1||a\n");
}
END_TEST

START_TEST(repeated_key_reports_the_lost_value)
{
    expect(read_bytes("{\"id\":1,\"text\":\"a\",\"text\":\"b\"}\n"),
           "detected jsonl: id = id, text = text\n"
           "changed @/in:1@0 only the last of several 'text' was indexed\n"
           "doc 1||b\n");
}
END_TEST

START_TEST(a_list_that_is_cut_off_is_told)
{
    expect(
        read_bytes("[{\"id\":1,\"text\":\"a\"},\n{\"id\":2,\"text\":\"b\"}"),
        "detected jsonl: id = id, text = text\n"
        "doc 1||a\ndoc 2||b\n"
        "changed @/in:0@0 the list is not closed; the file may be truncated\n");
}
END_TEST

START_TEST(what_goes_with_a_missing_bracket_is_said)
{
    ck_assert_ptr_nonnull(strstr(read_bytes("[{\"id\":1,\"text\":\"a\"},\n"
                                            "{\"id\":2,\"text\":\"b\"\n"
                                            "{\"id\":3,\"text\":\"c\"},\n"
                                            "{\"id\":4,\"text\":\"d\"}]\n"),
                                 "; skipped up to line 4\n"));
}
END_TEST

START_TEST(text_mistaken_for_json_suggests_plain_text)
{
    ck_assert_ptr_nonnull(strstr(read_bytes("{\"quoted\"} text\nmore\n"),
                                 "detected no document in it [plain text]\n"));
}
END_TEST

START_TEST(a_checklist_is_no_json)
{
    expect(read_bytes("[ ] renew passport\n[x] call\n"),
           "detected indexing as plain text, one document per file\n"
           "doc @/in||[ ] renew passport\\n[x] call\\n\n");
    expect(read_bytes("{} is empty, [] too"),
           "detected indexing as plain text, one document per file\n"
           "doc @/in||{} is empty, [] too\n");
    expect(read_bytes("[{x}]: y"),
           "detected indexing as plain text, one document per file\n"
           "doc @/in||[{x}]: y\n");
    expect(read_bytes("[ ]\n"), "detected no document in it\n");
    expect(read_bytes("[{},{\"text\":\"a\"}]"),
           "skip @/in:1@1 no text field (tried contents, text, body, content)\n"
           "detected jsonl: id = SOURCE:LINE, text = text\n"
           "doc @/in:1||a\n");
}
END_TEST

START_TEST(keys_from_the_options_count)
{
    static const char *const fields[] = {"year", "tags", "none"};
    options.id_field = "pmid";
    options.text_field = "abstract";
    options.title_field = "head";
    options.store_fields = fields;
    options.store_field_count = 3;
    expect(read_bytes("{\"pmid\":1,\"abstract\":\"a\",\"head\":\"h\","
                      "\"year\":1999,\"tags\":[\"x\",\"y\"],\"text\":\"no\"}\n"
                      "{\"abstract\":\"a\",\"head\":\"h\"}\n"
                      "{\"pmid\":3,\"head\":\"h\",\"text\":\"no\"}\n"
                      "{\"pmid\":4,\"abstract\":\"b\",\"year\":null}\n"),
           "detected jsonl: id = pmid, text = head + abstract" UNREAD(
               "text") "\n"
                       "doc 1|h|a|year=1999|tags=x\\ny\n"
                       "skip @/in:2@78 no value of the id field 'pmid'\n"
                       "skip @/in:3@106 no text field 'abstract'\n"
                       "doc 4||b\n"
                       "detected no record has the field 'none' "
                       "to be stored; the fields are pmid, abstract, head, "
                       "year, tags, text\n");
}
END_TEST

START_TEST(records_with_unknown_keys_get_a_suggestion_of_fields)
{
    static const char records[] =
        "{\"Uid\":\"a\",\"year\":1,\"abstract\":\"\",\"headline\":\"h\"}\n"
        "{\"Uid\":\"b\",\"year\":2,\"abstract\":\"long\",\"headline\":\"h\"}\n";
    ck_assert_ptr_nonnull(
        strstr(read_bytes(records),
               "suggested id Uid, title headline, text abstract\nerror 6 "));
    options.id_field = "year";
    ck_assert_ptr_nonnull(
        strstr(read_bytes(records),
               "suggested id -, title headline, text abstract\nerror 6 "));
}
END_TEST

START_TEST(a_key_that_no_record_has_is_an_error_that_lists_the_keys)
{
    expect(
        read_bytes("{\"id\":1,\"abstract\":\"a\"}\n{\"x\":2}\n"),
        "skip @/in:1@0 no text field (tried contents, text, body, content)\n"
        "skip @/in:2@24 no text field (tried contents, text, body, content)\n"
        "suggested id id, title -, text abstract\n"
        "error 6 @/in: no text field (tried contents, text, body, content) in "
        "the first 2 records; the fields are id, "
        "abstract, x\n");
    options.id_field = "pmid";
    expect(read_bytes("{\"id\":1,\"text\":\"a\"}\n"),
           "detected jsonl: id = pmid, text = text" UNREAD(
               "id") "\n"
                     "skip @/in:1@0 no value of the id field 'pmid'\n"
                     "error 6 @/in: no id field 'pmid' in the first "
                     "record; "
                     "the fields are id, text\n");
    options.id_field = NULL;
    options.title_field = "titel";
    expect(read_bytes("{\"id\":1,\"text\":\"a\",\"title\":\"t\"}\n"),
           "detected jsonl: id = id, text = titel + text" UNREAD(
               "title") "\n"
                        "doc 1||a\n"
                        "error 6 @/in: no title field 'titel' in the "
                        "first "
                        "record; the fields are id, text, title; did you mean "
                        "'title'?\n");
}
END_TEST

START_TEST(keys_that_are_not_read_are_named)
{
    static const char *const fields[] = {"year"};
    options.store_fields = fields;
    options.store_field_count = 1;
    expect(
        read_bytes("{\"uid\":1,\"head\":\"h\",\"content\":\"c\",\"year\":2}\n"),
        "detected jsonl: id = SOURCE:LINE, text = content" UNREAD(
            "uid, head") "\ndoc @/in:1||c|year=2\n");
}
END_TEST

START_TEST(keys_too_many_too_long_or_with_line_ends_are_dots_in_messages)
{
    const char *dots = "detected jsonl: id = id, text = text" UNREAD(
        "...") "\ndoc 1||x\n";
    expect(read_bytes("{\"id\":1,\"text\":\"x\",\"a\\nb\":2}\n"), dots);
    Buf record = {0};
    buf_printf(&record, "{\"id\":1,\"text\":\"x\",\"%0*d\":2}\n", 65, 0);
    expect(read_bytes(buf_text(&record)), dots);
    buf_clear(&record);
    buf_put_text(&record, "{\"id\":1");
    for (int i = 0; i < 15; i++) buf_printf(&record, ",\"k%d\":2", i);
    buf_put_text(&record, ",\"text\":\"x\"}\n");
    const char *seen = read_bytes(buf_text(&record));
    ck_assert_ptr_nonnull(strstr(seen, "k13, k14, ... [name fields]"));
    buf_release(&record);
}
END_TEST

START_TEST(lone_surrogates_of_json_are_reported_as_changed)
{
    expect(read_bytes("{\"id\":\"a\",\"text\":\"x\\ud800y\"}\n"
                      "{\"id\":\"b\",\"text\":\"ok\",\"other\":\"\\ud800\"}\n"),
           "detected jsonl: id = id, text = text\n"
           "changed @/in:1@0 a lone surrogate was replaced by U+FFFD\n"
           "doc a||x\xef\xbf\xbdy\n"
           "doc b||ok\n");
}
END_TEST

START_TEST(records_without_ids_on_one_line_are_all_taken)
{
    Buf wanted = {0};
    buf_put_text(&wanted, "detected jsonl: id = SOURCE:LINE, text = text\n"
                          "doc @/in:1||alpha\n"
                          "doc @/in:1.2||beta\n"
                          "doc @/in:2||gamma\n"
                          "doc @/in:2.2||delta\n"
                          "doc @/in:2.3||epsilon\n");
    expect(read_bytes("[{\"text\":\"alpha\"},{\"text\":\"beta\"},\n"
                      "{\"text\":\"gamma\"},{\"text\":\"delta\"},"
                      "{\"text\":\"epsilon\"}]"),
           buf_text(&wanted));
    buf_clear(&wanted); /* those with ids do not count */
    buf_put_text(
        &wanted,
        "detected jsonl: id = id, text = text\n"
        "doc a||1\n"
        "detected the id of a record without one is its place, SOURCE:LINE\n"
        "doc @/in:1||2\n"
        "doc b||3\n"
        "doc @/in:1.2||4\n");
    expect(read_bytes("[{\"id\":\"a\",\"text\":\"1\"},{\"text\":\"2\"},"
                      "{\"id\":\"b\",\"text\":\"3\"},{\"text\":\"4\"}]"),
           buf_text(&wanted));
    buf_release(&wanted);
}
END_TEST

START_TEST(each_source_counts_its_own_lines)
{
    const char *both[] = {
        scratch_write(&scratch, "a.json", span_text("[{\"text\":\"x\"}]")),
        scratch_write(&scratch, "b.json", span_text("[{\"text\":\"y\"}]"))};
    const char *got = read_inputs(both, 2);
    ck_assert_ptr_nonnull(strstr(got, "doc @/a.json:1||x\n"));
    ck_assert_ptr_nonnull(strstr(got, "doc @/b.json:1||y\n"));
}
END_TEST

#define DUMP "detected jsonl: id = id, text = title + text\n"
#define STORED \
    "detected a dump of an index: its stored fields are stored again\n"

START_TEST(the_fields_of_a_dump_are_stored_again)
{
    expect(read_bytes("{\"id\":\"1\",\"title\":\"T\",\"text\":\"x\",\"fields\":"
                      "{\"year\":\"1965\",\"text\":\"a\\nb\"}}\n"
                      "{\"id\":\"2\",\"title\":\"\",\"text\":\"\"}\n"),
           DUMP STORED "doc 1|T|x|year=1965|text=a\\nb\ndoc 2||\n");
    static const char *const fields[] = {"year", "none"};
    options.store_fields = fields;
    options.store_field_count = 2;
    expect(read_bytes("{\"id\":\"1\",\"title\":\"T\",\"text\":\"x\",\"fields\":"
                      "{\"year\":\"1965\",\"who\":\"me\"}}\n"),
           DUMP STORED
           "doc 1|T|x|year=1965|who=me\n"
           "detected no record has the field 'none' to be stored; the fields "
           "are id, title, text\n");
}
END_TEST

START_TEST(an_id_of_a_dump_keeps_its_bytes)
{
    expect(read_bytes("{\"id\":\"a\\\\xff\",\"title\":\"\",\"text\":\"x\","
                      "\"id_hex\":\"61ff\"}\n"),
           DUMP "doc a\xff||x\n");
}
END_TEST

START_TEST(what_only_resembles_a_dump_is_a_record)
{
    expect(read_bytes("{\"id\":\"1\",\"text\":\"x\",\"title\":\"T\",\"fields\":"
                      "{\"a\":\"b\"}}\n"),
           "detected jsonl: id = id, text = title + text" UNREAD(
               "fields") "\ndoc 1|T|x\n");
    expect(read_bytes("{\"id\":\"1\",\"title\":\"T\",\"text\":\"x\",\"fields\":"
                      "[\"a\"]}\n"),
           "detected jsonl: id = id, text = title + text" UNREAD(
               "fields") "\ndoc 1|T|x\n");
    expect(read_bytes("{\"id\":\"1\",\"title\":\"T\",\"text\":\"x\","
                      "\"id_hex\":\"6\",\"fields\":{\"a\":\"b\"}}\n"),
           "detected jsonl: id = id, text = title + text" UNREAD(
               "id_hex, fields") "\ndoc 1|T|x\n");
    static const char *const fields[] = {"fields"};
    options.store_fields = fields;
    options.store_field_count = 1;
    expect(read_bytes("{\"id\":\"1\",\"title\":\"T\",\"text\":\"x\",\"fields\":"
                      "{\"a\":\"b\"}}\n"),
           DUMP "doc 1|T|x|fields={\"a\":\"b\"}\n");
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, the_fields_of_a_dump_are_stored_again);
    tcase_add_test(tests, an_id_of_a_dump_keeps_its_bytes);
    tcase_add_test(tests, what_only_resembles_a_dump_is_a_record);
    tcase_add_test(tests, records_without_ids_on_one_line_are_all_taken);
    tcase_add_test(tests, each_source_counts_its_own_lines);
    tcase_add_test(tests, jsonl_dialects_are_recognised);
    tcase_add_test(tests, json_need_not_be_a_line_each);
    tcase_add_test(tests, a_record_without_id_is_named_by_its_place);
    tcase_add_test(tests, bad_json_records_are_skipped_with_their_place);
    tcase_add_test(tests, text_with_objects_in_it_is_its_strings_and_numbers);
    tcase_add_test(tests, a_title_that_is_not_a_string_is_reported_as_changed);
    tcase_add_test(tests, repeated_key_reports_the_lost_value);
    tcase_add_test(tests, a_list_that_is_cut_off_is_told);
    tcase_add_test(tests, what_goes_with_a_missing_bracket_is_said);
    tcase_add_test(tests, text_mistaken_for_json_suggests_plain_text);
    tcase_add_test(tests, a_checklist_is_no_json);
    tcase_add_test(tests, keys_from_the_options_count);
    tcase_add_test(tests, records_with_unknown_keys_get_a_suggestion_of_fields);
    tcase_add_test(tests,
                   a_key_that_no_record_has_is_an_error_that_lists_the_keys);
    tcase_add_test(tests, keys_that_are_not_read_are_named);
    tcase_add_test(
        tests, keys_too_many_too_long_or_with_line_ends_are_dots_in_messages);
    tcase_add_test(tests, lone_surrogates_of_json_are_reported_as_changed);
}

int main(void)
{
    return run_corpus_tests("jsonl", add_tests);
}
