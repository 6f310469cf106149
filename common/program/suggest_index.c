/* suggest_index.c - suggests an index for a misspelt folder. */

#include "common/program/suggest_file.h"
#include "common/segment/index.h"

void suggest_index(const char *folder, Buf *out)
{
    Buf hidden = {0};
    buf_printf(&hidden, "%s/.quern", folder);
    const char *path = buf_text(&hidden);
    if (path && index_is_there(path)) {
        buf_put_text(out, path);
    } else {
        suggest_file(folder, index_is_there, out);
    }
    buf_release(&hidden);
}
