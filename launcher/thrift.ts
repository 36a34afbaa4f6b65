/**
 * Flags of a Node process that stays small. A young generation of up to 48 MB is given back only long after it was
 * last needed; half of that does the same orders in the same CPU time, a quarter takes a tenth more. An idle
 * process collects what is left by itself (shared/start/give-back.ts). The Dockerfile says the same.
 */
export const thriftyFlags = ['--max-semi-space-size=8', '--expose-gc'] // MB, of which there are three

/** glibc keeps what was freed, for each of up to 8 arenas per core; elsewhere nobody reads these. */
export const thriftyEnv = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' }
