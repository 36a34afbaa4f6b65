import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { closeToOthers } from '../../shared/private-files.ts'
import { Shop } from '../shop.ts'

const OTHERS = 0o077

/** What others on this machine could get at, of everything in `folder`. */
function loose(folder: string): string[] {
  const all = [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))]
  return all.filter((path) => !lstatSync(path).isSymbolicLink() && (lstatSync(path).mode & OTHERS) !== 0)
}

describe('what a shop writes', () => {
  const umask = process.umask(0o022) // as most people have it
  const root = mkdtempSync(join(tmpdir(), 'orderline-private-'))
  const dataDir = join(root, 'data')
  let shop: Shop

  beforeAll(async () => {
    shop = await Shop.open({ DATA_DIR: dataDir })
    await shop.reaches('paid', await shop.place())
  })

  afterAll(async () => {
    await shop.close()
    rmSync(root, { recursive: true, force: true })
    process.umask(umask)
  })

  it('is for its own user alone', () => {
    expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['order.db', 'logs', 'redis', 'mailbox.jsonl']))
    expect(loose(dataDir)).toEqual([])
  })

  it('is closed to others when an earlier version left it open, which is told once', async () => {
    await shop.end()
    for (const path of [dataDir, join(dataDir, 'logs'), join(dataDir, 'redis')]) chmodSync(path, 0o755)
    for (const path of ['order.db', 'logs/orderline.log', 'mailbox.jsonl']) chmodSync(join(dataDir, path), 0o644)

    await shop.start()

    expect(loose(dataDir)).toEqual([])
    const told = shop.facts.filter(({ msg }) => msg === 'data.closed_to_others')
    expect(told).toMatchObject([{ service: 'launcher', folder: dataDir, closed: 6 }])
  })
})

describe('closing to others', () => {
  const root = mkdtempSync(join(tmpdir(), 'orderline-private-'))
  const file = (path: string) => {
    writeFileSync(join(root, path), '')
    chmodSync(join(root, path), 0o644)
  }

  beforeAll(() => {
    for (const folder of ['data', 'all', 'work']) mkdirSync(join(root, folder))
    for (const path of ['elsewhere', 'data/order.db', 'all/theirs', 'work/order.db']) file(path)
    symlinkSync('../elsewhere', join(root, 'data', 'link'))
    chmodSync(join(root, 'all'), 0o1777)
  })

  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('does not follow links out of the folder', () => {
    expect(closeToOthers(join(root, 'data'))).toBe(2)
    expect(loose(root)).toContain(join(root, 'elsewhere'))
  })

  it('leaves a folder alone where everyone keeps files, and one that holds more than data', () => {
    expect(closeToOthers(join(root, 'all'))).toBe(0)
    expect(closeToOthers(process.cwd())).toBe(0)
    expect(closeToOthers('/')).toBe(0)
  })
})
