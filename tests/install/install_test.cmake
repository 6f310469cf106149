# install_test.cmake - `cmake --install` into an empty folder: everything is
# there, the programs there run, and packages can be made with DESTDIR.
#
#   cmake -D BUILD=build/dev -D VERSION=0.1.0 -D LIBDIR=lib -P install_test.cmake
cmake_minimum_required(VERSION 3.25)
set(prefix ${BUILD}/tests/install/prefix)
file(REMOVE_RECURSE ${prefix})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix}
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

function(expect_file file)
  if(NOT EXISTS ${file})
    message(FATAL_ERROR "${file} is not installed")
  endif()
  file(SIZE ${file} size)
  if(size EQUAL 0)
    message(FATAL_ERROR "${file} is empty")
  endif()
endfunction()

foreach(program IN ITEMS indexer searcher bench)
  execute_process(COMMAND ${prefix}/bin/${program} --version
    OUTPUT_VARIABLE version COMMAND_ERROR_IS_FATAL ANY)
  if(NOT version MATCHES "^${program}|Quern|quern")
    message(FATAL_ERROR "${program} --version says '${version}'")
  endif()
  foreach(file IN ITEMS share/man/man1/${program}.1
      share/bash-completion/completions/${program} share/zsh/site-functions/_${program}
      share/fish/vendor_completions.d/${program}.fish)
    expect_file(${prefix}/${file})
  endforeach()
endforeach()

# The library: every public header, both kinds, what finds it, how to use it.
string(REGEX MATCH "^[0-9]+" soversion ${VERSION})
set(library_files share/doc/quern/library.md share/doc/quern/examples/CMakeLists.txt)
foreach(file IN ITEMS libquern.so libquern.so.${soversion} libquern.so.${VERSION} libquern.a
    pkgconfig/quern.pc cmake/quern/quern-config.cmake cmake/quern/quern-config-version.cmake)
  list(APPEND library_files ${LIBDIR}/${file})
endforeach()
get_filename_component(root ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
file(GLOB headers RELATIVE ${root} ${root}/include/quern/*.h)
file(GLOB examples RELATIVE ${root}/docs ${root}/docs/examples/*.c*)
list(TRANSFORM examples PREPEND share/doc/quern/)
foreach(file IN LISTS library_files headers examples)
  expect_file(${prefix}/${file})
endforeach()

# Nothing names the folders of the build: an installed tree can be moved.
file(GLOB_RECURSE packages ${prefix}/${LIBDIR}/*.pc ${prefix}/${LIBDIR}/*.cmake)
foreach(file IN LISTS packages)
  file(READ ${file} text)
  string(FIND "${text}" "${BUILD}" at)
  if(NOT at EQUAL -1)
    message(FATAL_ERROR "${file} names ${BUILD}")
  endif()
endforeach()

# The same files below DESTDIR, as a package is made.
set(stage ${BUILD}/tests/install/stage)
file(REMOVE_RECURSE ${stage})
execute_process(COMMAND ${CMAKE_COMMAND} -E env DESTDIR=${stage}
  ${CMAKE_COMMAND} --install ${BUILD} --prefix /usr OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE installed RELATIVE ${prefix} ${prefix}/*)
file(GLOB_RECURSE staged RELATIVE ${stage}/usr ${stage}/usr/*)
if(NOT installed STREQUAL staged)
  message(FATAL_ERROR "DESTDIR: ${staged}\nwithout: ${installed}")
endif()
