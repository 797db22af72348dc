/** The port named by an environment variable, or the default when it is not set. */
export function portFromEnvironment(name: string, fallback: number): number {
  const value = process.env[name]
  if (value === undefined || value === '') return fallback
  const port = Number(value)
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(
      `${name} is "${value}", which is not a port. Set it to a number from 1 to 65535.`,
    )
  }
  return port
}
