/* trial_folder.c - the scratch folder of a program that runs trials. */
#include "tests/faults/trial_folder.h"

#include <stdio.h>
#include <stdlib.h>

static char folder[] = "/tmp/quern-faults-XXXXXX";

void trial_folder_make(void)
{
    if (!mkdtemp(folder)) exit(3);
}

char *trial_path(const char *name)
{
    static char paths[32][64];
    static size_t next;
    char *path = paths[next++];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

int trials_end(const char *program, const Tally *tally)
{
    printf("%s: %llu points passed, %llu failed\n", program,
           (unsigned long long)(tally->points - tally->bad),
           (unsigned long long)tally->bad);
    char remove[64];
    snprintf(remove, sizeof remove, "rm -r %s", folder);
    if (system(remove)) return 3;
    return tally->bad ? 1 : 0;
}
