import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { pruneAlerts } from '../../services/notification/alerts/prune-alerts.ts'
import { openNotification } from '../../services/notification/db.ts'

const DAY_MS = 24 * 3_600_000
const NOW = 400 * DAY_MS

const alert = (id: string, state: string, askedDaysAgo: number, toldDaysAgo?: number) => ({
  ...{ id, state, sku: 'MUG-001', kind: 'back', mailbox: `${id}@example.com`, email: `${id}@example.com` },
  ...{ language: 'en', timesBack: 0, priceCents: 1_800, asks: 1, askedAt: NOW - askedDaysAgo * DAY_MS },
  toldAt: toldDaysAgo === undefined ? null : NOW - toldDaysAgo * DAY_MS,
})

it('alerts go when they are over for a month, or wait for a year, and nothing is left of whose they were', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-alert-prune-'))
  const db = await openNotification(folder)
  try {
    const stay = [alert('asked', 'asked', 29), alert('waits', 'confirmed', 364), alert('told', 'told', 90, 29)]
    const go = [
      ...[alert('forgotten', 'asked', 31), alert('stopped', 'stopped', 31)],
      ...[alert('told long ago', 'told', 90, 31), alert('waited', 'confirmed', 366)],
    ]
    const about = (id: string) => ({ messageId: `of ${id}`, recipient: `${id}@example.com` })
    await db.write(async (tx) => {
      for (const one of [...stay, ...go]) {
        await tx.alert.create({ data: one })
        await tx.alertMail.create({ data: { ...about(one.id), alert: one.id, kind: 'alert', sentAt: 1 } })
        await tx.bounce.create({ data: { ...about(one.id), subject: one.id, reason: '550', at: 1 } })
      }
    })

    expect(await db.write((tx) => pruneAlerts(tx, NOW, 100))).toBe(go.length)

    const left = stay.map(({ id }) => id).sort()
    expect((await db.read.alert.findMany()).map(({ id }) => id).sort()).toEqual(left)
    expect((await db.read.alertMail.findMany()).map((mail) => mail.alert).sort()).toEqual(left)
    expect((await db.read.bounce.findMany()).map(({ subject }) => subject).sort()).toEqual(left)
  } finally {
    await db.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
