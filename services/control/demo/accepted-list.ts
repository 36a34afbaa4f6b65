import { appendFile, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const IDS_MAX = 20_000

export const acceptedPathIn = (dataDir: string) => join(dataDir, 'demo-accepted.txt')

/** Opens the list of orders that customers were told are accepted. What is returned adds one; the oldest go. */
export async function openAcceptedList(path: string, idsMax = IDS_MAX): Promise<(id: string) => Promise<void>> {
  const ids = (await readFile(path, 'utf8').catch(() => '')).split('\n').filter(Boolean)
  if (ids.length > idsMax) await replace(path, ids.slice(-idsMax))
  return (id) => appendFile(path, `${id}\n`)
}

/** In one step: the auditor may be reading it. */
async function replace(path: string, ids: string[]): Promise<void> {
  await writeFile(`${path}.new`, `${ids.join('\n')}\n`)
  await rename(`${path}.new`, path)
}
