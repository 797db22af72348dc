// compress.mjs FOLDER: writes FILE.br and FILE.gz beside each file that gets smaller by it, so that
// the proxy sends them as they are.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const worth = /\.(?:css|html|js|json|mjs|svg|txt|wasm|webmanifest|xml)$/u
const encodings = {
  br: (content) =>
    brotliCompressSync(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  gz: (content) => gzipSync(content, { level: constants.Z_BEST_COMPRESSION }),
}

const [folder] = process.argv.slice(2)
for (const name of readdirSync(folder, { recursive: true })) {
  if (!worth.test(name)) continue
  const file = join(folder, name)
  const content = readFileSync(file)
  for (const [ending, compress] of Object.entries(encodings)) {
    const smaller = compress(content)
    if (smaller.length < content.length) writeFileSync(`${file}.${ending}`, smaller)
  }
}
