import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createGuest } from '../../services/control/tour/bus/guest.ts'
import { guestFlagIn, guestFolderIn } from '../../shared/guest.ts'
import { useRedis } from '../redis-server.ts'

const redis = useRedis()
let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'orderline-guest-'))
  mkdirSync(guestFolderIn(dataDir))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

/** A shop whose payment answers for so many messages to the guest at each look, and what is done to its processes. */
function shop(owed: (number | null)[], state = 'stopped') {
  const done: string[] = []
  const demo = {
    control: async (action: string, name: string) => {
      if (name === 'loyalty') state = action === 'start' ? 'up' : 'stopped'
      done.push(`${action} ${name}${existsSync(guestFlagIn(dataDir)) ? ' with the guest' : ''}`)
    },
    onDemand: async () => [{ name: 'loyalty', state }],
  }
  const ask = async () => {
    const count = owed.length > 1 ? owed.shift() : owed[0]
    done.push(`owes ${count}`)
    return count === null ? null : { status: 200, body: { rows: [], count, isCapped: false } }
  }
  return { done, guest: createGuest({ demo, ask, redis: redis.client, dataDir }) }
}

describe('a guest that goes', () => {
  it('hears what was written for it until its sender knew that it goes, and only then is ended', async () => {
    writeFileSync(guestFlagIn(dataDir), String(process.ppid))
    const { done, guest } = shop([2, 1, 0], 'up')

    await guest.leave()

    const drained = ['owes 2', 'owes 1', 'owes 0']
    expect(done).toEqual(['start loyalty with the guest', 'restart payment', ...drained, 'stop loyalty'])
  })

  it('hears what an earlier launcher left for it, and payment goes on', async () => {
    const { done, guest } = shop([null, 3, 3, 0])

    await guest.leave()

    expect(done).toEqual(['owes null', 'owes 3', 'owes 3', 'start loyalty', 'owes 0', 'stop loyalty'])
  })

  it('is let be where it has never been', async () => {
    const { done, guest } = shop([0])

    await guest.leave()

    expect(done).toEqual(['owes 0', 'owes 0'])
  })
})
