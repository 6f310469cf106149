/* delimited_test.c - tests corpus/delimited.c. */
#include "tests/corpus/corpus_fixture.h"

#define GUESSED "detected treating line 1 as the column names [no header]\n"
#define IN_ALL(columns) "text = " columns " [name fields]\n"

START_TEST(two_known_names_among_others_are_taken_as_a_header_and_reported)
{
    static const char table[] = "id\tcontents\tauthor\nx\tlamp\tme\n";
    expect(read_bytes(table),
           GUESSED "detected tsv with header: id = id, text = contents" UNREAD(
               "author") "\ndoc x||lamp\n");
    options.header = HEADER_YES;
    expect(read_bytes(table),
           "detected tsv with header: id = id, text = contents" UNREAD(
               "author") "\ndoc x||lamp\n");
    options.header = HEADER_NO;
    ck_assert_ptr_nonnull(strstr(read_bytes(table), "doc id|contents|author"));
}
END_TEST

START_TEST(names_of_columns_are_recognised_without_case)
{
    expect(read_bytes("ID,Title,TEXT\n7,Big,wombat\n"),
           "detected csv with header: id = id, text = title + text\n"
           "doc 7|Big|wombat\n");
    options.id_field = "sku";
    options.text_field = "Description";
    expect(read_bytes("SKU;DESCRIPTION\n7;wombat\n"),
           "detected csv (semicolons) with header: id = sku, text = "
           "Description\ndoc 7||wombat\n");
    options.id_field = "id"; /* one of two columns that differ by case */
    options.text_field = "text";
    expect(read_bytes("Id,id,text\n1,2,x\n"),
           "detected csv with header: id = id, text = text" UNREAD(
               "Id") "\ndoc 2||x\n");
}
END_TEST

START_TEST(a_column_of_figures_below_a_name_shows_a_header)
{
    static const char *const figures[] = {
        "-12,50",     "$5.00", "2024-01-02T10:00:00Z",
        "02.01.2024", "10:00", "1.200,50",
        "7 %",        "3 EUR", "1e5",
        "+49 30 12"};
    options.format = CORPUS_CSV;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        Buf table = {0};
        buf_printf(&table, "Wer;Wert\nAnna;%s\nBerta;\n", figures[i]);
        const char *seen = read_bytes(buf_text(&table));
        ck_assert_msg(!strncmp(seen, GUESSED, strlen(GUESSED)), "%s", seen);
        buf_release(&table);
    }
    static const char *const no_headers[] = {
        "Wer;Wert\nAnna;drei\n",          /* no figures below */
        "Wer;Wert\nAnna;3\nBerta;vier\n", /* not only figures */
        "1;Wert\n2;3\n",                  /* a figure is no name */
        "Wert;Wert\nAnna;3\n",            /* equal names */
        ";;Wert\na;b;3\n",                /* more empty than names */
        "Who is it?;Wert\nAnna;3\n",      /* a sentence */
        "a@b;Wert\nAnna;3\n"};            /* an address */
    for (size_t i = 0; i < sizeof no_headers / sizeof *no_headers; i++)
        ck_assert_ptr_null(strstr(read_bytes(no_headers[i]), "with header"));
    options.columns = "who,what"; /* named: the first row is a document */
    ck_assert_ptr_null(strstr(read_bytes("Wer;Wert\nAnna;3\n"), "with header"));
}
END_TEST

START_TEST(rows_before_the_column_names_are_left_out_and_named)
{
    options.format = CORPUS_CSV;
    expect(read_bytes("Konto;DE12\n\nDatum;Betrag;Zweck\n02.01.;-5,00;Brot\n"
                      "03.01.;-7,00;Kino\n"),
           "skip @/in:1@0 before the column names\n"
           "detected treating line 3 as the column names [no header]\n"
           "detected csv (semicolons) with header: id = SOURCE:LINE, " IN_ALL(
               "all columns") "doc @/in:4||02.01.\\n-5,00\\nBrot\n"
                              "doc @/in:5||03.01.\\n-7,00\\nKino\n");
    options.header = HEADER_NO;
    ck_assert_ptr_nonnull(strstr(read_bytes("Konto;DE12\nDatum;Betrag;Zweck\n"
                                            "02.01.;-5,00;Brot\n"),
                                 "doc Konto||DE12\n"));
}
END_TEST

START_TEST(without_a_text_column_the_words_of_all_columns_are_text)
{
    options.format = CORPUS_CSV;
    expect(read_bytes("id,Subject,name,price\n7,Cup,Ann,3.00\n8,,Bob\n"),
           GUESSED "detected csv with header: id = id, " IN_ALL(
               "subject + all other columns") "doc 7|Cup|Ann\\n3.00\n"
                                              "doc 8||Bob\n");
    expect(read_bytes("id\n7\n"),
           "detected csv with header: id = "
           "SOURCE:LINE, " IN_ALL("all columns") "doc @/in:2||7\n");
}
END_TEST

START_TEST(a_first_column_that_repeats_is_not_the_id)
{
    options.format = CORPUS_TSV;
    expect(read_bytes("Ann\thi there\nBob\thi\nAnn\tbye\n"),
           "detected treating the first row as data [header]\n"
           "detected tsv without header: id = SOURCE:LINE, " IN_ALL(
               "all columns") "doc @/in:1||Ann\\nhi there\n"
                              "doc @/in:2||Bob\\nhi\n"
                              "doc @/in:3||Ann\\nbye\n");
    expect(read_bytes("1\ta\t\tb\tc\n"),
           "detected tsv without header: id = column1, " IN_ALL(
               "all other columns") "doc 1||a\\nb\\nc\n");
    expect(read_bytes("1\tvery\tlong\ttext\n"),
           "detected tsv without header: id = column1, " IN_ALL(
               "all other columns") "doc 1||very\\nlong\\ntext\n");
}
END_TEST

