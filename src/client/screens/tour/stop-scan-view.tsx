import { CodeScan } from '#client/components/scanning/code-scan.tsx';
import { useCodeScan } from '#client/hooks/use-code-scan.ts';
import { useT } from '#client/i18n/i18n.ts';

/** Looks for the code of a stop. */
export function StopScanView({ onCode }: { readonly onCode: (text: string) => void }) {
  const t = useT();
  return <CodeScan {...useCodeScan('stop', onCode)} none={t('walk.scan.none')} />;
}
