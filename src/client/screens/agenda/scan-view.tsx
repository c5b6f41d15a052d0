import { CodeScan } from '#client/components/scanning/code-scan.tsx';
import { useCodeScan } from '#client/hooks/use-code-scan.ts';
import { useT } from '#client/i18n/i18n.ts';

/** Looks for the codes of an agenda. */
export function ScanView({ onCode }: { readonly onCode: (text: string) => void }) {
  const t = useT();
  return <CodeScan {...useCodeScan('agenda', onCode)} none={t('agenda.scan.none')} />;
}
