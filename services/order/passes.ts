import { setImmediate as nextTurn } from 'node:timers/promises'

/** Orders that change in one transaction; those who place and pay stand behind it. */
export const PASS_MAX = 500

/** Passes over many orders, while anything is found that is left of them. */
export async function passOver<Left>(
  findLeft: () => PromiseLike<Left[]>,
  pass: (left: Left[]) => Promise<void>,
): Promise<void> {
  for (let left = await findLeft(); left.length > 0; left = await findLeft()) {
    await pass(left)
    await nextTurn() // a commit is no pause: requests are read in between
  }
}
