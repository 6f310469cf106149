quern_library(quern_query
  ${CMAKE_CURRENT_LIST_DIR}/foreign_marks.c
  ${CMAKE_CURRENT_LIST_DIR}/query_format.c
  ${CMAKE_CURRENT_LIST_DIR}/query_lexer.c
  ${CMAKE_CURRENT_LIST_DIR}/query_merge.c
  ${CMAKE_CURRENT_LIST_DIR}/query_notes.c
  ${CMAKE_CURRENT_LIST_DIR}/query_parser.c
  ${CMAKE_CURRENT_LIST_DIR}/query_simplify.c
  ${CMAKE_CURRENT_LIST_DIR}/query_words.c
  LINK quern_text quern_base)
