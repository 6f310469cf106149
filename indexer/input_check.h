/* input_check.h - misspelt inputs and commands, before anything is done. */
#ifndef QUERN_INDEXER_INPUT_CHECK_H
#define QUERN_INDEXER_INPUT_CHECK_H

#include "indexer/build/build.h"

/* ERR_USAGE or ERR_IO if an input does not exist, with a suggestion: the first
 * one may be a misspelt command. */
NODISCARD Status check_inputs(const BuildOptions *options, Error *error);

#endif
