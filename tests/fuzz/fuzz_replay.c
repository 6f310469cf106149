/* fuzz_replay.c - runs saved inputs through a fuzz target, without libFuzzer.
 *
 *   fuzz_NAME FOLDER...
 *
 * Every file of the folders is an input, and so is the empty one.
 */
#include "common/base/file.h"
#include "tests/fuzz/fuzz.h"

#include <dirent.h>

static int replay_file(const char *path)
{
    Buf content = {0};
    Error error;
    if (file_read(path, (size_t)1 << 30, &content, &error) != OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    /* Copied, so that the address sanitizer detects reads past the end. */
    uint8_t *bytes = malloc(content.size + !content.size);
    if (!bytes) abort();
    if (content.size) memcpy(bytes, content.data, content.size);
    LLVMFuzzerTestOneInput(bytes, content.size);
    free(bytes);
    buf_release(&content);
    return 0;
}

static int replay_folder(const char *folder, size_t *count)
{
    int failed = 0;
    DIR *entries = opendir(folder);
    if (!entries) {
        fprintf(stderr, "%s: no such folder\n", folder);
        return 1;
    }
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (entry->d_name[0] == '.') continue;
        Buf path = {0};
        buf_printf(&path, "%s/%s", folder, entry->d_name);
        failed |= replay_file(buf_text(&path));
        buf_release(&path);
        ++*count;
    }
    closedir(entries);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;
    size_t count = 1;
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) failed |= replay_folder(argv[i], &count);
    printf("%zu inputs\n", count);
    return failed;
}
