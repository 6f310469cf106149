/* page_cache.c - what of an index is in memory, and getting it out. */
#include "bench/measure/page_cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct PageCounts {
    uint64_t pages, resident;
} PageCounts;

/* A file of the folder, open. */
typedef Status VisitFile(void *self, int fd, uint64_t bytes, Error *error);

static Status visit_files(const char *folder, VisitFile *visit, void *self,
                          Error *error)
{
    DIR *listing = opendir(folder);
    if (!listing) return fail_errno(error, "cannot read '%s'", folder);
    Status status = OK;
    for (struct dirent *entry; status == OK && (entry = readdir(listing));) {
        struct stat facts;
        int fd = openat(dirfd(listing), entry->d_name, O_RDONLY | O_CLOEXEC);
        if (fd < 0) continue;
        if (!fstat(fd, &facts) && S_ISREG(facts.st_mode) && facts.st_size)
            status = visit(self, fd, (uint64_t)facts.st_size, error);
        close(fd);
    }
    closedir(listing);
    return status;
}

static Status count_pages(void *self, int fd, uint64_t bytes, Error *error)
{
    PageCounts *counts = self;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t pages = (bytes + page - 1) / page;
    void *map = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED) return fail_errno(error, "cannot map a file");
    unsigned char *states = calloc(pages, 1);
    bool asked = states && !mincore(map, bytes, states);
    for (size_t i = 0; asked && i < pages; i++)
        counts->resident += states[i] & 1;
    counts->pages += pages;
    free(states);
    munmap(map, bytes);
    return asked ? OK : fail_errno(error, "mincore failed");
}

static Status drop_file(void *self, int fd, uint64_t bytes, Error *error)
{
    (void)self, (void)bytes, (void)error;
    fdatasync(fd); /* pages that are not written yet stay */
    (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    return OK;
}

Status page_cache_resident(const char *folder, double *share, Error *error)
{
    PageCounts counts = {0};
    Status status = visit_files(folder, count_pages, &counts, error);
    *share = counts.pages ? (double)counts.resident / (double)counts.pages : 0;
    return status;
}

/* Only root may. */
static bool drop_all_caches(void)
{
    int fd = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool written = write(fd, "1", 1) == 1;
    close(fd);
    return written;
}

Status page_cache_evict(const char *folder, double most, const char **method,
                        Error *error)
{
    double share;
    *method = "fadvise";
    Status status = visit_files(folder, drop_file, NULL, error);
    if (status == OK) status = page_cache_resident(folder, &share, error);
    if (status == OK && share > most && drop_all_caches())
        *method = "drop_caches";
    return status;
}
