import { describe, expect, it } from '@jest/globals'
import { readArguments } from '../../chaos/arguments.ts'
import { postgresPrograms } from '../../chaos/hosts/room.ts'
import { shortRun } from './runs.ts'

const here = postgresPrograms() === '' ? describe.skip : describe
const HALF_A_MINUTE = ['--seed', '7', '--minutes', '0.5', '--faults-per-minute', '80', '--orders', '150']

/** The plan of a command line, but for its folder. */
function planOf(...given: string[]) {
  const { dataDir: _, ...plan } = readArguments([...given, '--help']).plan
  return plan
}

here('a shop on engines of others', () => {
  it.each(['postgres', 'postgres,redis-cluster'])(
    'keeps all its promises while %s is hurt',
    async (engines) => {
      const { verdict, storm } = await shortRun(planOf('--engines', engines, ...HALF_A_MINUTE))

      expect(verdict.reasons).toEqual([])
      expect(storm.receipts.accepted.size).toBeGreaterThan(100)
      expect(storm.tally.done.size).toBeGreaterThan(10)
    },
    400_000,
  )

  it('refuses orders while PostgreSQL is away, and is at rest soon after', async () => {
    const away = ['--scenario', 'away', '--away-seconds', '15', '--minutes', '0.2', '--orders', '60']
    const { verdict, storm } = await shortRun(planOf('--engines', 'postgres,redis-cluster', ...away))

    expect(verdict.reasons).toEqual([])
    expect([...storm.tally.done]).toEqual([['database away', 1]])
    expect(storm.tally.told.join()).toMatch(/away for 15.0 s: 1\d orders refused with 503, at rest \d+\.\d s after/)
  }, 400_000)

  it('is judged wrong without the turn', async () => {
    const none = ['--turn', 'none', '--minutes', '0.5', '--orders', '150', '--settle-limit-seconds', '30']
    const { verdict } = await shortRun(planOf('--engines', 'postgres', ...none))

    expect(verdict.reasons.join()).toMatch(/audit: (illegalStep|eventTwice|oversold)/)
  }, 400_000)
})
