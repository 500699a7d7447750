/**
 * The data folder belongs to a living process, so that this one must not open it.
 * The message is one sentence for a person: it names the folder, the process and what that process does.
 */
export class DataFolderHeld extends Error {
  readonly folder: string
  readonly pid: number

  constructor(folder: string, pid: number, does: string) {
    super(`The data folder ${folder} is held by process ${String(pid)} (${does}).`)
    this.name = 'DataFolderHeld'
    this.folder = folder
    this.pid = pid
  }
}

/** The embedded database cannot run here. The message is one sentence that says why and what to do. */
export class EmbeddedUnavailable extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'EmbeddedUnavailable'
  }
}

/** The code of a system error (`ENOENT`, `EACCES`), or of PostgreSQL (`57P03`); undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
