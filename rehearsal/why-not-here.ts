import { spawnSync } from 'node:child_process'

const TOOLS = ['buildah', 'runc', 'debootstrap', 'tini-static', 'ip', 'unshare', 'mount', 'flock']
const PACKAGES = 'buildah runc debootstrap tini iproute2 util-linux'

/** Why nothing can be rehearsed on this machine, in words; null when it can. */
export function whyNotHere(): string | null {
  if (process.platform !== 'linux') return 'rehearsal: skipped, because it needs Linux'
  if (process.getuid?.() !== 0) return 'rehearsal: skipped, because only root may make namespaces'
  const missing = TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0)
  if (missing.length > 0)
    return `rehearsal: skipped, because ${missing.join(', ')} is missing: apt-get install ${PACKAGES}`
  const isAllowed = spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', '--mount-proc', 'true']).status === 0
  return isAllowed ? null : 'rehearsal: skipped, because this machine allows no namespaces'
}
