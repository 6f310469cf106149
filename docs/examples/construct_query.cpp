/* construct_query.cpp - C++: constructs a query instead of parsing one, and
 * explains the best hit.
 *
 *     construct_query INDEX WORDS [EXCLUDED_WORD]
 *
 * The hits contain at least one of the words, and not the excluded one. Those
 * with the words as a phrase in their title get a higher score.
 */
#include <quern/quern.h>

#include <iostream>
#include <memory>
#include <stdexcept>
#include <string_view>

namespace
{

struct Deleter {
    void operator()(quern_index *index) const
    {
        quern_index_close(index);
    }
    void operator()(quern_context *context) const
    {
        quern_context_free(context);
    }
    void operator()(quern_query *query) const
    {
        quern_query_free(query);
    }
};

template <typename Object> using Owned = std::unique_ptr<Object, Deleter>;

quern_string string_of(std::string_view text)
{
    return {text.data(), text.size()};
}

std::string_view view_of(quern_string string)
{
    return {string.data, string.size};
}

/* Calls a function of the library with the arguments and an error, which is
 * thrown. */
template <typename Function, typename... Arguments>
void call(Function function, Arguments... arguments)
{
    quern_error error;
    if (function(arguments..., &error) != QUERN_OK)
        throw std::runtime_error(error.message);
}

/* Calls one that makes an object: its last argument is where to. */
template <typename Object, typename Function, typename... Arguments>
Owned<Object> make(Function function, Arguments... arguments)
{
    Object *object;
    call(function, arguments..., &object);
    return Owned<Object>(object);
}

/* words title:"words"^2 -excluded. A clause that is nullptr, since its text
 * has no words, is ignored. */
void construct(quern_query *query, quern_context *context,
               std::string_view words, std::string_view excluded)
{
    quern_node *group = quern_node_group(query);
    quern_node *in_title = quern_node_text(query, context, QUERN_FIELD_TITLE,
                                           string_of(words), 0);
    quern_node_boost(in_title, 2);
    quern_node_add(group, QUERN_SHOULD,
                   quern_node_parse(query, context, string_of(words), nullptr));
    quern_node_add(group, QUERN_SHOULD, in_title);
    quern_node_add(group, QUERN_NOT,
                   quern_node_text(query, context, QUERN_FIELD_ANY,
                                   string_of(excluded), 0));
    call(quern_query_build, query, group, 0U);
}

void search(const char *folder, std::string_view words,
            std::string_view excluded)
{
    auto index = make<quern_index>(quern_index_open, string_of(folder));
    auto context = make<quern_context>(quern_context_new, index.get());
    auto query = make<quern_query>(quern_query_new);
    construct(query.get(), context.get(), words, excluded);

    quern_string text;
    call(quern_query_format, query.get(), &text);
    std::cout << "query: " << view_of(text) << '\n';

    const quern_search_result *result;
    call(quern_search, context.get(), query.get(), nullptr, &result);
    if (result->hit_count == 0) return;
    auto best = result->hits[0].document;
    bool matched;
    call(quern_explain, context.get(), query.get(), nullptr, best, &text,
         &matched);
    std::cout << view_of(text);
    call(quern_document_id, context.get(), best, &text);
    std::cout << "best: " << view_of(text) << '\n';
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::cerr << "usage: construct_query INDEX WORDS [EXCLUDED_WORD]\n";
        return 2;
    }
    try {
        search(argv[1], argv[2], argc > 3 ? argv[3] : "");
    } catch (const std::exception &error) {
        std::cerr << "construct_query: " << error.what() << '\n';
        return 2;
    }
    return 0;
}
