/* field_names_test.c - tests indexer/build/field_names.c. */
#include "indexer/build/field_names.h"

#include "tests/support/check_main.h"

#include <stdio.h>

static Error error;

START_TEST(given_names_come_first_and_new_ones_in_their_order)
{
    static const char *const given[] = {"year", "who"};
    FieldNames names = {0};
    DocumentField fields[] = {{span_text("x"), {0}},
                              {span_text("who"), {0}},
                              {span_text("year"), {0}},
                              {span_text("a"), {0}}};
    Document document = {.fields = fields, .field_count = 4};
    bool all;
    ck_assert_int_eq(field_names_start(&names, given, 2, &error), OK);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(field_names_add(&names, &document, &all, &error), OK);
        ck_assert(all);
        ck_assert_uint_eq(names.count, 4);
    }
    ck_assert_str_eq(names.names[0], "year");
    ck_assert_str_eq(names.names[1], "who");
    ck_assert_str_eq(names.names[2], "x");
    ck_assert_str_eq(names.names[3], "a");
    field_names_release(&names);
}
END_TEST

START_TEST(more_names_than_an_index_has_are_left_out)
{
    FieldNames names = {0};
    bool all = true;
    for (int i = 0; i < FIELD_NAMES_MAX + 2; i++) {
        char name[16];
        snprintf(name, sizeof name, "name%d", i);
        DocumentField field = {span_text(name), {0}};
        Document document = {.fields = &field, .field_count = 1};
        ck_assert_int_eq(field_names_add(&names, &document, &all, &error), OK);
        ck_assert_int_eq(all, i < FIELD_NAMES_MAX);
    }
    ck_assert_uint_eq(names.count, FIELD_NAMES_MAX);
    field_names_release(&names);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("field_names");
    TCase *tests = tcase_create("field_names");
    tcase_add_test(tests, given_names_come_first_and_new_ones_in_their_order);
    tcase_add_test(tests, more_names_than_an_index_has_are_left_out);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
