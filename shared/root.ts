import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const above = join(dirname(fileURLToPath(import.meta.url)), '..')

/** The folder of the sources, seen from them and from the compiled tree alike: `tsc` compiles and does not copy. */
export const root = existsSync(join(above, 'package.json')) ? above : join(above, '..')
