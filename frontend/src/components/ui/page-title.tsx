import { brand } from '@/config/brand'

/** The document's title, as the browser's tab and history show it. */
export function PageTitle({ children }: { children: string }) {
  return <title>{`${children} · ${brand.name}`}</title>
}
