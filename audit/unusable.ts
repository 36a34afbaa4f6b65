/** The audit cannot be made: a file is missing or is not what it should be. */
export class Unusable extends Error {
  override name = 'Unusable'
}
