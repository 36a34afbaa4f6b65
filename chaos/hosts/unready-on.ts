import { setTimeout as delay } from 'node:timers/promises'
import { appNames } from './host-names.ts'
import type { ShopOnHosts } from './shop-on-hosts.ts'

const LIMIT_MS = 15_000
const LOOK_EVERY_MS = 500

/** Nothing is wrong any more: each program of both hosts must say soon that it is ready. Resolves with what the others say. */
export async function unreadyOn({ parts: { apps } }: ShopOnHosts, signal: AbortSignal): Promise<string[]> {
  const until = performance.now() + LIMIT_MS
  for (;;) {
    const asked = appNames.flatMap((name) => apps[name].programs().map((program) => complaintOf(apps[name], program)))
    const complaints = (await Promise.all(asked)).filter((complaint) => complaint !== null)
    if (complaints.length === 0 || performance.now() > until || signal.aborted) return complaints
    await delay(LOOK_EVERY_MS)
  }
}

type App = ShopOnHosts['parts']['apps']['app-1']

/** Asked on the host itself: most of them listen to nobody else. */
async function complaintOf({ host, url }: App, program: string): Promise<string | null> {
  try {
    const said = await host.run(process.execPath, ['-e', ASK, `${url(program)}/readyz`])
    return said.includes('"ready":true') ? null : `${program} of ${host.name} is not ready: ${said}`
  } catch (error) {
    return `${program} of ${host.name} does not say whether it is ready: ${error}`
  }
}

const ASK = 'fetch(process.argv[1]).then((answer) => answer.text()).then((text) => console.log(text))'
