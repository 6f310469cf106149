/* json_check.c - finds the position of a syntax error in a JSON object.
 *
 * Called only for records that yajl refused: yajl gives the reason, but its
 * offset is sometimes before and sometimes after the invalid token or byte.
 */
#include "common/input/json_scan.h"

#include "common/input/json_tokens.h"

size_t json_check(Span record)
{
    JsonTokens tokens;
    JsonToken token;
    json_tokens_init(&tokens, record, JSON_EXPECT_OBJECT);
    while (json_tokens_next(&tokens, &token)) {
    }
    return (size_t)(tokens.at - record.data);
}
