import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** A change to the text of a compiled file, for example `dist/shared/inbox.js`. */
export type Edit = { file: string; find: string; replace: string }
export type DoctoredTree = { folder: string; remove(): void }

/**
 * A copy of the built shop with these edits, to be run in place of the original, which stays as it is: nothing in
 * the product has to be switchable from outside. Throws when an edit does not find its text.
 */
export function doctor(edits: Edit[]): DoctoredTree {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-doctored-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    copyShop(folder)
    for (const edit of edits) apply(edit, folder)
    return { folder, remove }
  } catch (cause) {
    remove()
    throw cause
  }
}

const PARTS = [
  'package.json',
  'dist/prisma',
  'dist/launcher',
  'dist/services',
  'dist/shared',
  'dist/simulators',
  'dist/terminal',
  'prisma',
  'services',
  'shared',
]

function copyShop(folder: string): void {
  for (const part of PARTS) cpSync(part, join(folder, part), { recursive: true, filter: isNeeded })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
}

/** What is not compiled is read where it lies: the migrations, what the pages need. */
function isNeeded(path: string): boolean {
  return !/\.(map|ts)$/.test(path) && !/^prisma\/\w+\/client/.test(path)
}

function apply({ file, find, replace }: Edit, folder: string): void {
  const path = join(folder, file)
  const pieces = readFileSync(path, 'utf8').split(find)
  if (pieces.length === 1) throw new Error(`${file} has no “${find}” to doctor`)
  writeFileSync(path, pieces.join(replace))
}
