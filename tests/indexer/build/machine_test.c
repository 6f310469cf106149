/* machine_test.c - tests indexer/machine.c and control_group.c. */
#define _GNU_SOURCE /* sched_setaffinity */

#include "indexer/build/machine.h"

#include "common/base/status.h" /* before Check: both have fail */
#include "tests/support/check_main.h"
#include "tests/support/files.h"

#include <sched.h>

START_TEST(a_build_uses_no_processor_that_taskset_denies)
{
    cpu_set_t set, one;
    ck_assert_int_eq(sched_getaffinity(0, sizeof set, &set), 0);
    CPU_ZERO(&one);
    for (size_t i = 0; i < CPU_SETSIZE && !CPU_COUNT(&one); i++) {
        if (CPU_ISSET(i, &set)) CPU_SET(i, &one);
    }
    ck_assert_int_eq(sched_setaffinity(0, sizeof one, &one), 0);
    ck_assert_uint_eq(machine_processors(), 1);
    ck_assert_int_eq(sched_setaffinity(0, sizeof set, &set), 0);
    ck_assert_uint_ge(machine_processors(), 1);
}
END_TEST

static Scratch scratch;

static void write_text(const char *name, const char *text)
{
    scratch_write(&scratch, name, span_text(text));
}

static void expect_limits(const char *list, uint64_t memory,
                          uint32_t processors)
{
    write_text("list", list);
    GroupLimits limits = control_group_limits(scratch_path(&scratch, "list"),
                                              scratch_path(&scratch, "fs"));
    ck_assert_uint_eq(limits.memory, memory);
    ck_assert_uint_eq(limits.processors, processors);
}

static void set_up(void)
{
    scratch = scratch_new();
    scratch_folder(&scratch, "fs");
    scratch_folder(&scratch, "fs/a");
    scratch_folder(&scratch, "fs/a/b");
}

static void tear_down(void)
{
    scratch_remove(&scratch);
}

START_TEST(the_quota_of_a_container_counts)
{
    write_text("fs/cpu.max", "150000 100000\n");
    write_text("fs/memory.max", "1000000\n");
    expect_limits("0::/\n", 1000000, 2);
    expect_limits("0::/../host/path/that/is/not/mounted\n", 1000000, 2);
    write_text("fs/cpu.max", "200000 100000\n");
    expect_limits("0::/\n", 1000000, 2);
    write_text("fs/cpu.max", "1000 100000\n");
    expect_limits("0::/\n", 1000000, 1);
}
END_TEST

START_TEST(groups_above_the_own_one_limit_it_too)
{
    write_text("fs/a/b/cpu.max", "max 100000\n");
    write_text("fs/a/b/memory.max", "5000\n");
    write_text("fs/a/cpu.max", "300000 100000\n");
    write_text("fs/a/memory.max", "max\n");
    expect_limits("0::/a/b\n", 5000, 3);
    write_text("fs/a/memory.max", "4000\n");
    expect_limits("0::/a/b\n", 4000, 3);
    expect_limits("0::/a\n", 4000, 3);
    expect_limits("0::/a/gone\n", 4000, 3);
    expect_limits("0::/\n", UINT64_MAX, UINT32_MAX);
}
END_TEST

START_TEST(limits_of_version_1_count)
{
    scratch_folder(&scratch, "fs/cpu");
    scratch_folder(&scratch, "fs/cpu/x");
    scratch_folder(&scratch, "fs/memory");
    scratch_folder(&scratch, "fs/memory/y");
    write_text("fs/cpu/cpu.cfs_quota_us", "-1\n");
    write_text("fs/cpu/cpu.cfs_period_us", "100000\n");
    write_text("fs/cpu/x/cpu.cfs_quota_us", "400000\n");
    write_text("fs/cpu/x/cpu.cfs_period_us", "100000\n");
    write_text("fs/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write_text("fs/memory/y/memory.limit_in_bytes", "7000\n");
    const char *list = "9:name=systemd:/\n7:memory:/y\n2:cpuacct,cpu:/x/z\n"
                       "3:cpuset:/x\n0::/\n";
    expect_limits(list, 7000, 4);
    expect_limits("3:cpuset:/x\n2:cpuacct:/x\n", UINT64_MAX, UINT32_MAX);
}
END_TEST

START_TEST(what_cannot_be_read_is_no_limit)
{
    expect_limits("", UINT64_MAX, UINT32_MAX);
    expect_limits("nonsense\n0:\n::\n", UINT64_MAX, UINT32_MAX);
    write_text("fs/cpu.max", "-5 0\n");
    write_text("fs/memory.max", "much\n");
    expect_limits("0::/\n", UINT64_MAX, UINT32_MAX);
    GroupLimits none = control_group_limits("/no/such/list", "/no/such/root");
    ck_assert_uint_eq(none.memory, UINT64_MAX);
    ck_assert_uint_eq(none.processors, UINT32_MAX);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("machine");
    TCase *tests = tcase_create("machine");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_build_uses_no_processor_that_taskset_denies);
    tcase_add_test(tests, the_quota_of_a_container_counts);
    tcase_add_test(tests, groups_above_the_own_one_limit_it_too);
    tcase_add_test(tests, limits_of_version_1_count);
    tcase_add_test(tests, what_cannot_be_read_is_no_limit);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
