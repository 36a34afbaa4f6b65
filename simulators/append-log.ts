import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Place, readRecords } from './read-records.ts'

type Waiting = { line: Buffer; resolve: (place: Place) => void; reject: (cause: unknown) => void }

const MAX_GROUP_BYTES = 4 * 1024 * 1024 // written in one piece; beyond this memory grows and nobody is faster

/**
 * Opens a file of JSON lines, creating it and its folder when they are missing, and hands every record that
 * is in it to `onRecord`, oldest first. A torn end (the writer was killed, the power was cut) is cut off. Throws when
 * the file cannot be read, when a line before a good one is not JSON, and whatever `onRecord` throws.
 */
export async function openAppendLog(
  path: string,
  onRecord: (record: unknown, place: Place) => void,
): Promise<AppendLog> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'a+')
  try {
    const endBytes = await readRecords(file, onRecord)
    await file.truncate(endBytes)
    return new AppendLog(file, endBytes)
  } catch (cause) {
    await file.close()
    throw new Error(`${path} cannot be loaded`, { cause })
  }
}

/** An append-only file of JSON lines. Records that arrive while an fsync is under way share the next one. */
export class AppendLog {
  readonly #file: FileHandle
  #endBytes: number
  #dirty = false // something may lie beyond the end: a write that failed half way
  #waiting: Waiting[] = []
  #lastTurn: Promise<unknown> = Promise.resolve()

  constructor(file: FileHandle, endBytes: number) {
    this.#file = file
    this.#endBytes = endBytes
  }

  /** Resolves with the record's place once it is on disk. Rejects when the disk refuses; then it is not kept. */
  append(record: object): Promise<Place> {
    const line = Buffer.from(`${JSON.stringify(record)}\n`)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject })
      if (this.#waiting.length === 1) this.#inTurn(() => this.#writeGroup())
    })
  }

  /** The record at `place`, as it was appended. Throws when the log was cleared since. */
  async read({ offset, bytes }: Place): Promise<unknown> {
    const { buffer } = await this.#file.read(Buffer.alloc(bytes), 0, bytes, offset)
    return JSON.parse(buffer.toString())
  }

  /** Empties the file, after everything that was appended before. */
  clear(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#file.truncate(0)
      await this.#file.datasync()
      this.#endBytes = 0
    })
  }

  /** Closes the file after everything that was appended before. */
  close(): Promise<void> {
    return this.#inTurn(() => this.#file.close())
  }

  /** Writes, truncates and the final close never overlap: each waits for the one before, failed or not. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#lastTurn.then(work)
    this.#lastTurn = done.catch(() => undefined)
    return done
  }

  async #writeGroup(): Promise<void> {
    const group = this.#takeGroup()
    try {
      await this.#write(Buffer.concat(group.map(({ line }) => line)))
    } catch (cause) {
      for (const { reject } of group) reject(cause)
      return
    }
    for (const { line, resolve } of group) {
      resolve({ offset: this.#endBytes, bytes: line.length - 1 })
      this.#endBytes += line.length
    }
  }

  #takeGroup(): Waiting[] {
    let bytes = 0
    let count = 0
    for (const { line } of this.#waiting) {
      bytes += line.length
      if (count > 0 && bytes > MAX_GROUP_BYTES) break
      count += 1
    }
    const group = this.#waiting.splice(0, count)
    if (this.#waiting.length > 0) this.#inTurn(() => this.#writeGroup())
    return group
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#dirty) await this.#file.truncate(this.#endBytes)
    this.#dirty = true
    await this.#file.appendFile(bytes)
    await this.#file.datasync()
    this.#dirty = false
  }
}
