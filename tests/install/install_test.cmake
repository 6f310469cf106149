# install_test.cmake - `cmake --install` into an empty folder: everything is
# there, and the programs there run.
cmake_minimum_required(VERSION 3.25)
set(prefix ${BUILD}/tests/install/prefix)
file(REMOVE_RECURSE ${prefix})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix}
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

foreach(program IN ITEMS indexer searcher bench)
  execute_process(COMMAND ${prefix}/bin/${program} --version
    OUTPUT_VARIABLE version COMMAND_ERROR_IS_FATAL ANY)
  if(NOT version MATCHES "^${program}|Quern|quern")
    message(FATAL_ERROR "${program} --version says '${version}'")
  endif()
  foreach(file IN ITEMS share/man/man1/${program}.1
      share/bash-completion/completions/${program} share/zsh/site-functions/_${program}
      share/fish/vendor_completions.d/${program}.fish)
    if(NOT EXISTS ${prefix}/${file})
      message(FATAL_ERROR "${file} is not installed")
    endif()
    file(SIZE ${prefix}/${file} size)
    if(size EQUAL 0)
      message(FATAL_ERROR "${file} is empty")
    endif()
  endforeach()
endforeach()
