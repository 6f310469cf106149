/* fuzz.h - the interface of fuzz targets. */
#ifndef QUERN_FUZZ_FUZZ_H
#define QUERN_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Takes any bytes; aborts if an invariant is violated. Name and type are
 * libFuzzer's. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts with the violated invariant, in release builds too. */
#define PROMISE(condition)                                             \
    do {                                                               \
        if (!(condition)) {                                            \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, \
                    #condition);                                       \
            abort();                                                   \
        }                                                              \
    } while (0)

#endif
