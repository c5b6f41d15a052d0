import { useAccount } from './use-account.ts';

/** Whether whoever is signed in may look at everything and change nothing: what changes something is then not offered. */
export function useReadOnly(): boolean {
  return useAccount()?.role === 'auditor';
}
