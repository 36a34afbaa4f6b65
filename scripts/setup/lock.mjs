import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { setupError } from './spawn.mjs'

const POLL_MS = 100
const WAIT_LIMIT_MS = 15 * 60_000 // a slow machine on a slow line, twice over
const NAMELESS_LIMIT_MS = 5_000 // between creating a lock and writing the pid into it

/** Runs `work` while no other process that asks for the same `path` does. */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true })
  await acquire(path)
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

async function acquire(path) {
  for (const since = Date.now(); !tryAcquire(path); await sleep(POLL_MS)) {
    if (Date.now() - since > WAIT_LIMIT_MS) throw setupError(`another set-up is stuck: delete ${path}`)
    removeIfStale(path)
  }
}

function tryAcquire(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

/** Moved aside before it is judged: of two waiters that see a dead owner, only one may clear the way. */
function removeIfStale(path) {
  if (!isStale(path)) return
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
    if (isStale(aside)) rmSync(aside)
    else renameSync(aside, path)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error // the other waiter was faster
  }
}

function isStale(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    return pid > 0 ? !isAlive(pid) : Date.now() - statSync(path).mtimeMs > NAMELESS_LIMIT_MS
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return false
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM' // there, and somebody else's
  }
}
