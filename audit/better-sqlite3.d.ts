/** The part of better-sqlite3 that is used here; it brings no types of its own. */
declare module 'better-sqlite3' {
  type Statement = {
    all(...parameters: unknown[]): unknown[]
    get(...parameters: unknown[]): unknown
    run(...parameters: unknown[]): unknown
    iterate(...parameters: unknown[]): IterableIterator<unknown>
  }

  export default class Sqlite {
    constructor(path: string, options?: { readonly?: boolean; fileMustExist?: boolean; timeout?: number })
    prepare(sql: string): Statement
    exec(sql: string): this
    close(): this
  }
}
