import { afterAll } from '@jest/globals'
import { dropAll } from './place.ts'

afterAll(dropAll)
