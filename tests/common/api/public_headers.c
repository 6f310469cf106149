/* public_headers.c - compiled as C99, C17 and C++17: the public headers give no
 * warning, and every set of options has its initializer. */
#include <quern/quern.h>

int main(void)
{
    quern_analyzer_options analyzer = QUERN_ANALYZER_OPTIONS_INIT;
    quern_parse_options parse = QUERN_PARSE_OPTIONS_INIT;
    quern_search_options search = QUERN_SEARCH_OPTIONS_INIT;
    quern_batch_options batch = QUERN_BATCH_OPTIONS_INIT;
    quern_snippet_options snippet = QUERN_SNIPPET_OPTIONS_INIT;
    size_t bytes = analyzer.struct_size + parse.struct_size +
                   search.struct_size + batch.struct_size +
                   snippet.struct_size + quern_text("text").size;
    return bytes == 0;
}
