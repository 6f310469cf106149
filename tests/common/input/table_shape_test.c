/* table_shape_test.c - tests common/input/table_shape.c. */
#include "common/input/table_shape.h"

#include "common/base/buf.h"

#include "tests/support/check_main.h"

static TableShape csv(const char *sample)
{
    return table_shape_of_csv(span_text(sample), true);
}

static void expect_separator(const char *sample, char separator, size_t columns)
{
    TableShape shape = csv(sample);
    ck_assert_msg(shape.separator == (uint8_t)separator, "%s: '%c'", sample,
                  shape.separator);
    ck_assert_uint_eq(shape.column_count, columns);
}

START_TEST(the_separator_gives_most_rows_the_same_number_of_cells)
{
    expect_separator("a,b\n1,2\n", ',', 2);
    expect_separator("a;b\n1;2,5\n3;4,5\n", ';', 2);
    expect_separator("01.02.;-1,50;x\n02.02.;-2,50;y\n", ';', 3);
    expect_separator("id,text\n1,a;b;c\n2,d;e;f\n", ',', 2);
    expect_separator("a|b\n1|x, y\n2|z\n", '|', 2);
    expect_separator("a\tb\n1\tx, y\n", '\t', 2);
    expect_separator("a;b\n1;\"x\n;\n;\"\n", ';', 2);
    expect_separator("one\ntwo\n", ',', 1);
    expect_separator("", ',', 0);
    expect_separator("a;b\nc;d\ne;f\n1;2;3;4;5\n6;7;8;9;10\n", ';', 5);
    expect_separator("a;b\nc;d\n1;2;3;4;5;6;7\n", ';', 2);
}
END_TEST

START_TEST(the_separator_of_the_first_line_is_used)
{
    static const char *const lines[] = {"sep=;\n", "SEP=;\r\n", "\"sep=;\"\n"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        Buf table = {0};
        buf_printf(&table, "%sa,b\n", lines[i]);
        TableShape shape = csv(buf_text(&table));
        ck_assert_uint_eq(shape.separator, ';');
        ck_assert_uint_eq(shape.first_row, strlen(lines[i]));
        ck_assert_uint_eq(shape.row_count, 1);
        buf_release(&table);
    }
    ck_assert_uint_eq(csv("sep=;;\na;b\n").first_row, 0);
    ck_assert_uint_eq(csv("sep=\na;b\n").first_row, 0);
}
END_TEST

START_TEST(rows_are_even_or_not)
{
    ck_assert(csv("a,b\n1,2\n").is_even);
    ck_assert(!csv("a,b\n1,2\n3\n").is_even);
    TableShape cut = table_shape_of_csv(span_text("a,b\n1,2\n3"), false);
    ck_assert(cut.is_even); /* the last row is not whole */
    ck_assert_uint_eq(cut.row_count, 2);
}
END_TEST

START_TEST(a_table_of_tabs_has_quotes_if_its_rows_need_them)
{
    static const struct {
        const char *sample;
        bool quoted;
    } tables[] = {{"1\tx\n2\ty\n", false},
                  {"1\t\"What\" is\n2\t\"y\"\n", false},
                  {"1\t\"x\ny\"\n2\tz\n", true},
                  {"1\tx\ty\n2\t\"z\n", false},
                  {"\"id\"\t\"text\"\n1\tx\n", true},
                  {"\"\n", false}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        TableShape shape = table_shape_of_tsv(span_text(tables[i].sample),
                                              true);
        ck_assert_msg(shape.quoted == tables[i].quoted, "%s", tables[i].sample);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("table_shape");
    TCase *tests = tcase_create("table_shape");
    tcase_add_test(tests,
                   the_separator_gives_most_rows_the_same_number_of_cells);
    tcase_add_test(tests, the_separator_of_the_first_line_is_used);
    tcase_add_test(tests, rows_are_even_or_not);
    tcase_add_test(tests, a_table_of_tabs_has_quotes_if_its_rows_need_them);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
