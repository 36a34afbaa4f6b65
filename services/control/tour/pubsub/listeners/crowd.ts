import type { Note } from '../note.ts'
import type { Side } from '../talk-shape.ts'
import { Reader } from './reader.ts'

const AT_ONCE = 100 // streams being opened

type Member = { reader: Reader; heard: Set<number> }

/** Listeners of one kind, and what they have heard in the talk that goes on. */
export class Crowd {
  readonly #members: Member[] = []
  readonly #url: string
  #talk = ''
  #said = 0
  #tookMs: number[] = []
  #again = 0

  constructor(url: string) {
    this.#url = url
  }

  /** Opens so many streams, or as many as are let in. */
  async gather(count: number): Promise<void> {
    while (this.size < count) {
      const slice = Array.from({ length: Math.min(AT_ONCE, count - this.size) }, () => this.#newMember())
      const opened = await Promise.allSettled(slice.map(({ reader }) => reader.open()))
      this.#members.push(...slice.filter((_, i) => opened[i]?.status === 'fulfilled'))
      if (opened.some(({ status }) => status === 'rejected')) return
    }
  }

  get size(): number {
    return this.#members.length
  }

  /** From now on this talk is counted, and no other. */
  begin(talk: string): void {
    this.#talk = talk
    this.#said = 0
    for (const member of this.#members) member.heard = new Set()
    this.#tookMs = []
    this.#again = 0
  }

  said(n: number): void {
    this.#said = n
  }

  /** The first of them closes its window, or opens it again. */
  first(what: 'leaves' | 'returns'): void {
    if (what === 'leaves') this.#members[0]?.reader.leave()
    else void this.#members[0]?.reader.comeBack()
  }

  side(): Side {
    const told = this.#members.reduce((sum, { heard }) => sum + heard.size, 0)
    const sorted = Float64Array.from(this.#tookMs).sort()
    const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
    const heardBy = (n: number) => this.#members.filter(({ heard }) => heard.has(n)).length
    return {
      open: this.#members.filter(({ reader }) => reader.isOpen).length,
      ...{ told, missed: this.#said * this.size - told, again: this.#again },
      perNote: Array.from({ length: this.#said }, (_, i) => heardBy(i + 1)),
      ...{ p50Ms: quantile(0.5), p99Ms: quantile(0.99) },
      window: this.#members[0]?.heard.size ?? 0,
    }
  }

  #newMember(): Member {
    const member: Member = {
      heard: new Set(),
      reader: new Reader(this.#url, (note) => this.#hear(member.heard, note)),
    }
    return member
  }

  #hear(heard: Set<number>, { talk, n, at }: Note): void {
    if (talk !== this.#talk) return
    if (heard.has(n)) this.#again++
    else this.#tookMs.push(Date.now() - at)
    heard.add(n)
    this.#said = Math.max(this.#said, n)
  }
}
