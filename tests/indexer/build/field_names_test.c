/* field_names_test.c - tests indexer/build/field_names.c. */
#include "indexer/build/field_names.h"

#include "tests/support/check_main.h"

static void add(FieldNames *names, const char *a, const char *b)
{
    Error error;
    DocumentField fields[] = {{.name = span_text(a)}, {.name = span_text(b)}};
    Document document = {.fields = fields, .field_count = 2};
    ck_assert_int_eq(field_names_add(names, &document, &error), OK);
}

START_TEST(names_are_those_of_the_options_and_then_of_documents)
{
    static const char *const given[] = {"year", "date"};
    FieldNames names;
    size_t count;
    field_names_init(&names, given, 2);
    add(&names, "from", "date");
    add(&names, "to", "from");
    const char *const *list = field_names_list(&names, &count);
    ck_assert_uint_eq(count, 4);
    ck_assert_str_eq(list[0], "year");
    ck_assert_str_eq(list[1], "date");
    ck_assert_str_eq(list[2], "from");
    ck_assert_str_eq(list[3], "to");
    field_names_release(&names);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("field_names");
    TCase *tests = tcase_create("field_names");
    tcase_add_test(tests, names_are_those_of_the_options_and_then_of_documents);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
