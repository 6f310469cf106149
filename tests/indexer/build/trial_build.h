/* trial_build.h - what tests of whole builds share. */
#ifndef QUERN_BUILD_TRIAL_BUILD_H
#define QUERN_BUILD_TRIAL_BUILD_H

#include "indexer/build/build.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"

/* Where a test's files and indexes are; a fixture makes and removes it. */
extern Scratch scratch;
void make_scratch(void);
void remove_scratch(void);

/* A copy of a path that stays for the whole of a test. */
const char *keep(const char *path);

/* Small limits bring every class of list about in small corpora. `input` may
 * be NULL. */
BuildOptions options_for(const char *input, const char *output);

/* Fails the test if the build fails. */
void build(const BuildOptions *options);

/* The bytes of all segments of an index, one behind the other. */
Buf segment_bytes(const char *folder);

/* Fails the test if `indexer check` finds anything. */
void check_index(const char *folder);

#endif
