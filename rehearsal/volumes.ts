import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Mount } from './bundle.ts'
import type { Service } from './compose-file.ts'
import type { ImageConfig } from './images.ts'
import { run } from './run.ts'

/** Volumes, by name: folders that outlive containers. */
export class Volumes {
  readonly #folder: string
  readonly #known: readonly string[]
  readonly #filling = new Map<string, Promise<void>>()
  #nameless = 0

  constructor(folder: string, known: readonly string[]) {
    this.#folder = folder
    this.#known = known
    mkdirSync(folder, { recursive: true })
  }

  /** Where a volume is. */
  pathOf(name: string): string {
    return join(this.#folder, name)
  }

  /** What a service has mounted: its volumes, files of this folder, and one without a name for each that its image alone asks for. */
  async mountsFor({ volumes, tmpfs }: Service, { Volumes: asked }: ImageConfig, root: string): Promise<Mount[]> {
    const said = await Promise.all(volumes.map((text) => this.#mountOf(text, root)))
    const taken = [...said.map(({ destination }) => destination), ...tmpfs.map((text) => text.split(':')[0])]
    const left = Object.keys(asked ?? {}).filter((path) => !taken.includes(path))
    const nameless = left.map((path) => this.#filled(`nameless-${++this.#nameless}`, path, root))
    return [...said, ...(await Promise.all(nameless))]
  }

  /** `order:/data`, or `./deploy/haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro`. */
  #mountOf(text: string, root: string): Mount | Promise<Mount> {
    const [source = '', destination = '', mode] = text.split(':')
    if (!source.startsWith('.')) return this.#filled(this.#knownAs(source), destination, root)
    if (!existsSync(source)) throw new Error(`${source} is mounted, and is not there`)
    return { source: resolve(source), destination, isReadOnly: mode === 'ro' }
  }

  #knownAs(name: string): string {
    if (!this.#known.includes(name)) throw new Error(`the volume ${name} is not listed under volumes`)
    return name
  }

  /** A new volume has what the image has there, and belongs to whom it belongs there. */
  async #filled(name: string, destination: string, root: string): Promise<Mount> {
    const source = this.pathOf(name)
    const filling = this.#filling.get(name) ?? fill(source, join(root, destination))
    this.#filling.set(name, filling) // containers that share it start at the same time
    await filling
    return { source, destination }
  }
}

async function fill(source: string, model: string): Promise<void> {
  if (existsSync(model)) await run('cp', ['--archive', model, source])
  else mkdirSync(source)
}
