/* machine_facts.c - the machine, the build and the clock, for the manifest. */
#include "bench/measure/machine_facts.h"

#include "bench/engines/engine_process.h"
#include "common/base/clock.h"
#include "common/base/cpu.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

enum { CLOCK_READINGS = 100000 };

static const char *keep(Results *results, const char *text)
{
    size_t size = strcspn(text, "\n");
    return result_text(results, span_of(text, size));
}

/* The first line of a file of /proc or /sys. */
static const char *first_line(Results *results, const char *path)
{
    char line[256] = "";
    FILE *file = fopen(path, "r");
    if (file && !fgets(line, sizeof line, file)) *line = 0;
    if (file) fclose(file);
    return keep(results, line);
}

static const char *processor_model(Results *results)
{
    static const char name[] = "model name";
    char line[256];
    const char *model = "";
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file && !*model && fgets(line, sizeof line, file)) {
        const char *colon = strchr(line, ':');
        if (!strncmp(line, name, sizeof name - 1) && colon)
            model = keep(results, colon + 2);
    }
    if (file) fclose(file);
    return model;
}

static const char *kernel_name(Results *results)
{
    struct utsname names;
    char text[160];
    if (uname(&names)) return "";
    snprintf(text, sizeof text, "%.64s %.64s", names.sysname, names.release);
    return keep(results, text);
}

static const char *utc_now(Results *results)
{
    char text[32];
    struct tm parts;
    time_t now = time(NULL);
    if (!gmtime_r(&now, &parts)) return "";
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return keep(results, text);
}

/* The smallest step of the clock, and what a reading costs. */
static void clock_facts(ResultManifest *manifest)
{
    int64_t start = clock_ns(), before = start, step = INT64_MAX;
    for (int i = 0; i < CLOCK_READINGS; i++) {
        int64_t now = clock_ns();
        if (now > before && now - before < step) step = now - before;
        before = now;
    }
    manifest->clock = "CLOCK_MONOTONIC";
    manifest->resolution_ns = step;
    manifest->clock_cost_ns = (double)(before - start) / CLOCK_READINGS;
}

static const char *governor_of(Results *results, int core)
{
    char path[96];
    snprintf(path, sizeof path,
             "/sys/devices/system/cpu/cpu%d/cpufreq/scaling_governor",
             core < 0 ? 0 : core);
    return first_line(results, path);
}

void machine_facts(Results *results, int core)
{
    ResultManifest *manifest = &results->manifest;
    double load = 0;
    if (getloadavg(&load, 1) == 1) manifest->load = load;
    manifest->date = utc_now(results);
    manifest->quern = QUERN_VERSION;
    manifest->commit = QUERN_COMMIT;
#ifdef __clang__
    manifest->compiler = __VERSION__;
#else
    manifest->compiler = "gcc " __VERSION__;
#endif
    manifest->flags = QUERN_FLAGS;
    manifest->machine = first_line(results, "/proc/sys/kernel/hostname");
    manifest->cpu = processor_model(results);
    manifest->cores = sysconf(_SC_NPROCESSORS_ONLN);
    manifest->memory = (int64_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
    manifest->kernel = kernel_name(results);
    manifest->governor = governor_of(results, core);
    manifest->level = cpu_level_name(cpu_level());
    manifest->core = core;
    clock_facts(manifest);
}
