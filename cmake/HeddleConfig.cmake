# find_package(Heddle): target Heddle::Heddle compiles and links with
# heddle.cfg, Heddle::AOT with heddle-aot.cfg (add --offload-arch=sm_XX to
# both).  Needs clang 22 as the C or C++ compiler.
get_filename_component(Heddle_PREFIX "${CMAKE_CURRENT_LIST_DIR}/../../.."
  ABSOLUTE)

foreach(heddle_language C CXX)
  if(CMAKE_${heddle_language}_COMPILER AND NOT
     (CMAKE_${heddle_language}_COMPILER_ID STREQUAL "Clang" AND
      CMAKE_${heddle_language}_COMPILER_VERSION VERSION_GREATER_EQUAL 22 AND
      CMAKE_${heddle_language}_COMPILER_VERSION VERSION_LESS 23))
    set(Heddle_FOUND FALSE)
    set(Heddle_NOT_FOUND_MESSAGE
      "Heddle needs clang 22, but CMAKE_${heddle_language}_COMPILER is ${CMAKE_${heddle_language}_COMPILER}")
    return()
  endif()
endforeach()

foreach(heddle_kind "Heddle;heddle" "AOT;heddle-aot")
  list(GET heddle_kind 0 heddle_target)
  list(GET heddle_kind 1 heddle_file)
  if(NOT TARGET Heddle::${heddle_target})
    add_library(Heddle::${heddle_target} INTERFACE IMPORTED)
    set_target_properties(Heddle::${heddle_target} PROPERTIES
      INTERFACE_COMPILE_OPTIONS "--config=${Heddle_PREFIX}/${heddle_file}.cfg"
      INTERFACE_LINK_OPTIONS "--config=${Heddle_PREFIX}/${heddle_file}.cfg")
  endif()
endforeach()
unset(heddle_kind)
unset(heddle_target)
unset(heddle_file)
unset(heddle_language)
