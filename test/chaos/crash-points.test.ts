import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { type CrashPoint, crashPointsIn, dieAt, diedMark } from '../../chaos/crash-points.ts'
import type { Edit } from '../../chaos/doctored-tree.ts'
import { services } from '../../shared/routes.ts'
import { shortRun } from './runs.ts'

const PASS = 2
const points = crashPointsIn('shared')

// Notification emits no event, so it never pushes one, and never has an outbox row to delete.
const withoutNotification = new Set([
  ...['before push', 'after push'],
  ...['before delete of the row', 'after delete of the row', 'after delete of the field'],
])

// Nothing fails by itself in inventory and order, so a requeue is only passed where it is made to be needed.
const FIRST_ATTEMPTS_FAIL: Edit = {
  file: 'dist/shared/protocol/apply.js',
  find: 'const emitted = [];',
  replace: `const emitted = []; if (batch.some(({ message }) => message.attempt === 1)) throw new Error('doctored')`,
}

const servicesPassing = ({ name }: CrashPoint) =>
  services.filter((service) => service !== 'notification' || !withoutNotification.has(name))

const editsFor = (point: CrashPoint) => [
  dieAt(point, services, PASS),
  ...(point.name.endsWith('requeue') ? [FIRST_ATTEMPTS_FAIL] : []),
]

describe('a service that dies', () => {
  it('can do so before and after every step of the protocol', () => {
    const steps = ['pop', 'prepare', 'commit', 'acknowledge', 'push', 'requeue', 'delete of the row']
    const names = points.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(steps.flatMap((step) => [`before ${step}`, `after ${step}`])))
  })

  it.each(points)(
    '$name loses nothing and does nothing twice',
    async (point) => {
      const died: string[] = []
      const { verdict, log } = await shortRun({ edits: editsFor(point) }, ({ plan: { dataDir } }) =>
        died.push(...services.filter((service) => existsSync(join(dataDir, diedMark(service))))),
      )

      expect(died).toEqual(servicesPassing(point))
      expect([...log.deaths.keys()].sort()).toEqual([...died].sort())
      expect(verdict.reasons).toEqual([])
    },
    150_000,
  )
})