START_TEST(only_the_first_thousand_rows_decide_on_the_id)
{
    Buf table = {0};
    for (int i = 0; i < 1000; i++) buf_printf(&table, "k%d\t%0100d\n", i, i);
    buf_put_text(&table, "k5\tagain\n");
    ck_assert_ptr_nonnull(
        strstr(read_bytes(buf_text(&table)), "doc k5||again"));
    buf_clear(&table);
    for (int i = 0; i < 1000; i++)
        buf_printf(&table, "k%d\t%0100d\n", i % 999, i);
    ck_assert_ptr_nonnull(
        strstr(read_bytes(buf_text(&table)), "doc @/in:1||k0"));
    buf_release(&table);
}
END_TEST

START_TEST(cells_are_separated_by_what_gives_even_rows)
{
    options.format = CORPUS_CSV;
    expect(read_bytes("id;\"te\nxt\";note\n1;\"a\nb\";\"x;y\"\n"),
           GUESSED "detected csv (semicolons) with header: id = id, " IN_ALL(
               "all other columns") "doc 1||a\\nb\\nx;y\n");
    expect(read_bytes("id|text\n1|a, b, c\n2|d, e\n"),
           "detected csv (pipes) with header: id = id, text = text\n"
           "doc 1||a, b, c\ndoc 2||d, e\n");
    expect(read_bytes("id\ttext\n1\t\"a\tb\"\n"),
           "detected csv (tabs) with header: id = id, text = text\n"
           "doc 1||a\tb\n");
    expect(read_bytes("sep=;\r\nid;text\r\n1;a, b\r\n2;c\r\n"),
           "detected csv (semicolons) with header: id = id, text = text\n"
           "doc 1||a, b\ndoc 2||c\n");
    options.format = CORPUS_DETECT;
    expect(read_bytes("\"sep=:\"\nid:text\n1:a, b\n"),
           "detected csv (as its first line names) with header: id = id, "
           "text = text\ndoc 1||a, b\n");
}
END_TEST

START_TEST(quotes_of_tsv_are_text_unless_the_rows_need_them)
{
    expect(read_bytes("1\t\"What\" is\n2\t\"a\"\n"),
           "detected tsv without header, columns id,text: id = id, text = "
           "text\ndoc 1||\"What\" is\ndoc 2||\"a\"\n");
    options.format = CORPUS_TSV;
    expect(read_bytes("1\t\"a\nb\"\n2\tc\n"),
           "detected tsv without header, columns id,text: id = id, text = "
           "text\ndoc 1||a\\nb\ndoc 2||c\n");
    expect(read_bytes("\"id\"\t\"text\"\n\"1\"\t\"a\"\n"),
           "detected tsv with header: id = id, text = text\ndoc 1||a\n");
}
END_TEST

START_TEST(a_table_is_detected_by_column_names_and_even_rows)
{
    ck_assert_ptr_nonnull(strstr(read_bytes("Datum;Betrag\n1.1.24;-5,00\n"
                                            "2.1.24;6,00\n"),
                                 "detected csv (semicolons) with header"));
    static const char *const texts[] = {
        "Datum;Betrag\n1.1.24;-5,00\n",            /* few rows */
        "Datum;Betrag\n1.1.24;5\n2.1.24;5\nx\n",   /* uneven */
        "Dear Ann,\nit is 5, or 6.\nYours, Bob\n", /* a letter */
        "x = 1;\ny = 2;\nz = 3;\n"};               /* a program */
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_ptr_nonnull(strstr(read_bytes(texts[i]), "plain text"));
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
    options.text_field = "author";
    options.id_field = NULL;
    ck_assert_ptr_nonnull(
        strstr(read_bytes("id,author,x\n1,lamp,me\n"), "doc 1||lamp\n"));
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
    const char *seen = read_bytes("vorname,ort,farbe\nAnn,Ulm,red\n");
    ck_assert_msg(!strncmp(seen, doubt, strlen(doubt)), "%s", seen);
    ck_assert_ptr_nonnull(strstr(seen, "doc vorname|ort|farbe\n"));
    static const char *const no_names[] = {
        "1,name,price\n", "sku,,price\n", "sku,name?,price\n",
        "a,a_name_of_more_than_sixty_four_bytes_that_is_much_too_long_indeed\n",
        "lonely\n"};
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
    expect(read_bytes("1\xe9\tx\n1\xe8\ty\n"),
           "detected tsv without header, columns id,text: id = id, text = "
           "text\n"
           "doc 1\xe9||x\n"
           "doc 1\xe8||y\n");
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(
        tests, two_known_names_among_others_are_taken_as_a_header_and_reported);
    tcase_add_test(tests, names_of_columns_are_recognised_without_case);
    tcase_add_test(tests, a_column_of_figures_below_a_name_shows_a_header);
    tcase_add_test(tests, rows_before_the_column_names_are_left_out_and_named);
    tcase_add_test(tests,
                   without_a_text_column_the_words_of_all_columns_are_text);
    tcase_add_test(tests, a_first_column_that_repeats_is_not_the_id);
    tcase_add_test(tests, only_the_first_thousand_rows_decide_on_the_id);
    tcase_add_test(tests, cells_are_separated_by_what_gives_even_rows);
    tcase_add_test(tests, quotes_of_tsv_are_text_unless_the_rows_need_them);
    tcase_add_test(tests, a_table_is_detected_by_column_names_and_even_rows);
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
