import { delimiter, dirname } from 'node:path'
import { spawnAndWait } from './spawn.mjs'

const RELAY_PID = 'ORDERLINE_RELAY_PID'
const LOOK_MS = 500

/** Starts this very command again, on `node`. What stays here passes on the signals, and the exit code. */
export function relayTo(node) {
  const path = `${dirname(node)}${delimiter}${process.env.PATH}` // for whatever is called by the name `node`
  return spawnAndWait(node, process.argv.slice(1), { PATH: path, [RELAY_PID]: String(process.pid) })
}

/** True on the far side, which ends when the relay is gone: of its SIGKILL no signal would tell. */
export function isRelayed() {
  const pid = Number(process.env[RELAY_PID])
  delete process.env[RELAY_PID] // the children's parent is not the relay
  if (pid) endWith(pid)
  return pid > 0
}

function endWith(pid) {
  const look = setInterval(() => {
    if (process.ppid === pid) return
    clearInterval(look)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_MS).unref()
}
