/** What is changed in one of our modules, by the end of its path. */
type Change = { file: string; find: RegExp; replace: string }

/**
 * What `examples/loyalty/add.mjs` writes into the table, in compiled code; and where the migrations and the file of a guest are: the
 * auditor would refuse to judge a folder with books that it does not know.
 */
const changes: Change[] = [
  {
    file: 'shared/routes.js',
    find: /('payment\.(?:captured|refunded)': \['order', 'notification')/g,
    replace: "$1, 'loyalty'",
  },
  { file: 'shared/routes.js', find: /( +'logs',)(\n\])/, replace: "$1\n    'loyalty',$2" },
  { file: 'shared/routes.js', find: /readers = \[/, replace: "readers = ['loyalty', " },
  {
    file: 'shared/store/migrate.js',
    find: /join\(root, 'prisma', service/,
    replace: "join(root, service === 'loyalty' ? 'examples/loyalty/prisma' : 'prisma', service",
  },
  { file: 'loyalty/db.ts', find: /join\(folder, 'loyalty\.db'\)/, replace: "join(folder, 'tour', 'loyalty.db')" },
  {
    file: 'loyalty/award-points.ts',
    find: /async function book\([^)]*\)[^{]*\{/,
    replace: '$& globalThis.failAtEachThird?.(awards);',
  },
]

/** The code of a module with the changes that are for it. Throws where one does not fit any more. */
export function doctored(path: string, code: string): string {
  return changes
    .filter(({ file }) => path.endsWith(`/${file}`))
    .reduce((text, { find, replace, file }) => {
      const changed = text.replace(find, replace)
      if (changed === text) throw new Error(`${file} has no ${find} any more`)
      return changed
    }, code)
}

export const isChanged = (path: string): boolean => changes.some(({ file }) => path.endsWith(`/${file}`))
