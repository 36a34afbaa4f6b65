import { describe } from '@jest/globals'
import { postgresPrograms } from '../../chaos/hosts/room.ts'
import { describeDeaths } from './deaths.ts'

const here = postgresPrograms() === '' ? describe.skip : describe

here('a service on PostgreSQL and a Redis Cluster that dies', () => describeDeaths(['postgres', 'redis-cluster']))
