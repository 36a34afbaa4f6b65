import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Client, openAccounts } from '../../services/accounts/db.ts'
import { insertProofs, linkOf, pruneProofs, useLink } from '../../services/accounts/proofs.ts'
import { insertRegistrations, pruneRegistrations } from '../../services/accounts/registrations.ts'
import { pruneSessions } from '../../services/accounts/sessions.ts'
import type { Database } from '../../shared/store/database.ts'

const DAY_MS = 24 * 3_600_000
const NOW = 1_790_000_000_000
let folder: string
let db: Database<Client>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderline-accounts-'))
  db = await openAccounts(folder)
})
afterEach(async () => {
  await db.close()
  await rm(folder, { recursive: true })
})

const proof = (digest: string, expiresAt: number, account = 'a') =>
  ({ digest, kind: 'verify', account, target: 'a@example.com', expiresAt }) as const

describe('a link', () => {
  it('is used by one, also of two who have both seen that it is good', async () => {
    await db.write((tx) => insertProofs(tx, [proof('d', NOW + 1)]))
    expect(await linkOf(db.read, 'verify', 'd', NOW)).toMatchObject({ kind: 'good' })

    const use = () => db.write((tx) => useLink(tx, 'verify', 'd', NOW))

    expect(await Promise.all([use(), use()])).toEqual([
      { kind: 'proven', account: 'a', target: 'a@example.com' },
      { kind: 'used' },
    ])
  })

  it('to an address that nobody has proves nothing, even to who could guess it', async () => {
    await db.write((tx) => insertProofs(tx, [proof('d', NOW + 1, '')]))

    expect(await linkOf(db.read, 'verify', 'd', NOW)).toEqual({ kind: 'none' })
    expect(await db.write((tx) => useLink(tx, 'verify', 'd', NOW))).toEqual({ kind: 'none' })
  })
})

describe('what is over', () => {
  it('goes: links and codes when their time is over', async () => {
    await db.write((tx) => insertProofs(tx, [proof('old', NOW - 1), proof('good', NOW + 1)]))

    expect(await db.write((tx) => pruneProofs(tx, NOW, 1_000))).toBe(1)

    expect(await db.read.proof.findMany({ select: { digest: true } })).toEqual([{ digest: 'good' }])
  })

  it('goes: registrations after a day', async () => {
    const registration = (id: string, at: number) =>
      ({ id, account: id, key: null, fingerprint: null, at, hasPhone: 0 }) as const
    const both = [registration('old', NOW - DAY_MS - 1), registration('young', NOW - DAY_MS)]
    await db.write((tx) => insertRegistrations(tx, both))

    expect(await db.write((tx) => pruneRegistrations(tx, NOW, 1_000))).toBe(1)

    expect(await db.read.registration.findMany({ select: { id: true } })).toEqual([{ id: 'young' }])
  })

  it('goes: sessions after thirty days, so many at a time as are asked for', async () => {
    const session = (id: string, beganAt: number) => ({ id, account: 'a', renewal: id, beganAt })
    const old = ['1', '2', '3'].map((id) => session(id, NOW - 30 * DAY_MS - 1))
    await db.write((tx) => tx.session.createMany({ data: [...old, session('young', NOW - 30 * DAY_MS)] }))

    expect(await db.write((tx) => pruneSessions(tx, NOW, 2))).toBe(2)
    expect(await db.write((tx) => pruneSessions(tx, NOW, 2))).toBe(1)

    expect(await db.read.session.findMany({ select: { id: true } })).toEqual([{ id: 'young' }])
  })
})
