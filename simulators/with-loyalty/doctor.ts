/** What is changed in one of our modules, by the end of its path. */
type Change = { file: string; find: RegExp; replace: string }

/** That there is such a list: a sender knows it also without the guest, or it could not deliver what is left for one that goes. */
const inServices: Change = { file: 'shared/routes.js', find: /( +'logs',)(\n\])/, replace: "$1\n    'loyalty',$2" }

/**
 * What `examples/loyalty/add.mjs` writes into the table, in compiled code; and where the migrations and the file of a guest are: the
 * auditor would refuse to judge a folder with books that it does not know.
 */
const changes: Change[] = [
  inServices,
  {
    file: 'shared/routes.js',
    find: /('payment\.(?:captured|refunded)': \['order', 'notification')/g,
    replace: "$1, 'loyalty'",
  },
  { file: 'shared/routes.js', find: /readers = \[/, replace: "readers = ['loyalty', " },
  {
    file: 'shared/store/migrations.js',
    find: /join\(root, 'prisma', service/,
    replace: "join(root, service === 'loyalty' ? 'examples/loyalty/prisma' : 'prisma', service",
  },
  { file: 'loyalty/db.ts', find: /openDatabase\('loyalty', place/, replace: "openDatabase('loyalty', place + '/tour'" },
  {
    file: 'loyalty/award-points.ts',
    find: /async function book\([^)]*\)[^{]*\{/,
    replace: '$& globalThis.failAtEachThird?.(awards);',
  },
]

const changesFor = (path: string, isThere: boolean) =>
  (isThere ? changes : [inServices]).filter(({ file }) => path.endsWith(`/${file}`))

/** The code of a module with the changes that are for it, while the guest is there or not. Throws where one does not fit any more. A table that has it by itself stays as it is. */
export function doctored(path: string, code: string, isThere: boolean): string {
  if (path.endsWith(`/${inServices.file}`) && code.includes("'loyalty'")) return code
  return changesFor(path, isThere).reduce((text, { find, replace, file }) => {
    const changed = text.replace(find, replace)
    if (changed === text) throw new Error(`${file} has no ${find} any more`)
    return changed
  }, code)
}

export const isChanged = (path: string, isThere: boolean): boolean => changesFor(path, isThere).length > 0
