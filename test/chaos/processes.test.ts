import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, describe, expect, it } from '@jest/globals'
import { childrenByPs, childrenInProc, childrenOf, HAS_PROC } from '../../chaos/processes.ts'

const PROGRAM = 'setInterval(() => {}, 1000) // of mine'
let children: ChildProcess[] = []
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
})

const mine = (found: { pid: number; isGone: boolean; command: string }[]) =>
  found.filter(({ pid }) => children.some((child) => child.pid === pid))

describe('the processes that one has started', () => {
  it('are told with their command; those that end are not', async () => {
    children = [1, 2].map(() => spawn(process.execPath, ['-e', PROGRAM]))

    const told = mine(await childrenOf(process.pid))

    expect(told.map(({ pid }) => pid).sort()).toEqual(children.map(({ pid }) => pid).sort())
    for (const one of told) expect(one).toMatchObject({ isGone: false, command: `${process.execPath} -e ${PROGRAM}` })
    expect(await childrenOf(2 ** 22 + 1)).toEqual([])
  })

  const itHasProc = HAS_PROC ? it : it.skip
  itHasProc('are the same by files as by a program', async () => {
    children = [1, 2].map(() => spawn(process.execPath, ['-e', PROGRAM]))

    expect(mine(childrenInProc(process.pid))).toEqual(mine(await childrenByPs(process.pid)))
  })

  itHasProc('are gone when they are dead, though nobody has heard of it yet', () => {
    const child = spawn(process.execPath, ['-e', PROGRAM])
    children = [child]

    child.kill('SIGKILL') // and nothing else is done here until it is seen: its end is not heard of
    const until = performance.now() + 5_000
    while (mine(childrenInProc(process.pid))[0]?.isGone !== true && performance.now() < until);

    expect(mine(childrenInProc(process.pid))).toMatchObject([{ pid: child.pid, isGone: true }])
  })
})
