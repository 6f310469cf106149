/* build_listener.c - what a build reports while it runs. */
#include "indexer/build/build_listener.h"

Status build_fail_cancelled(Error *error)
{
    return fail(error, ERR_INTERRUPTED, "interrupted; nothing was written");
}

Status build_check_cancelled(const BuildListener *listener, Error *error)
{
    if (!listener || !listener->cancelled) return OK;
    return listener->cancelled(listener->self) ? build_fail_cancelled(error)
                                               : OK;
}

void build_report_progress(const BuildListener *listener,
                           const BuildProgress *progress)
{
    if (listener && listener->progress)
        listener->progress(listener->self, progress);
}

void build_report_claimed(const BuildListener *listener, IndexFolder *folder)
{
    if (listener && listener->claimed)
        listener->claimed(listener->self, folder);
}

void build_report_released(const BuildListener *listener)
{
    if (listener && listener->released) listener->released(listener->self);
}
