/* control_group.c - what the control groups of this process allow it.
 *
 *   /proc/self/cgroup    0::/a/b                version 2, mounted at the root
 *                        4:cpu,cpuacct:/a/b     version 1, at root/cpu
 *                        7:memory:/a/b          version 1, at root/memory
 *
 * In a container the path may be the one that the host sees, of which only the
 * end, or nothing, is mounted: groups that are not there are passed over.
 */
#include "indexer/build/machine.h"

#include "common/base/buf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The numbers in a file of a group; 0 if it is not there or says "max". */
static int read_numbers(const char *folder, const char *name, int64_t *first,
                        int64_t *second)
{
    Buf path = {0};
    buf_printf(&path, "%s/%s", folder, name);
    const char *text = buf_text(&path);
    FILE *file = text ? fopen(text, "re") : NULL;
    int count = 0;
    if (file) {
        count = fscanf(file, "%" SCNd64 " %" SCNd64, first, second);
        fclose(file);
    }
    buf_release(&path);
    return count < 0 ? 0 : count;
}

/* Microseconds of processor time in each period; a quota below 0 is none. */
static void take_quota(GroupLimits *limits, int64_t quota, int64_t period)
{
    if (quota <= 0 || period <= 0) return;
    int64_t processors = (quota - 1) / period + 1;
    if (processors < limits->processors)
        limits->processors = (uint32_t)processors;
}

static void take_memory(GroupLimits *limits, int64_t bytes)
{
    if (bytes >= 0 && (uint64_t)bytes < limits->memory)
        limits->memory = (uint64_t)bytes;
}

static void take_limits(GroupLimits *limits, const char *folder)
{
    int64_t number, period, ignored;
    if (read_numbers(folder, "memory.max", &number, &ignored))
        take_memory(limits, number);
    if (read_numbers(folder, "memory.limit_in_bytes", &number, &ignored))
        take_memory(limits, number);
    if (read_numbers(folder, "cpu.max", &number, &period) == 2)
        take_quota(limits, number, period);
    if (read_numbers(folder, "cpu.cfs_quota_us", &number, &ignored) &&
        read_numbers(folder, "cpu.cfs_period_us", &period, &ignored))
        take_quota(limits, number, period);
}

/* The limits of root/mount/path and of all folders above it up to
 * root/mount. */
static void climb(GroupLimits *limits, const char *root, const char *mount,
                  const char *path)
{
    Buf folder = {0};
    buf_printf(&folder, "%s%s", root, mount);
    size_t top = folder.size;
    buf_put_text(&folder, path);
    for (;;) {
        while (folder.size > top && folder.data[folder.size - 1] == '/')
            folder.size--;
        const char *text = buf_text(&folder);
        if (!text) break;
        take_limits(limits, text);
        if (folder.size <= top) break;
        while (folder.size > top && folder.data[folder.size - 1] != '/')
            folder.size--;
    }
    buf_release(&folder);
}

/* Whether a list with commas has the name. */
static bool has_name(const char *list, const char *name)
{
    size_t size = strlen(name);
    for (; list; list = strchr(list, ',')) {
        list += *list == ',';
        if (!strncmp(list, name, size) && (!list[size] || list[size] == ','))
            return true;
    }
    return false;
}

/* A line of the list: NUMBER:CONTROLLERS:PATH, no controllers in version 2. */
static void take_group(GroupLimits *limits, const char *root, char *line)
{
    line[strcspn(line, "\n")] = '\0';
    char *controllers = strchr(line, ':');
    char *path = controllers ? strchr(controllers + 1, ':') : NULL;
    if (!path) return;
    *path++ = '\0';
    controllers++;
    if (!*controllers) climb(limits, root, "", path);
    if (has_name(controllers, "cpu")) climb(limits, root, "/cpu", path);
    if (has_name(controllers, "memory")) climb(limits, root, "/memory", path);
}

GroupLimits control_group_limits(const char *list, const char *root)
{
    GroupLimits limits = {UINT64_MAX, UINT32_MAX};
    FILE *file = fopen(list, "re");
    char *line = NULL;
    size_t room = 0;
    while (file && getline(&line, &room, file) > 0)
        take_group(&limits, root, line);
    free(line);
    if (file) fclose(file);
    return limits;
}
