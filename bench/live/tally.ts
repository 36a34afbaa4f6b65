/** What one reader has been told, counted by itself: numbers that it was never told, and those that it was told again. */
export class Tally {
  #last = 0
  missed = 0
  doubled = 0

  /** True where it is new. */
  hear(n: number): boolean {
    if (n <= this.#last) {
      this.doubled++
      return false
    }
    this.missed += n - this.#last - 1
    this.#last = n
    return true
  }

  /** The last one said was `n`. */
  end(n: number): void {
    this.missed += Math.max(n - this.#last, 0)
    this.#last = n
  }
}
