import { z } from 'zod'

/** Why a program cannot start, in one sentence for the person who can mend it: shown without a stack. */
export class CannotStart extends Error {
  override name = 'CannotStart'
}

/** The same error as a `CannotStart` if it is one that a person can mend: of a file, or of an address to listen on. */
export function asCannotStart(error: unknown): unknown {
  if (error instanceof CannotStart) return error
  const sentence = sentenceFor(error)
  return sentence === undefined ? error : new CannotStart(sentence, { cause: error })
}

/** What Node tells with its system errors: https://nodejs.org/api/errors.html#class-systemerror */
const ofFile = z.object({ code: z.string(), path: z.string() })
const ofAddress = z.object({ code: z.string(), syscall: z.enum(['listen', 'getaddrinfo']), port: z.int().optional() })
const host = z.union([z.object({ address: z.string() }), z.object({ hostname: z.string() })])

function sentenceFor(error: unknown): string | undefined {
  const file = ofFile.safeParse(error).data
  if (file) return file.code in FILE_TROUBLE ? fileSentence(file.code, file.path) : undefined
  const socket = ofAddress.safeParse(error).data
  const at = host.safeParse(error).data ?? { hostname: 'HOST' }
  return socket && listenSentence(socket.code, 'address' in at ? at.address : at.hostname, socket.port)
}

/** The system's code of an error, EUNKNOWN if it has none. */
export function codeOf(error: unknown): string {
  return withCode.safeParse(error).data?.code ?? 'EUNKNOWN'
}

const withCode = z.object({ code: z.string() })

/** Why a file or folder cannot be used, by the system's code, and what to do. */
export function fileSentence(code: string, path: string): string {
  const known = FILE_TROUBLE[code]
  return known ? `${path} ${known}` : `${path} cannot be used (${code}): see that it can, or choose another DATA_DIR`
}

const FILE_TROUBLE: Record<string, string | undefined> = {
  ENOTDIR: 'is a file or lies below one: choose a folder for DATA_DIR',
  EEXIST: 'is a file where a folder must be: take it away, or choose another DATA_DIR',
  EISDIR: 'is a folder where a file must be: take it away, or choose another DATA_DIR',
  EACCES: 'may not be written by this user: give it to that user (chown), or choose another DATA_DIR',
  EPERM: 'may not be written by this user: give it to that user (chown), or choose another DATA_DIR',
  EROFS: 'is on a read-only file system: mount it for writing, or choose another DATA_DIR',
  ENOSPC: 'is on a disk that is full: make room, or choose a DATA_DIR on another disk',
  EDQUOT: 'is beyond what this user may store: make room, or choose a DATA_DIR on another disk',
}

/** Why nothing can listen there, and what to do. `name` is the variable that says the port, where that is known. */
export function listenSentence(code: string, host: string, port = 0, name?: string): string {
  const what = name === undefined ? `Port ${port} (PORT, CONTROL_PORT or OPS_PORT)` : `${name}: ${port}`
  const example = (other: number) => (name === undefined ? '' : `: ${name}=${other}`)
  switch (code) {
    case 'EADDRINUSE':
      return `${what} is already in use. Stop what listens there, or choose another${example(besides(port))}`
    case 'EACCES':
      return `${what} is for root alone. Choose one from 1024 on${example(3_000)}`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST: ${host} is not an address of this machine. Choose one that is, for example HOST=127.0.0.1`
    default:
      return `HOST: nothing can listen on ${host}, port ${port} (${code}). Choose others`
  }
}

const besides = (port: number) => (port < 65_535 ? port + 1 : port - 1)
