# The target with all compiler flags; every library and program links it.
add_library(quern_flags INTERFACE)
target_include_directories(quern_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(quern_flags INTERFACE _DEFAULT_SOURCE _FILE_OFFSET_BITS=64
  QUERN_VERSION="${PROJECT_VERSION}")
target_compile_options(quern_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wundef -Wvla
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wcast-qual -Wcast-align
  -Wpointer-arith -Wwrite-strings -Wformat=2 -Wimplicit-fallthrough -Wswitch-enum
  -Wdouble-promotion
  $<$<C_COMPILER_ID:GNU>:-Wlogical-op> $<$<C_COMPILER_ID:GNU>:-Wduplicated-cond>
  $<$<C_COMPILER_ID:GNU>:-Wduplicated-branches>
  -fno-omit-frame-pointer
  # The library shows what QUERN_API marks, and its calls of it are direct.
  -fvisibility=hidden -fno-semantic-interposition
  # Scores must have the same bits everywhere: no fused multiply-add.
  -ffp-contract=off
  $<$<CONFIG:Release>:-fstack-protector-strong>)
# The oldest supported x86-64 has POPCNT and SSE4.2 (2009).
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(quern_flags INTERFACE -march=x86-64-v2)
endif()
if(NOT QUERN_SANITIZE)
  target_compile_definitions(quern_flags INTERFACE $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
endif()
if(QUERN_WERROR)
  target_compile_options(quern_flags INTERFACE -Werror)
endif()
if(QUERN_SANITIZE)
  target_compile_options(quern_flags INTERFACE
    -fsanitize=${QUERN_SANITIZE} -fno-sanitize-recover=all -g)
  target_link_options(quern_flags INTERFACE -fsanitize=${QUERN_SANITIZE})
endif()
if(QUERN_FUZZ)
  target_compile_options(quern_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# quern_library(NAME SOURCES... LINK LIBRARIES...): a static library with our
# flags. Its objects also become part of libquern (library.cmake), so they are
# position-independent; as nothing hidden is addressed through a table
# (compiler.h, HIDDEN), the code of the programs is the same without.
function(quern_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK")
  add_library(${name} STATIC ${arg_UNPARSED_ARGUMENTS})
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_link_libraries(${name} PRIVATE quern_flags PUBLIC ${arg_LINK})
endfunction()

# quern_program(NAME SOURCES... LINK LIBRARIES...): an installed program.
function(quern_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK")
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE quern_flags ${arg_LINK})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
  install(TARGETS ${name} RUNTIME)
endfunction()
