import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { doctor } from '../../chaos/doctored-tree.ts'

const FILE = 'dist/shared/keys.js'
const PAGES = ['shared/web', 'services/order', 'services/control']

describe('a doctored tree', () => {
  it('has the edit, and the original has not', () => {
    const tree = doctor([{ file: FILE, find: ':status`', replace: ':doctored`' }])

    expect(readFileSync(join(tree.folder, FILE), 'utf8')).toContain(':doctored`')
    expect(readFileSync(FILE, 'utf8')).not.toContain(':doctored`')
    for (const owner of PAGES) expect(existsSync(join(tree.folder, owner, 'public'))).toBe(true)
    tree.remove()
    expect(existsSync(tree.folder)).toBe(false)
  })

  it('is not made when an edit does not find its text', () => {
    expect(() => doctor([{ file: FILE, find: 'no such text', replace: '' }])).toThrow(/has no “no such text”/)
  })
})
