/* check.h - as much of libcheck as the tests of kernels use.
 *
 * Stands in for <check.h> where that is not built for the machine. The first
 * failure ends the program.
 */
#ifndef QUERN_NEON_CHECK_H
#define QUERN_NEON_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void CheckTest(void);

enum { CHECK_TESTS_MAX = 64, CK_NORMAL = 0 };

typedef struct TCase {
    CheckTest *tests[CHECK_TESTS_MAX];
    const char *names[CHECK_TESTS_MAX];
    size_t count;
} TCase;

/* One suite of one case is both. */
typedef struct Suite {
    const char *name;
    const TCase *tests;
} Suite, SRunner;

static inline Suite *suite_create(const char *name)
{
    static Suite suite;
    suite.name = name;
    return &suite;
}

static inline TCase *tcase_create(const char *name)
{
    static TCase tests;
    (void)name;
    return &tests;
}

static inline void check_add_test(TCase *tests, const char *name,
                                  CheckTest *test)
{
    if (tests->count == CHECK_TESTS_MAX) abort();
    tests->names[tests->count] = name;
    tests->tests[tests->count++] = test;
}

static inline void suite_add_tcase(Suite *suite, const TCase *tests)
{
    suite->tests = tests;
}

static inline SRunner *srunner_create(Suite *suite)
{
    return suite;
}

static inline void srunner_run_all(const SRunner *runner, int mode)
{
    (void)mode;
    for (size_t i = 0; i < runner->tests->count; i++) {
        printf("%s: %s\n", runner->name, runner->tests->names[i]);
        fflush(stdout);
        runner->tests->tests[i]();
    }
}

static inline int srunner_ntests_failed(const SRunner *runner)
{
    (void)runner;
    return 0;
}

static inline void srunner_free(const SRunner *runner)
{
    (void)runner;
}

#define START_TEST(name) static void name(void)
#define END_TEST
#define tcase_add_test(tests, test) check_add_test((tests), #test, (test))

#define ck_assert(holds)                                               \
    do {                                                               \
        if (!(holds)) {                                                \
            printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #holds); \
            exit(1);                                                   \
        }                                                              \
    } while (0)
#define ck_assert_int_eq(a, b) ck_assert((a) == (b))
#define ck_assert_uint_eq(a, b) ck_assert((a) == (b))
#define ck_assert_uint_lt(a, b) ck_assert((a) < (b))
#define ck_assert_ptr_ne(a, b) ck_assert((a) != (b))
#define ck_assert_mem_eq(a, b, size) ck_assert(memcmp((a), (b), (size)) == 0)

#endif
