import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { childrenOf, type Process } from '../processes.ts'
import type { Clock } from './clock.ts'
import type { Host } from './host.ts'
import { addressOf } from './host-names.ts'

const LAUNCHER = 'launcher'

type Asked = {
  host: Host
  tree: string
  folder: string
  env: NodeJS.ProcessEnv
  clock: Clock | undefined
  hear(line: string): void
}

/** One instance of every service, under a launcher of its own, on a host of its own. */
export class AppHost {
  readonly #asked: Asked
  readonly #urls = new Map<string, string>()
  #isReady = false

  constructor(asked: Asked) {
    this.#asked = asked
  }

  get host(): Host {
    return this.#asked.host
  }

  /** All its programs have been up since the launcher was started last. */
  get isReady(): boolean {
    return this.#isReady
  }

  /** Starts the launcher on a host that was just booted; it is started again whenever it dies. */
  start(): void {
    const { host, tree, env, clock } = this.#asked
    const dataDir = this.#dataDir
    mkdirSync(dataDir, { recursive: true })
    rmSync(join(dataDir, 'orderline.pid'), { force: true }) // of before the host was lost: a host begins to count its processes anew
    this.#isReady = false
    host.keep({
      name: LAUNCHER,
      command: process.execPath,
      args: ['dist/launcher/main.js'],
      cwd: tree,
      env: { ...env, ...clock?.env, HOST: addressOf(host.name), DATA_DIR: dataDir },
      hear: (line) => this.#hear(line),
    })
  }

  /** The programs that have been up, and where each says how it is, from inside the host. */
  programs(): string[] {
    return [...this.#urls.keys()]
  }

  readonly url = (program: string): string | undefined => this.#urls.get(program)

  /** The processes that the launcher has started. Throws when the launcher is not running just now. */
  processes(): Promise<Process[]> {
    return childrenOf(this.launcherPid)
  }

  get launcherPid(): number {
    return this.host.pidOf(LAUNCHER)
  }

  get #dataDir(): string {
    return join(this.#asked.folder, this.host.name)
  }

  #hear(line: string): void {
    const fact = factIn(line)
    if (fact?.msg === 'ready' && fact.url !== undefined) this.#urls.set(fact.service, fact.url)
    if (fact?.msg === 'launcher.ready') this.#isReady = true
    this.#asked.hear(line)
  }
}

const said = z.object({ service: z.string(), msg: z.string(), url: z.string().optional() })

function factIn(line: string): z.infer<typeof said> | undefined {
  try {
    return said.parse(JSON.parse(line))
  } catch {
    return undefined // torn, or the banner
  }
}
