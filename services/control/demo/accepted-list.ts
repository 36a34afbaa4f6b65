import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keepNewest } from './keep-newest.ts'

const IDS_MAX = 20_000

export const acceptedPathIn = (dataDir: string) => join(dataDir, 'demo-accepted.txt')

/** Opens the list of orders that customers were told are accepted. What is returned adds one; the oldest go. */
export async function openAcceptedList(path: string, idsMax = IDS_MAX): Promise<(id: string) => Promise<void>> {
  await keepNewest(path, idsMax)
  return (id) => appendFile(path, `${id}\n`)
}
