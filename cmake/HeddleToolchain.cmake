# Finds clang 22 and the parts of LLVM 22 that Heddle uses.  Heddle depends on
# the offloading ABI of this release, so no other one will do.
set(HEDDLE_LLVM_MAJOR 22)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug or Release" FORCE)
endif()

if(NOT CMAKE_C_COMPILER_ID STREQUAL "Clang" OR
   NOT CMAKE_C_COMPILER_VERSION VERSION_GREATER_EQUAL ${HEDDLE_LLVM_MAJOR} OR
   NOT CMAKE_C_COMPILER_VERSION VERSION_LESS 23)
  message(FATAL_ERROR
    "Heddle needs clang ${HEDDLE_LLVM_MAJOR}, but the C compiler is "
    "${CMAKE_C_COMPILER_ID} ${CMAKE_C_COMPILER_VERSION}. Configure with "
    "'cmake --preset default', or with -DCMAKE_C_COMPILER=clang-22 "
    "-DCMAKE_CXX_COMPILER=clang++-22.")
endif()

function(heddle_find_tool variable name package)
  find_program(${variable} NAMES ${name}-${HEDDLE_LLVM_MAJOR} ${name}
    HINTS /usr/lib/llvm-${HEDDLE_LLVM_MAJOR}/bin)
  if(NOT ${variable})
    message(FATAL_ERROR
      "${name} of LLVM ${HEDDLE_LLVM_MAJOR} was not found; install ${package} "
      "or set ${variable}.")
  endif()
endfunction()

heddle_find_tool(HEDDLE_LLVM_CONFIG llvm-config llvm-22-dev)
heddle_find_tool(HEDDLE_LLVM_LINK llvm-link llvm-22)
heddle_find_tool(HEDDLE_LLVM_AR llvm-ar llvm-22)
find_program(HEDDLE_LIT NAMES lit-${HEDDLE_LLVM_MAJOR} lit) # for `check`

function(heddle_ask_llvm variable option)
  execute_process(COMMAND ${HEDDLE_LLVM_CONFIG} ${option}
    OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
  set(${variable} ${answer} PARENT_SCOPE)
endfunction()

heddle_ask_llvm(HEDDLE_LLVM_VERSION --version)
heddle_ask_llvm(HEDDLE_LLVM_INCLUDE_DIR --includedir)
heddle_ask_llvm(HEDDLE_LLVM_LIBRARY_DIR --libdir)
heddle_ask_llvm(LLVM_TOOLS_BINARY_DIR --bindir)
if(NOT HEDDLE_LLVM_VERSION VERSION_GREATER_EQUAL ${HEDDLE_LLVM_MAJOR} OR
   NOT HEDDLE_LLVM_VERSION VERSION_LESS 23)
  message(FATAL_ERROR "${HEDDLE_LLVM_CONFIG} is of LLVM ${HEDDLE_LLVM_VERSION},"
    " but Heddle needs ${HEDDLE_LLVM_MAJOR}; set HEDDLE_LLVM_CONFIG.")
endif()

find_library(HEDDLE_LIBLLVM NAMES LLVM-${HEDDLE_LLVM_MAJOR} LLVM
  HINTS ${HEDDLE_LLVM_LIBRARY_DIR} REQUIRED)
find_library(HEDDLE_LIBOMPTARGET NAMES omptarget
  HINTS ${HEDDLE_LLVM_LIBRARY_DIR} REQUIRED)
get_filename_component(omptarget_file ${HEDDLE_LIBOMPTARGET} REALPATH)
get_filename_component(HEDDLE_LIBOMPTARGET_SONAME ${omptarget_file} NAME)
find_path(HEDDLE_XXHASH_INCLUDE_DIR xxhash.h)
if(NOT HEDDLE_XXHASH_INCLUDE_DIR)
  message(FATAL_ERROR "xxhash.h was not found; install libxxhash-dev.")
endif()
