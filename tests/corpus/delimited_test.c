/* delimited_test.c - tests corpus/delimited.c. */
#include "tests/corpus/corpus_fixture.h"

START_TEST(a_header_with_some_known_names_needs_an_option)
{
    static const char table[] = "id\tcontents\tauthor\n1\tlamp\tme\n";
    expect(read_bytes(table), "error 6 @/in: cannot tell whether its first row "
                              "holds column names [header?]\n");
    options.header = HEADER_YES;
    ck_assert_ptr_nonnull(strstr(read_bytes(table), "doc 1||lamp\n"));
    options.header = HEADER_NO;
    ck_assert_ptr_nonnull(strstr(read_bytes(table), "doc id|contents|author"));
    options.header = HEADER_DETECT;
    options.text_field = "author";
    ck_assert_ptr_nonnull(
        strstr(read_bytes("id,author,x\n1,lamp,me\n"), "doc 1||lamp\n"));
}
END_TEST

START_TEST(a_row_with_a_name_that_an_option_gives_is_a_header)
{
    options.id_field = "sku";
    options.text_field = "description";
    expect(read_bytes("sku\tname\tprice\tcolour\tdescription\n"
                      "7\tLamp\t5\tred\tbright\n"),
           "detected tsv with header: id = sku, text = description" UNREAD(
               "name, price, colour") "\ndoc 7||bright\n");
}
END_TEST

START_TEST(semicolons_part_columns_where_there_are_no_commas)
{
    Span table = span_text("id;text;price\n1;\"a; b\";1,50\n");
    options.header = HEADER_YES;
    ck_assert_ptr_nonnull(strstr(
        read_one(scratch_write(&scratch, "t.csv", table)), "doc 1||a; b\n"));
}
END_TEST

START_TEST(what_holds_nul_bytes_is_no_table)
{
    expect(read_one(
               scratch_write(&scratch, "t.bin", span_of("a\tb\nc\0\td\n", 9))),
           "detected indexing as plain text, one document per file\n"
           "skip @/t.bin:0@0 binary: contains NUL bytes\n");
}
END_TEST

START_TEST(tables_are_read_by_number_of_columns_or_header)
{
    expect(
        read_bytes("1\ta \"b\" c\r\n\r\nx2\t\n"),
        "detected tsv without header, columns id,text: id = id, text = text\n"
        "doc 1||a \"b\" c\ndoc x2||\n");
    expect(read_bytes("id\ttext\ttitle\n1\tx\tT\n"),
           "detected tsv with header: id = id, text = title + text\n"
           "doc 1|T|x\n");
    expect(read_bytes("D1\thttp://u\tT\tbody\n"),
           "detected tsv without header, columns id,url,title,text: id = id, "
           "text = title + text" UNREAD("url") "\ndoc D1|T|body\n");
    options.format = CORPUS_TSV;
    expect(read_bytes("a\tb\tc\td\te\n"),
           "error 6 @/in: its 5 columns have no names [name columns]\n");
    options.columns = "key, body";
    options.text_field = "body";
    expect(read_bytes("1\tb\tc\n"),
           "detected tsv without header: id = SOURCE:LINE, text = body" UNREAD(
               "key") "\n"
                      "doc @/in:1||b\tc\n");
    expect(read_bytes("lonely\n"), "skip @/in:1@0 1 column, expected 2\n");
}
END_TEST

START_TEST(a_first_row_of_unknown_names_is_data_and_reported)
{
    static const char doubt[] =
        "detected treating the first row as data [header]\n";
    options.format = CORPUS_CSV;
    const char *seen = read_bytes("sku,name,price_2\n7,Cup,3.00\n");
    ck_assert_msg(!strncmp(seen, doubt, strlen(doubt)), "%s", seen);
    ck_assert_ptr_nonnull(strstr(seen, "doc sku|name|price_2\n"));
    static const char *const no_names[] = {
        "1,name,price\n", "sku,,price\n", "sku,a name,price\n",
        "sku,name,a_name_of_more_than_thirty_two_bytes\n", "lonely\n"};
    for (size_t i = 0; i < sizeof no_names / sizeof *no_names; i++)
        ck_assert_ptr_null(strstr(read_bytes(no_names[i]), "first row"));
    options.header = HEADER_NO;
    ck_assert_ptr_null(strstr(read_bytes("sku,name,price\n"), "first row"));
}
END_TEST

START_TEST(csv_follows_rfc_4180)
{
    expect(read_bytes("id,title,text\r\n"
                      "1,T,plain\r\n"
                      "2,\"T, \"\"q\"\"\",\"two\r\nlines\"\r\n"
                      "3,only\r\n"
                      "4,\"x\"y,z\r\n"
                      "5,,\r\n"
                      "6,a\"b,\"\"\r\n"
                      "7,T,\"never closed\r\n"),
           "detected csv with header: id = id, text = title + text\n"
           "doc 1|T|plain\n"
           "doc 2|T, \"q\"|two\r\\nlines\n"
           "skip @/in:5@53 2 columns, expected 3\n"
           "skip @/in:6:6@61 text after a closing quote\n"
           "doc 5||\n"
           "doc 6|a\"b|\n"
           "skip @/in:9:5@86 unclosed quote\n");
    options.header = HEADER_NO;
    options.format = CORPUS_CSV;
    expect(
        read_bytes("id,text\n"),
        "detected csv without header, columns id,text: id = id, text = text\n"
        "doc id||text\n");
    options.header = HEADER_YES;
    options.text_field = "Inhalt";
    expect(read_bytes("Nummer,Inhalt\n1,x\n"),
           "detected csv with header: id = SOURCE:LINE, text = Inhalt" UNREAD(
               "Nummer") "\n"
                         "doc @/in:2||x\n");
}
END_TEST

START_TEST(ids_that_are_not_utf8_keep_their_bytes)
{
    expect(read_bytes("a\xe9\tx\na\xe8\ty\n"),
           "detected tsv without header, columns id,text: id = id, text = "
           "text\n"
           "doc a\xe9||x\n"
           "doc a\xe8||y\n");
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, a_header_with_some_known_names_needs_an_option);
    tcase_add_test(tests, a_row_with_a_name_that_an_option_gives_is_a_header);
    tcase_add_test(tests, semicolons_part_columns_where_there_are_no_commas);
    tcase_add_test(tests, what_holds_nul_bytes_is_no_table);
    tcase_add_test(tests, tables_are_read_by_number_of_columns_or_header);
    tcase_add_test(tests, a_first_row_of_unknown_names_is_data_and_reported);
    tcase_add_test(tests, csv_follows_rfc_4180);
    tcase_add_test(tests, ids_that_are_not_utf8_keep_their_bytes);
}

int main(void)
{
    return run_corpus_tests("delimited", add_tests);
}
