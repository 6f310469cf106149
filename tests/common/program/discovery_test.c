/* discovery_test.c - tests common/segment/discovery.c: whose .quern is used. */
#include "common/program/discovery.h"

#include "tests/support/check_main.h"
#include "tests/support/files.h"

#include <string.h>

enum { STRANGER = 54321 };

static Error error;
static Scratch scratch;

static void enter_scratch(void)
{
    unsetenv("QUERN_INDEX");
    unsetenv("SUDO_UID");
    scratch = scratch_new();
    scratch_folder(&scratch, ".quern");
    scratch_write(&scratch, ".quern/MANIFEST", span_text("quern 1\n"));
    scratch_folder(&scratch, "below");
    ck_assert_int_eq(chdir(scratch_path(&scratch, "below")), 0);
}

static void leave_scratch(void)
{
    scratch_remove(&scratch);
}

static Status discover(const char *given, bool *found)
{
    Buf path = {0};
    Status status = index_discover(given, "-i DIR", &path, found, &error);
    buf_release(&path);
    return status;
}

static Status check_owner(uid_t owner)
{
    struct stat facts = {.st_mode = S_IFDIR | 0755, .st_uid = owner};
    return folder_check_found("there/.quern", &facts, discovery_trusted_owner(),
                              &error);
}

START_TEST(an_index_that_was_found_is_ones_own_or_roots)
{
    ck_assert_int_eq(check_owner(geteuid()), OK);
    ck_assert_int_eq(check_owner(0), OK);
    ck_assert_int_eq(check_owner(STRANGER), ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(error.message, "(user 54321)"));
}
END_TEST

START_TEST(under_sudo_root_may_use_the_index_of_the_caller)
{
    static const char *const others[] = {"", "5432", "54321x", "x"};
    if (geteuid() != 0) return;
    setenv("SUDO_UID", "54321", 1);
    ck_assert_int_eq(check_owner(STRANGER), OK);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        setenv("SUDO_UID", others[i], 1);
        ck_assert_int_eq(check_owner(STRANGER), ERR_CONFLICT);
    }
}
END_TEST

START_TEST(a_stranger_s_index_is_used_only_where_it_is_named)
{
    bool found;
    ck_assert_int_eq(discover(NULL, &found), OK);
    ck_assert(found);
    if (geteuid() != 0) return; /* who cannot give files away */
    ck_assert_int_eq(chown("../.quern", STRANGER, STRANGER), 0);
    ck_assert_int_eq(discover(NULL, &found), ERR_CONFLICT);
    ck_assert(!found);
    ck_assert_ptr_nonnull(strstr(error.message, "-i DIR or QUERN_INDEX"));
    ck_assert_int_eq(discover("../.quern", &found), OK);
    setenv("QUERN_INDEX", "../.quern", 1);
    ck_assert_int_eq(discover(NULL, &found), OK);
}
END_TEST

START_TEST(a_link_is_used_only_where_it_is_named)
{
    bool found;
    ck_assert_int_eq(symlink("../.quern", ".quern"), 0);
    ck_assert_int_eq(discover(NULL, &found), ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(error.message, "is a link"));
    ck_assert_int_eq(discover(".quern", &found), OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("discovery");
    TCase *tests = tcase_create("discovery");
    tcase_add_checked_fixture(tests, enter_scratch, leave_scratch);
    tcase_add_test(tests, an_index_that_was_found_is_ones_own_or_roots);
    tcase_add_test(tests, under_sudo_root_may_use_the_index_of_the_caller);
    tcase_add_test(tests, a_stranger_s_index_is_used_only_where_it_is_named);
    tcase_add_test(tests, a_link_is_used_only_where_it_is_named);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
