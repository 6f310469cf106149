# Included by searcher/CMakeLists.txt.
quern_library(quern_topics
  ${CMAKE_CURRENT_LIST_DIR}/topics.c
  ${CMAKE_CURRENT_LIST_DIR}/topics_detect.c
  ${CMAKE_CURRENT_LIST_DIR}/topics_json.c
  ${CMAKE_CURRENT_LIST_DIR}/topics_lines.c
  ${CMAKE_CURRENT_LIST_DIR}/topics_tagged.c
  LINK quern_input quern_base)
