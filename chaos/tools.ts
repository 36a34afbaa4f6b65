import { type Clocks, findClocks } from './clocks.ts'
import type { Edit } from './doctored-tree.ts'
import { type Engines, startEngines } from './engines.ts'
import { findLimits } from './hurt-disk.ts'
import { had, type Missing, meansFor, missingAmong } from './means.ts'
import type { Plan } from './plan.ts'
import { mountDisk, type SmallDisk } from './small-disk.ts'

/** What the faults of a run take beside a shop. */
export type Tools = {
  disk: SmallDisk | undefined
  clocks: Clocks | undefined
  engines: Engines
  missing: Missing
  /** Of the tree and the environment of the shop that they are to be used on. */
  edits: Edit[]
  env: NodeJS.ProcessEnv
  remove(): Promise<void>
}

/** Gets them where they are to be had, and says which kinds of faults must be left out where not. */
export async function gatherTools({ faults, dataDir, engines: wanted }: Plan): Promise<Tools> {
  const disk = meansFor('disk full', faults, () => mountDisk(dataDir))
  const clocks = meansFor('clock step', faults, findClocks)
  const limits = meansFor('failing disk', faults, findLimits)
  const engines = await startEngines(wanted)
  return {
    engines,
    disk: had(disk),
    clocks: had(clocks),
    missing: missingAmong([
      ['disk full', disk],
      ['clock step', clocks],
      ['failing disk', limits],
    ]),
    edits: had(clocks)?.edits ?? [],
    env: { ...had(clocks)?.env, ...engines.env },
    remove: async () => {
      await engines.stop()
      had(clocks)?.remove()
      await had(disk)?.remove()
    },
  }
}
