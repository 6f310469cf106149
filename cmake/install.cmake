# What `cmake --install` installs in addition to the programs: man pages and
# completions, which the programs generate from their option tables.
include(GNUInstallDirs)

# quern_generate(PROGRAM WHAT FILE FOLDER): writes the output of PROGRAM
# --generate WHAT to FILE and installs it into FOLDER.
function(quern_generate program what file folder)
  set(output ${PROJECT_BINARY_DIR}/generated/${what}/${file})
  get_filename_component(output_folder ${output} DIRECTORY)
  file(MAKE_DIRECTORY ${output_folder})
  add_custom_command(OUTPUT ${output}
    COMMAND ${program} --generate ${what} > ${output}
    DEPENDS ${program} VERBATIM)
  set_property(GLOBAL APPEND PROPERTY QUERN_GENERATED ${output})
  install(FILES ${output} DESTINATION ${folder})
endfunction()

foreach(program IN ITEMS indexer searcher bench)
  quern_generate(${program} man ${program}.1 ${CMAKE_INSTALL_MANDIR}/man1)
  quern_generate(${program} complete-bash ${program}
    ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  quern_generate(${program} complete-zsh _${program} ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  quern_generate(${program} complete-fish ${program}.fish
    ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endforeach()

get_property(generated GLOBAL PROPERTY QUERN_GENERATED)
add_custom_target(quern_pages ALL DEPENDS ${generated})
