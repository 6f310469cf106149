/* check_main.h - the main of every unit test: runs one suite, returns its
 * status. */
#ifndef QUERN_SUPPORT_CHECK_MAIN_H
#define QUERN_SUPPORT_CHECK_MAIN_H

#include <check.h>

static inline int check_main(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

#endif
