# Ranking and execution: what a query tree becomes hits by.
set(here ${CMAKE_CURRENT_LIST_DIR})
quern_library(quern_execute
  ${here}/../rank/collector.c
  ${here}/exhaustive.c ${here}/expansion.c ${here}/explain.c ${here}/list_cursor.c
  ${here}/phrase_match.c ${here}/plan.c ${here}/score_tree.c ${here}/search.c
  LINK quern_segment quern_codec quern_base)
