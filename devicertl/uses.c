/* uses.c - see uses.h. */
#include "uses.h"

const bool hdl_uses_cancel = true;
const bool hdl_uses_depend = true;
const bool hdl_uses_groups = true;
const bool hdl_uses_taskloop = true;
const bool hdl_uses_threads = true;
const bool hdl_uses_alloc = true;
const bool hdl_uses_direct = true;
