/* arch/atomics.h - which atomics the runtime uses, as one list.
 *
 * Each machine's header defines ARCH_LOAD, ARCH_STORE, ARCH_ADD, ARCH_INC,
 * ARCH_XCHG, ARCH_OR, ARCH_CAS and ARCH_FENCE and then includes this file, which
 * makes one function of each order and width.  arch.h adds the width by type. */

ARCH_LOAD(uint32_t, 32, rlx_gpu, __ATOMIC_RELAXED)
ARCH_LOAD(uint64_t, 64, rlx_gpu, __ATOMIC_RELAXED)
ARCH_LOAD(uint32_t, 32, acq_gpu, __ATOMIC_ACQUIRE)
ARCH_LOAD(uint64_t, 64, acq_gpu, __ATOMIC_ACQUIRE)
ARCH_LOAD(uint64_t, 64, acq_sys, __ATOMIC_ACQUIRE)
ARCH_LOAD(uint32_t, 32, rlx_cta, __ATOMIC_RELAXED)
ARCH_LOAD(uint64_t, 64, rlx_cta, __ATOMIC_RELAXED)

ARCH_LOAD(uint32_t, 32, rlx_dev, __ATOMIC_RELAXED)
ARCH_LOAD(uint64_t, 64, rlx_dev, __ATOMIC_RELAXED)
ARCH_LOAD(uint64_t, 64, acq_dev, __ATOMIC_ACQUIRE)

ARCH_STORE(uint32_t, 32, rlx_gpu, __ATOMIC_RELAXED)
ARCH_STORE(uint64_t, 64, rlx_gpu, __ATOMIC_RELAXED)
ARCH_STORE(uint32_t, 32, rel_gpu, __ATOMIC_RELEASE)
ARCH_STORE(uint64_t, 64, rel_gpu, __ATOMIC_RELEASE)
ARCH_STORE(uint32_t, 32, rel_sys, __ATOMIC_RELEASE)
ARCH_STORE(uint64_t, 64, rel_sys, __ATOMIC_RELEASE)
ARCH_STORE(uint32_t, 32, rel_cta, __ATOMIC_RELEASE)
ARCH_STORE(uint64_t, 64, rel_cta, __ATOMIC_RELEASE)

ARCH_STORE(uint32_t, 32, rlx_dev, __ATOMIC_RELAXED)
ARCH_STORE(uint64_t, 64, rlx_dev, __ATOMIC_RELAXED)
ARCH_STORE(uint32_t, 32, rel_dev, __ATOMIC_RELEASE)
ARCH_STORE(uint64_t, 64, rel_dev, __ATOMIC_RELEASE)

ARCH_ADD(uint32_t, 32, rlx_gpu, __ATOMIC_RELAXED)
ARCH_ADD(uint64_t, 64, rlx_gpu, __ATOMIC_RELAXED)
ARCH_ADD(uint32_t, 32, acq_rel_gpu, __ATOMIC_ACQ_REL)
ARCH_ADD(uint64_t, 64, acq_rel_gpu, __ATOMIC_ACQ_REL)
ARCH_ADD(uint32_t, 32, acq_gpu, __ATOMIC_ACQUIRE)
ARCH_ADD(uint64_t, 64, acq_gpu, __ATOMIC_ACQUIRE)
ARCH_ADD(uint32_t, 32, acq_rel_cta, __ATOMIC_ACQ_REL)
ARCH_ADD(uint32_t, 32, rel_gpu, __ATOMIC_RELEASE)
ARCH_ADD(uint64_t, 64, rlx_dev, __ATOMIC_RELAXED)
ARCH_ADD(uint64_t, 64, rel_dev, __ATOMIC_RELEASE)
ARCH_INC(uint32_t, 32, acq_rel_cta, __ATOMIC_ACQ_REL)

ARCH_XCHG(uint32_t, 32, acq_rel_cta, __ATOMIC_ACQ_REL)
ARCH_XCHG(uint64_t, 64, acq_rel_cta, __ATOMIC_ACQ_REL)
ARCH_XCHG(uint32_t, 32, acq_rel_gpu, __ATOMIC_ACQ_REL)
ARCH_XCHG(uint64_t, 64, acq_gpu, __ATOMIC_ACQUIRE)
ARCH_XCHG(uint64_t, 64, acq_rel_gpu, __ATOMIC_ACQ_REL)
ARCH_XCHG(uint64_t, 64, acq_dev, __ATOMIC_ACQUIRE)
ARCH_XCHG(uint64_t, 64, rel_dev, __ATOMIC_RELEASE)

ARCH_OR(uint32_t, 32, rel_gpu, __ATOMIC_RELEASE)
ARCH_OR(uint64_t, 64, rlx_gpu, __ATOMIC_RELAXED)
ARCH_OR(uint32_t, 32, rlx_cta, __ATOMIC_RELAXED)

ARCH_CAS(uint64_t, 64, rlx_gpu, __ATOMIC_RELAXED)
ARCH_CAS(uint32_t, 32, acq_gpu, __ATOMIC_ACQUIRE)
ARCH_CAS(uint64_t, 64, acq_gpu, __ATOMIC_ACQUIRE)
ARCH_CAS(uint64_t, 64, rel_gpu, __ATOMIC_RELEASE)
ARCH_CAS(uint64_t, 64, rlx_dev, __ATOMIC_RELAXED)
ARCH_CAS(uint64_t, 64, rel_dev, __ATOMIC_RELEASE)
ARCH_CAS(uint32_t, 32, acq_rel_gpu, __ATOMIC_ACQ_REL)
ARCH_CAS(uint64_t, 64, acq_rel_gpu, __ATOMIC_ACQ_REL)
ARCH_CAS(uint32_t, 32, acq_rel_sys, __ATOMIC_ACQ_REL)
ARCH_CAS(uint64_t, 64, acq_rel_cta, __ATOMIC_ACQ_REL)

ARCH_FENCE(acq_rel_gpu, __ATOMIC_ACQ_REL)
ARCH_FENCE(acq_rel_cta, __ATOMIC_ACQ_REL)
ARCH_FENCE(sc_gpu, __ATOMIC_SEQ_CST)

#undef ARCH_LOAD
#undef ARCH_STORE
#undef ARCH_ADD
#undef ARCH_INC
#undef ARCH_XCHG
#undef ARCH_OR
#undef ARCH_CAS
#undef ARCH_FENCE
