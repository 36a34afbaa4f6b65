import { describe, expect, it } from '@jest/globals'
import { doors, ownerOf } from '../../shared/doors.ts'

describe('a door', () => {
  it('is one path and all that is below it', () => {
    expect(ownerOf('/control')).toBe('control')
    expect(ownerOf('/control/assets/js/room.js')).toBe('control')
    expect(ownerOf('/controls')).toBeNull()
    expect(ownerOf('/')).toBe('order')
    expect(ownerOf('/assets/style.css')).toBeNull()
    expect(ownerOf('/api/admin')).toBeNull()
  })

  it('is never below another one', () => {
    const paths = Object.keys(doors)
    const within = paths.filter((path) => paths.some((other) => other !== '/' && path.startsWith(`${other}/`)))
    expect(within).toEqual([])
  })
})
