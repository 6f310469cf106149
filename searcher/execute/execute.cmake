# Ranking and execution: how a query tree becomes hits.
set(here ${CMAKE_CURRENT_LIST_DIR})
set(kernels "")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(kernels ${here}/candidates_avx512.c ${here}/range_kernels_avx2.c
    ${here}/range_kernels_avx512.c)
  # Unoptimised, gathers are macros whose own casts would warn.
  set_source_files_properties(${here}/range_kernels_avx2.c PROPERTIES
    COMPILE_OPTIONS "-mavx2;-mbmi;-mbmi2;-mpopcnt;-Wno-sign-conversion")
  set_source_files_properties(${here}/range_kernels_avx512.c
    ${here}/candidates_avx512.c PROPERTIES
    COMPILE_OPTIONS "-mavx512f;-mavx512bw;-mavx512dq;-mavx512vl;-mavx512vbmi;-mavx512vbmi2;-mavx512vpopcntdq;-mbmi2;-Wno-sign-conversion")
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
  set(kernels ${here}/range_kernels_neon.c)
endif()
quern_library(quern_execute
  ${here}/../rank/collector.c
  ${here}/bounded_tree.c ${here}/candidates_scalar.c ${here}/conjunction.c
  ${here}/counting.c ${here}/evaluator.c ${here}/exhaustive.c
  ${here}/expansion.c ${here}/explain.c ${here}/glob.c ${here}/id_filter.c
  ${here}/list_cursor.c
  ${here}/near_terms.c ${here}/phrase_match.c ${here}/plan.c ${here}/pruned.c
  ${here}/range_kernels.c ${here}/range_kernels_scalar.c ${here}/ranged_list.c
  ${here}/required_words.c ${here}/score_tree.c ${here}/search.c ${here}/single_term.c ${here}/two_phase.c
  ${here}/union.c
  ${kernels}
  LINK quern_segment quern_codec quern_base m)
