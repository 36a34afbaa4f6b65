import type { Service } from './compose-file.ts'
import type { ImageConfig } from './images.ts'

export type Mount = { source: string; destination: string; isReadOnly?: boolean }
export type Who = { uid: number; gid: number }
type Given = {
  service: Service
  image: ImageConfig
  who: Who
  root: string
  mounts: Mount[]
  hostname: string
  netns: string
}

/** What an engine tells its runtime (OCI's config.json) for a service: its command, environment, user, rights and mounts. */
export function bundleOf({ service, image, who, root, mounts, hostname, netns }: Given) {
  return {
    ociVersion: '1.0.2',
    process: {
      user: who,
      args: argsOf(service, image),
      env: envOf(service, image, hostname),
      cwd: image.WorkingDir || '/',
      capabilities: { bounding: [], effective: [], permitted: [] }, // as cap_drop says of every service
      noNewPrivileges: true, // likewise security_opt
    },
    root: { path: root, readonly: service.read_only },
    hostname,
    mounts: [...ofTheKernel, ...memory(service), ...service.tmpfs.map(tmpfsOf), ...mounts.map(bindOf)],
    linux: {
      namespaces: [{ type: 'network', path: netns }, ...['pid', 'ipc', 'uts', 'mount'].map((type) => ({ type }))],
      maskedPaths: ['/proc/kcore', '/proc/keys', '/proc/timer_list'],
      readonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
    },
  }
}

/** Where the init that `init: true` asks for is within a container. */
export const INIT = '/sbin/docker-init'

function argsOf({ init, command }: Service, { Entrypoint, Cmd }: ImageConfig): string[] {
  return [...(init ? [INIT, '--'] : []), ...(Entrypoint ?? []), ...(command ?? Cmd ?? [])]
}

/** What the service says goes before what the image says. */
function envOf({ environment }: Service, { Env = [] }: ImageConfig, hostname: string): string[] {
  const own = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
  const others = Env.filter((line) => !(line.slice(0, line.indexOf('=')) in environment))
  return [...others, `HOSTNAME=${hostname}`, ...own]
}

const ofTheKernel = [
  { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
  { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=65536k'] },
  { destination: '/dev/pts', type: 'devpts', source: 'devpts', options: ['nosuid', 'noexec', 'newinstance'] },
  { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'ro'] },
]

const memory = ({ shm_size = '64mb' }: Service) => [
  {
    destination: '/dev/shm',
    type: 'tmpfs',
    source: 'shm',
    options: ['nosuid', 'nodev', 'mode=1777', `size=${shm_size.replace(/b$/, '')}`],
  },
]

/** `/tmp`, or `/data:uid=1000,mode=0700`. */
function tmpfsOf(text: string) {
  const [destination = '', options = ''] = text.split(':')
  const own = options.split(',').filter(Boolean)
  return { destination, type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'noexec', 'nodev', 'mode=1777', ...own] }
}

const bindOf = ({ source, destination, isReadOnly = false }: Mount) => ({
  destination,
  type: 'bind',
  source,
  options: ['bind', ...(isReadOnly ? ['ro'] : [])],
})
