/* folder_options.c - the options of how folders are read that MANIFEST has. */
#include "indexer/folder_options.h"

#include "common/base/plain_text.h"
#include "indexer/build_settings.h"

#include <inttypes.h>

static void keep_excludes(const ManifestFolders *recorded,
                          CorpusOptions *corpus, Buf *names)
{
    corpus->excludes = recorded->excludes;
    corpus->exclude_count = recorded->exclude_count;
    for (size_t i = 0; i < recorded->exclude_count; i++) {
        buf_put_text(names, " --exclude ");
        put_plain_id(names, span_text(recorded->excludes[i]));
    }
}

static void keep_switch(bool recorded, bool *out, const char *name, Buf *names)
{
    *out = recorded;
    if (recorded) buf_printf(names, " %s", name);
}

void folder_options_keep(const Program *program, const ParsedLine *line,
                         const ManifestFolders *recorded, CorpusOptions *corpus,
                         Buf *names)
{
#define GIVEN(member) \
    options_given(program, line, offsetof(BuildSettings, member))
    if (!GIVEN(excludes)) keep_excludes(recorded, corpus, names);
    if (!GIVEN(hidden))
        keep_switch(recorded->hidden, &corpus->hidden, "--hidden", names);
    if (!GIVEN(follow))
        keep_switch(recorded->follow, &corpus->follow, "--follow", names);
    if (!GIVEN(ignore))
        keep_switch(recorded->no_ignore, &corpus->no_ignore, "--no-ignore",
                    names);
    if (GIVEN(max_filesize)) return;
    corpus->max_file_bytes = recorded->max_file_bytes;
    if (recorded->max_file_bytes)
        buf_printf(names, " --max-filesize %" PRIu64, recorded->max_file_bytes);
#undef GIVEN
}
