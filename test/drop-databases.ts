import { afterAll } from '@jest/globals'
import { dropAll } from './settled.ts'

afterAll(dropAll)
