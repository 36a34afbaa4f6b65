/** A fault was done, and the shop let happen what it must not. */
export class PromiseBroken extends Error {
  override name = 'PromiseBroken'
}
