import { readFile, rename, writeFile } from 'node:fs/promises'

/** Cuts a list with one entry a line down to the newest, in one step: somebody may be reading it. */
export async function keepNewest(path: string, linesMax: number): Promise<void> {
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n').filter(Boolean)
  if (lines.length <= linesMax) return
  await writeFile(`${path}.new`, `${lines.slice(-linesMax).join('\n')}\n`)
  await rename(`${path}.new`, path)
}
