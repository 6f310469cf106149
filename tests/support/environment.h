/* environment.h - what the environment sets for a test. */
#ifndef QUERN_SUPPORT_ENVIRONMENT_H
#define QUERN_SUPPORT_ENVIRONMENT_H

#include <stdint.h>
#include <stdlib.h>

/* A variable as a number; `otherwise` if it is unset or empty. */
static inline uint64_t environment_number(const char *variable,
                                          uint64_t otherwise)
{
    const char *text = getenv(variable);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

#endif
