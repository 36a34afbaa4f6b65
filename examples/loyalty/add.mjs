// Adds the loyalty service to a copy of the shop, as docs/adding-a-service.md says by hand:
//   node examples/loyalty/add.mjs [<the shop's folder>]
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const shop = process.argv[2] ?? '.'
const here = import.meta.dirname

edit('shared/routes.ts', [
  ["'payment.captured': ['order', 'notification'", "'payment.captured': ['order', 'notification', 'loyalty'"],
  ["'payment.refunded': ['order', 'notification'", "'payment.refunded': ['order', 'notification', 'loyalty'"],
  ["  'logs',\n]", "  'logs',\n  'loyalty',\n]"],
  ['const readers: readonly Service[] = [', "const readers: readonly Service[] = ['loyalty', "],
])
edit('services/all.ts', [['  control: () =>', "  loyalty: () => import('./loyalty/main.ts'),\n  control: () =>"]])
for (const part of ['services', 'prisma']) cpSync(join(here, part), join(shop, part), { recursive: true })

/** @param {string} file @param {[find: string, replace: string][]} changes */
function edit(file, changes) {
  const path = join(shop, file)
  const text = changes.reduce(
    (text, [find, replace]) => {
      if (!text.includes(find)) throw new Error(`${file} has no “${find}” any more`)
      return text.replace(find, replace)
    },
    readFileSync(path, 'utf8'),
  )
  writeFileSync(path, text)
}
