/* fuzz.h - what every fuzz target implements and uses. */
#ifndef QUERN_FUZZ_FUZZ_H
#define QUERN_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Takes any bytes; aborts on a broken promise. libFuzzer's name and form. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stops with the promise that was broken, in release builds too. */
#define PROMISE(condition)                                             \
    do {                                                               \
        if (!(condition)) {                                            \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, \
                    #condition);                                       \
            abort();                                                   \
        }                                                              \
    } while (0)

#endif
