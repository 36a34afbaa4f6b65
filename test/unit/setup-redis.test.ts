import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Clone } from '../setup-rig.ts'

const itAsRoot = process.getuid?.() === 0 ? it : it.skip

describe('the set-up of a machine without Redis', () => {
  let clone: Clone

  beforeEach(() => {
    clone = new Clone()
    clone.removeProgram('redis-server')
  })

  afterEach(() => clone.remove())

  it('tells the command that brings Redis where it may not run it itself', async () => {
    const { code, output } = await clone.setup('--for', 'test')

    expect(code).toBe(1)
    expect(output).toContain('Orderline needs a Redis server')
  })

  it('needs no Redis on the machine for a single service', async () => {
    expect((await clone.setup('--for', 'service')).code).toBe(0)
  })

  it('finds the Redis of a Debian without its service', async () => {
    clone.putProgram('redis-check-rdb', 'echo "Redis server v=7.0.15"')
    clone.write('shared/hello.ts', 'console.log(process.env.REDIS_SERVER)')

    const { output } = await clone.setup('--run', 'dist/shared/hello.js')

    expect(output.trim().endsWith(join('node_modules', '.bin', 'redis-server'))).toBe(true)
  })

  itAsRoot('installs one with the package manager, saying so first', async () => {
    const server = join(clone.bin, 'redis-check-rdb')
    const bring = `printf '#!/bin/sh\\necho Redis server v=7\\n' > ${server}; /bin/chmod 755 ${server}`
    clone.putProgram('apt-get', `[ "$1" = update ] || { ${bring}; }; echo "$@" >> ${clone.bin}/apt-calls`)

    const { code, output } = await clone.setup('--for', 'start')

    expect(output).toContain('no redis-server here, installing it: sh -c apt-get update')
    expect(code).toBe(0)
  })
})
