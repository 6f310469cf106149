# layering.cmake - which room may include which, and other rules of the code.
#
#   cmake -P tests/layering/layering.cmake        (CTest runs it as `layering`)
#
# Prints every violation with its file and fails if there is one. The rules
# are CONTRIBUTING.md's; this file is where they are enforced.

cmake_minimum_required(VERSION 3.25)
get_filename_component(ROOT "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)

# What each room may include in addition to itself (CONTRIBUTING.md, "Layering").
# The rooms of the library come first; programs may use all of them, never the
# other way.
# Tests may include anything.
set(BASE common/base)
set(SEGMENT ${BASE} common/text common/codec common/segment common/segment/removals)
set(SECTIONS common/segment/postings common/segment/positions common/segment/dictionary
  common/segment/documents common/segment/contents common/segment/removals common/segment/skip_log
  common/segment/pairs)
set(SEARCH searcher/search searcher/search/plan searcher/search/cursors
  searcher/search/executors searcher/search/kernels)
set(LIBRARY ${SEGMENT} common/input ${SECTIONS} common/segment/check corpus indexer/build indexer/merge indexer/update
  searcher/query ${SEARCH} searcher/snippet common/api)
set(PROGRAMS common/program indexer searcher searcher/topics searcher/output)
# bench's own rooms: arithmetic, result files, what is measured, how.
set(BENCH bench bench/statistics bench/results bench/queries bench/engines bench/answers
  bench/quality bench/measure bench/verify bench/report)
# Readers that need libraries of their own are linked by the indexer alone, and
# keep the rules of the library.
set(READERS readers)
set(ROOMS ${LIBRARY} ${READERS} ${PROGRAMS} ${BENCH} include/quern)

set(MAY_common/base)
set(MAY_common/input ${BASE})
set(MAY_common/text ${BASE})
set(MAY_common/codec ${BASE})
# An index knows which of its documents are removed.
set(MAY_common/segment ${BASE} common/text common/codec common/segment/removals)
set(MAY_common/segment/removals ${BASE} common/text common/codec common/segment)
set(MAY_common/segment/dictionary ${SEGMENT})
set(MAY_common/segment/postings ${SEGMENT} common/segment/dictionary)
set(MAY_common/segment/positions ${SEGMENT} common/segment/dictionary common/segment/postings)
set(MAY_common/segment/pairs ${SEGMENT} common/segment/dictionary common/segment/postings
  common/segment/positions)
set(MAY_common/segment/documents ${SEGMENT})
set(MAY_common/segment/contents ${SEGMENT} common/segment/documents)
set(MAY_common/segment/skip_log ${SEGMENT})
set(MAY_common/segment/check ${SEGMENT} ${SECTIONS})
set(MAY_corpus ${BASE} common/input)
set(MAY_readers ${BASE} common/input corpus)
set(MAY_indexer/build ${SEGMENT} ${SECTIONS} common/segment/check common/input corpus)
set(MAY_indexer/merge ${MAY_indexer/build} indexer/build)
set(MAY_indexer/update ${MAY_indexer/merge} indexer/merge)
set(MAY_searcher/query ${BASE} common/text)
set(MAY_searcher/search/kernels ${SEGMENT} ${SECTIONS})
set(MAY_searcher/search/plan ${SEGMENT} ${SECTIONS} searcher/query searcher/search/kernels)
set(MAY_searcher/search/cursors ${MAY_searcher/search/plan} searcher/search/plan)
set(MAY_searcher/search/executors ${MAY_searcher/search/cursors} searcher/search/cursors)
set(MAY_searcher/search ${MAY_searcher/search/executors} searcher/search/executors)
set(MAY_searcher/snippet ${MAY_searcher/search} ${SEARCH})
set(MAY_common/api ${LIBRARY})
set(MAY_common/program ${SEGMENT})
set(MAY_indexer ${LIBRARY} ${READERS} common/program)
set(MAY_searcher/topics ${BASE} common/input)
set(MAY_searcher/output ${LIBRARY} common/program)
set(MAY_searcher ${LIBRARY} common/program searcher/topics searcher/output)
set(MAY_bench/statistics ${BASE})
set(MAY_bench/quality ${BASE} common/input bench/statistics)
set(MAY_bench/queries ${LIBRARY} searcher/topics bench/statistics)
set(MAY_bench/results ${LIBRARY} bench/statistics)
set(MAY_bench/engines ${LIBRARY} common/program)
set(MAY_bench/answers ${LIBRARY} bench/queries bench/results)
set(MAY_bench/measure ${LIBRARY} common/program ${BENCH})
set(MAY_bench/verify ${LIBRARY} bench/queries)
set(MAY_bench/report ${LIBRARY} bench/statistics bench/results bench/quality bench/queries)
set(MAY_bench ${LIBRARY} common/program searcher/topics searcher/output ${BENCH})

# What comes with every C compiler and POSIX system; any other <header> is an
# external library and is used in one file only.
set(SYSTEM_HEADERS assert ctype dirent errno fcntl fenv float fnmatch getopt inttypes langinfo
  limits locale math poll pthread sched setjmp signal stdalign stdarg stdatomic stdbool stddef
  stdint stdio stdlib string strings termios time unistd wchar)

function(violation file text)
  message("${file}: ${text}")
  set_property(GLOBAL APPEND PROPERTY violations ${file})
endfunction()

# The longest room that a path lies in; empty for tests.
function(room_of path out)
  set(found "")
  foreach(room IN LISTS ROOMS)
    string(FIND "${path}" "${room}/" at)
    string(LENGTH "${room}" length)
    string(LENGTH "${found}" longest)
    if(at EQUAL 0 AND length GREATER longest)
      set(found ${room})
    endif()
  endforeach()
  set(${out} "${found}" PARENT_SCOPE)
endfunction()

# A header of ours, named in quotes.
function(check_own_include file header)
  if(NOT EXISTS "${ROOT}/${header}")
    violation(${file} "\"${header}\" is not written from the root, or is not there")
  endif()
  get_filename_component(folder ${file} DIRECTORY)
  get_filename_component(header_folder ${header} DIRECTORY)
  string(FIND "${folder}/" "${header_folder}/" below)
  if((header MATCHES "_internal\\.h$" OR header MATCHES "codec/bitpack") AND NOT below EQUAL 0
     AND NOT folder STREQUAL "tests/${header_folder}")
    violation(${file} "\"${header}\" is private to ${header_folder} and the folders in it")
  endif()
  room_of(${file} room)
  room_of(${header} header_room)
  if(NOT room STREQUAL "" AND NOT room STREQUAL header_room
     AND NOT header_room IN_LIST MAY_${room})
    violation(${file} "${room} must not include \"${header}\"")
  endif()
endfunction()

# A header of the system or of a library, named in angle brackets; the public
# headers are a library to those that use them.
function(check_outside_include file header)
  if(header MATCHES "^quern/")
    if(NOT EXISTS "${ROOT}/include/${header}")
      violation(${file} "<${header}> is not there")
    elseif(NOT file MATCHES "^(include/quern|common/api|bench|tests|docs)/")
      violation(${file} "<${header}>: the rooms do not use the API that is made of them")
    endif()
  elseif(header MATCHES "intrin\\.h$|^arm_neon\\.h$")
    if(NOT file MATCHES "^(common/codec|searcher/search/kernels)/.*_(avx2|avx512|neon)\\.c$")
      violation(${file} "<${header}>: intrinsics belong in a kernel of common/codec or searcher/search/kernels")
    endif()
  elseif(NOT header MATCHES "^sys/")
    string(REGEX REPLACE "\\.h$" "" name "${header}")
    # One entry a library: <yajl/yajl_gen.h> and <yajl/yajl_parse.h> are one.
    string(REGEX REPLACE "/.*" "" library "${name}")
    if(NOT name IN_LIST SYSTEM_HEADERS AND NOT file MATCHES "^(tests|bench)/")
      get_property(user GLOBAL PROPERTY "user of ${library}")
      if(user AND NOT user STREQUAL file)
        violation(${file} "<${header}> is already used in ${user}")
      endif()
      set_property(GLOBAL PROPERTY "user of ${library}" ${file})
    endif()
  endif()
endfunction()

function(check_includes file)
  file(STRINGS "${ROOT}/${file}" lines REGEX "^[ \t]*#[ \t]*include")
  set(first TRUE)
  string(REGEX REPLACE "\\.c$" ".h" own "${file}")
  string(REGEX REPLACE "\\.c$" "_internal.h" private_own "${file}")
  foreach(line IN LISTS lines)
    if(line MATCHES "include[ \t]*\"([^\"]+)\"")
      set(header "${CMAKE_MATCH_1}")
      check_own_include(${file} ${header})
    elseif(line MATCHES "include[ \t]*<([^>]+)>")
      set(header "${CMAKE_MATCH_1}")
      check_outside_include(${file} ${header})
    endif()
    if(first AND file MATCHES "\\.c$" AND EXISTS "${ROOT}/${own}"
       AND NOT header STREQUAL own AND NOT header STREQUAL private_own)
      violation(${file} "includes \"${header}\" before its own header")
    endif()
    set(first FALSE)
  endforeach()
endfunction()

# What the library must leave to programs: streams, options, the environment,
# signals, the end of the process. map_guard's handler is installed by programs;
# QUERN_CPU is for tests and benchmarks of kernels.
function(check_library file)
  file(READ "${ROOT}/${file}" text)
  string(REGEX REPLACE "/\\*([^*]|\\*+[^*/])*\\*+/" " " text "${text}")
  string(REPLACE ";" "," text "${text}") # a list is divided by semicolons
  set(streams "[^a-z_](stdout|stderr|printf|fprintf|puts|fputs|putchar|perror)[^a-z_]")
  set(options "\"[^\"\n]*[^-a-z0-9]--?[a-z][^\"\n]*\"|\"--[a-z]|\"-[a-z][a-z-]*[ =:']")
  if(NOT file STREQUAL "common/base/compiler.h" AND text MATCHES "${streams}")
    violation(${file} "the library writes to no stream: ${CMAKE_MATCH_1}")
  endif()
  if(NOT file STREQUAL "common/base/map_guard.c" AND text MATCHES "[^a-z_](exit|_exit|abort)\\(")
    violation(${file} "the library never ends the process: ${CMAKE_MATCH_1}")
  endif()
  if(NOT file STREQUAL "common/base/cpu.c" AND text MATCHES "[^a-z_]getenv\\(")
    violation(${file} "the library reads no environment variable but QUERN_CPU")
  endif()
  if(NOT file STREQUAL "common/base/map_guard.c" AND text MATCHES "[^a-z_](signal|sigaction)\\(")
    violation(${file} "the library installs no signal handler")
  endif()
  if(text MATCHES "[^a-z_](umask|chdir|fchdir|setlocale|setenv|unsetenv|setrlimit|srand)\\(")
    violation(${file} "the library changes nothing of the process: ${CMAKE_MATCH_1}")
  endif()
  string(REGEX MATCHALL "${options}" named "${text}")
  foreach(option IN LISTS named)
    violation(${file} "the library names no command-line option: ${option}")
  endforeach()
endfunction()

# The first line names the file; a header is guarded by QUERN_FOLDER_NAME_H, a
# public one by QUERN_NAME_H.
function(check_opening file)
  get_filename_component(name ${file} NAME)
  file(STRINGS "${ROOT}/${file}" opening LIMIT_COUNT 1)
  string(FIND "${opening}" "/* ${name} - " at)
  if(NOT at EQUAL 0)
    violation(${file} "does not open with /* ${name} - what it is")
  endif()
  if(name MATCHES "\\.h$")
    file(STRINGS "${ROOT}/${file}" guard REGEX "^#ifndef QUERN_")
    string(TOUPPER "${file}" upper)
    string(REGEX MATCH "([^/]+)/([^/]+)\\.H$" ignored "${upper}")
    set(expected "#ifndef QUERN_${CMAKE_MATCH_1}_${CMAKE_MATCH_2}_H")
    if(upper MATCHES "^INCLUDE/QUERN/(.+)\\.H$")
      set(expected "#ifndef QUERN_${CMAKE_MATCH_1}_H")
    endif()
    if(NOT guard STREQUAL expected)
      violation(${file} "guard is not ${expected}")
    endif()
  endif()
endfunction()

# A stack trace names a file: one name, one file; but a program's main is
# named main.c, and public headers are named after their topics.
function(check_unique_name file)
  get_filename_component(name ${file} NAME)
  if(name STREQUAL "main.c" OR file MATCHES "^include/quern/")
    return()
  endif()
  get_property(other GLOBAL PROPERTY "file ${name}")
  if(other)
    violation(${file} "has the name of ${other}")
  endif()
  set_property(GLOBAL PROPERTY "file ${name}" ${file})
endfunction()

# A folder of code says what is here; tests/README.md speaks for the folders
# that mirror a room, a room for what is generated into it.
function(check_readme file)
  get_filename_component(folder ${file} DIRECTORY)
  if(folder MATCHES "/generated$")
    get_filename_component(folder ${folder} DIRECTORY)
  endif()
  if(folder MATCHES "^tests/(.*)$" AND EXISTS "${ROOT}/${CMAKE_MATCH_1}")
    set(folder tests)
  endif()
  get_property(seen GLOBAL PROPERTY "folder ${folder}")
  if(NOT seen AND NOT EXISTS "${ROOT}/${folder}/README.md")
    violation(${folder} "has no README.md")
  endif()
  set_property(GLOBAL PROPERTY "folder ${folder}" seen)
endfunction()

set(rooms include common corpus readers indexer searcher bench tests)
set(sources)
foreach(room IN LISTS rooms)
  file(GLOB_RECURSE found RELATIVE "${ROOT}" "${ROOT}/${room}/*.c" "${ROOT}/${room}/*.h")
  list(APPEND sources ${found})
endforeach()

foreach(file IN LISTS sources)
  check_includes(${file})
  check_unique_name(${file})
  check_readme(${file})
  room_of(${file} room)
  if(room IN_LIST LIBRARY OR room IN_LIST READERS)
    check_library(${file})
  endif()
  if(NOT file MATCHES "/generated/")
    check_opening(${file})
  endif()
endforeach()

get_property(violations GLOBAL PROPERTY violations)
list(LENGTH violations violation_count)
list(LENGTH sources source_count)
message("${source_count} files, ${violation_count} violations")
if(violations)
  message(FATAL_ERROR "the rules are in CONTRIBUTING.md")
endif()
