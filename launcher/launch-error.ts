/** Why a start cannot go on, in words for the person who typed it: shown without a stack. */
export class LaunchError extends Error {
  override name = 'LaunchError'
}
