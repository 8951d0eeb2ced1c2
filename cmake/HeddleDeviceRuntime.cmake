# heddle_device_runtime(<target> <output>)
#
# Compile every devicertl/*.c to bitcode for <target>, which is nvptx or
# emulator, and link it into the single module <output>.  Sets
# heddle_<target>_bitcode to <output> for the caller.
set(HEDDLE_DEVICE_OPTIONS
  -std=c17 -ffreestanding -fno-builtin -fconvergent-functions -nostdlibinc
  -O2 -fno-math-errno -fvisibility=hidden
  -Wall -Wextra -Werror -I${PROJECT_SOURCE_DIR}/devicertl
  -I${PROJECT_SOURCE_DIR}/include)
# No machine-dependent choice is made here: sm_70 is the oldest supported GPU,
# and the plugin generates code for the GPU it finds.
set(HEDDLE_DEVICE_OPTIONS_nvptx
  --target=nvptx64-nvidia-cuda -march=sm_70 -nogpulib
  -Xclang -target-feature -Xclang +ptx78)
set(HEDDLE_DEVICE_OPTIONS_emulator
  --target=x86_64-pc-linux-gnu -DHDL_EMULATOR -fPIC -fno-stack-protector
  -g1)
# See there.
set(HEDDLE_DEVICE_OPTIONS_settled.c -fno-convergent-functions)

function(heddle_device_runtime target output)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/devicertl/*.c)
  set(modules)
  foreach(source IN LISTS sources)
    file(RELATIVE_PATH name ${PROJECT_SOURCE_DIR}/devicertl ${source})
    set(module ${PROJECT_BINARY_DIR}/devicertl/${target}/${name}.bc)
    get_filename_component(directory ${module} DIRECTORY)
    file(MAKE_DIRECTORY ${directory})
    add_custom_command(
      OUTPUT ${module}
      COMMAND ${CMAKE_C_COMPILER} ${HEDDLE_DEVICE_OPTIONS}
        ${HEDDLE_DEVICE_OPTIONS_${target}} ${HEDDLE_DEVICE_OPTIONS_${name}}
        -emit-llvm
        -MD -MF ${module}.d -MT ${module} -c ${source} -o ${module}
      DEPENDS ${source}
      DEPFILE ${module}.d
      COMMENT "Compiling devicertl/${name} for ${target}"
      VERBATIM)
    list(APPEND modules ${module})
  endforeach()
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${HEDDLE_LLVM_LINK} ${modules} -o ${output}
    DEPENDS ${modules}
    COMMENT "Linking the device runtime for ${target}"
    VERBATIM)
  set(heddle_${target}_bitcode ${output} PARENT_SCOPE)
endfunction()
