import type { Row } from '../terminal/table.ts'
import type { ChaosReport } from './run-chaos.ts'

/** What became of the lines beside the shop; nothing where none were written. */
export function lineRows({ storm: { lines }, verdict: { lines: kept } }: ChaosReport): Row[] {
  if (lines === undefined || kept === undefined) return []
  return [
    ['lines written beside the shop, by programs started', `${lines.told.written}, ${lines.told.runs.size}`],
    ['  files put aside on purpose', lines.told.rotations],
    ['  kept', kept.kept],
    ['  lost / doubled / other than written', `${kept.lost} / ${kept.doubled} / ${kept.mixed}`],
    ['  told to be gone before they were read, times', kept.gaps],
    ['from the last of them to all kept', kept.isAll ? `${kept.tookMs} ms` : 'never'],
  ]
}
