import { versionOf } from '../event-versions.ts'
import { type Message, Outage } from '../events.ts'

/** A message in a newer version than this program knows, from a service that was updated before it: it waits for the update. */
export class Newer extends Outage {
  override name = 'Newer'
}

/** Throws `Newer` for what must not be looked into. */
export function refuseNewer({ name, v = 1 }: Message): void {
  const known = versionOf(name)
  if (v > known) throw new Newer(`${name} is of version ${v}, and this service knows ${known}: it waits for an update`)
}
