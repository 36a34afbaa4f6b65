import { setTimeout as delay } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from '@jest/globals'
import { limited } from '../../chaos/limited.ts'

const LIMIT_MS = 200
const never = new AbortController().signal

setFlagsFromString('--expose-gc')
const sweep: () => void = runInNewContext('gc')

describe('the patience of the customers of the chaos', () => {
  it('comes to its end where memory is swept before somebody looks', async () => {
    const patience = limited(never, LIMIT_MS)

    await delay(1.5 * LIMIT_MS)
    sweep()

    expect(patience.aborted).toBe(true)
  })

  it('ends with the run', () => {
    const run = new AbortController()
    const patience = limited(run.signal, LIMIT_MS)

    run.abort()

    expect(patience.aborted).toBe(true)
    expect(limited(run.signal, LIMIT_MS).aborted).toBe(true)
  })
})
