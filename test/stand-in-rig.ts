import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'

type Up = { url: string; close(): Promise<void> }

/** One of the simulators on a free port, with a folder of its own. */
export abstract class StandInRig {
  url = ''
  protected folder = ''
  #close: () => Promise<void> = async () => undefined

  abstract boot(): Promise<void>

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'stand-in-'))
    await this.boot()
  }

  /** Notes what has been started. */
  protected isUp<T extends Up>(started: T): T {
    this.url = started.url
    this.#close = started.close
    return started
  }

  async shutDown(): Promise<void> {
    await this.#close()
    this.#close = async () => undefined
  }

  async remove(): Promise<void> {
    await this.shutDown()
    await rm(this.folder, { recursive: true })
  }

  turn(switches: object): Promise<Response> {
    return this.postJson('/_switches', switches)
  }

  protected postJson(path: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json' }
    return fetch(`${this.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  }
}

/** Opens the rig for every test of the file, and removes it afterwards. */
export function forEachTest<Rig extends StandInRig>(rig: Rig): Rig {
  beforeEach(() => rig.open())
  afterEach(() => rig.remove())
  return rig
}
