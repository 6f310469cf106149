/* api_version.c - the version, names of statuses. */
#include <quern/status.h>

#define TEXT_OF(number) #number
#define DOTTED(major, minor, patch) \
    TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

static const char VERSION[] = DOTTED(QUERN_VERSION_MAJOR, QUERN_VERSION_MINOR,
                                     QUERN_VERSION_PATCH);

const char *quern_version(void)
{
    return VERSION;
}

const char *quern_status_name(quern_status status)
{
    switch (status) {
    case QUERN_OK: return "ok";
    case QUERN_NO_MEMORY: return "no memory";
    case QUERN_IO: return "input or output failed";
    case QUERN_CORRUPT: return "damaged index";
    case QUERN_UNSUPPORTED: return "unsupported";
    case QUERN_LIMIT: return "limit exceeded";
    case QUERN_INVALID: return "invalid argument";
    case QUERN_CONFLICT: return "conflict";
    case QUERN_CANCELLED: return "cancelled";
    }
    return "unknown status";
}
