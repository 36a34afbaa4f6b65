import { accessSync, constants, existsSync } from 'node:fs'
import { z } from 'zod'
import { CannotStart, fileSentence } from '../cannot-start.ts'

/** Throws unless a file that is there may be written: SQLite would open it for reading, and fail at the first order. */
export function requireWritable(file: string): void {
  if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK)
}

/** Why a database file cannot be opened, in a sentence if it is something that a person can mend. */
export function cannotOpen(error: unknown, file: string): unknown {
  const code = ofDriver.safeParse(error).data?.code ?? ofAdapter.safeParse(error).data?.cause.originalCode
  const sentence = code?.startsWith('SQLITE_') ? sentenceFor(code, file) : undefined
  return sentence === undefined ? error : new CannotStart(sentence, { cause: error })
}

const ofDriver = z.object({ code: z.string() })
const ofAdapter = z.object({ cause: z.object({ originalCode: z.string() }) })

/** By SQLite's result codes, the extended ones too: https://www.sqlite.org/rescode.html */
function sentenceFor(code: string, file: string): string | undefined {
  switch (code.split('_')[1]) {
    case 'CANTOPEN':
    case 'READONLY':
    case 'PERM':
      return `${file} cannot be opened for writing (${code}): give it and its folder to this user, or choose another DATA_DIR`
    case 'FULL':
      return fileSentence('ENOSPC', file)
    case 'NOTADB':
    case 'CORRUPT':
      return `${file} is damaged (${code}): put a backup in its place, or begin anew with npm run reset`
    case 'BUSY':
      return `${file} is locked by another process: end that process`
    case 'IOERR':
      return `${file} cannot be read or written (${code}): see that its disk works, or choose another DATA_DIR`
    default:
      return undefined
  }
}
