/* source_modes_test.c - tests indexer/source_modes.c. */
#include "indexer/build/source_modes.h"

#include "tests/support/check_main.h"

enum { OWN_GROUP = 100, OTHER_GROUP = 200, ALL = 070 | 007 };

static const struct {
    mode_t mode;
    gid_t group;
    mode_t lost;
} cases[] = {
    {0644, OWN_GROUP, 0},       {0640, OWN_GROUP, 007},
    {0604, OWN_GROUP, 070},     {0600, OWN_GROUP, ALL},
    {0644, OTHER_GROUP, 0},     {0640, OTHER_GROUP, ALL},
    {0604, OTHER_GROUP, ALL},   {0600, OTHER_GROUP, ALL},
    {0200 | 0044, OWN_GROUP, 0} /* the owner can help himself */
};

START_TEST(nobody_may_read_an_index_who_may_not_read_its_source)
{
    SourceModes modes;
    struct stat facts = {.st_mode = S_IFREG | cases[_i].mode,
                         .st_gid = cases[_i].group};
    source_modes_init(&modes, (FileAccess){0644, OWN_GROUP});
    source_modes_add(&modes, "a.txt", &facts);
    ck_assert_uint_eq(modes.lost, cases[_i].lost);
    ck_assert_str_eq(modes.first, cases[_i].lost ? "a.txt" : "");
}
END_TEST

START_TEST(the_first_source_that_takes_something_is_kept)
{
    SourceModes modes;
    struct stat open = {.st_mode = S_IFREG | 0644, .st_gid = OWN_GROUP};
    struct stat half = {.st_mode = S_IFREG | 0640, .st_gid = OWN_GROUP};
    struct stat shut = {.st_mode = S_IFREG | 0600, .st_gid = OWN_GROUP};
    struct stat pipe = {.st_mode = S_IFIFO | 0600, .st_gid = OWN_GROUP};
    source_modes_init(&modes, (FileAccess){0640, OWN_GROUP});
    source_modes_add(&modes, "open", &open);
    source_modes_add(&modes, "pipe", &pipe);
    ck_assert_uint_eq(modes.lost, 0);
    source_modes_add(&modes, "half", &half); /* takes what there is not */
    ck_assert_str_eq(modes.first, "");
    source_modes_add(&modes, "shut", &shut);
    source_modes_add(&modes, "shut too", &shut);
    ck_assert_str_eq(modes.first, "shut");
    ck_assert_uint_eq(modes.lost, ALL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("source_modes");
    TCase *tests = tcase_create("source_modes");
    tcase_add_loop_test(tests,
                        nobody_may_read_an_index_who_may_not_read_its_source, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, the_first_source_that_takes_something_is_kept);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
