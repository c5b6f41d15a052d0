import lighthouse from 'lighthouse';

export const gated = ['accessibility', 'best-practices', 'seo'] as const;
export type Category = (typeof gated)[number] | 'performance';

/** What Lighthouse says of one page. */
export interface Assessment {
  /** 0 to 100, of each category that was asked for. */
  readonly scores: Readonly<Partial<Record<Category, number>>>;
  /** What cost points, by the names that Lighthouse's own pages explain. */
  readonly faults: readonly string[];
}

interface Visit {
  /** Of a Chromium that runs already: its port for debugging. */
  readonly port: number;
  readonly categories: readonly Category[];
  /** As somebody who comes back, with what the device has; else as at a first visit. */
  readonly returning?: boolean;
}

/** Milliseconds. */
const BRIEF = { cpuQuietThresholdMs: 0, networkQuietThresholdMs: 500, pauseAfterFcpMs: 0, pauseAfterLoadMs: 500 };

/** Opens an address in a tab of its own as Lighthouse's phone and assesses it. */
export async function assess(url: string, { port, categories, returning = false }: Visit): Promise<Assessment> {
  const timed = categories.includes('performance');
  const run = await lighthouse(url, {
    port,
    logLevel: 'error',
    onlyCategories: [...categories],
    formFactor: 'mobile',
    // A slow network and a long look afterwards say nothing of names and contrasts.
    ...(timed ? {} : { throttlingMode: 'provided' as const, disableFullPageScreenshot: true, ...BRIEF }),
    disableStorageReset: returning,
  });
  if (!run) throw new Error(`Lighthouse said nothing of ${url}`);
  const { lhr } = run;
  if (lhr.runtimeError) throw new Error(`Lighthouse on ${url}: ${lhr.runtimeError.message}`);
  const found = Object.values(lhr.categories);
  const costly = found.flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id));
  const faults = costly.flatMap((id) => {
    const audit = lhr.audits[id];
    if (!audit || audit.scoreDisplayMode === 'notApplicable' || audit.score === 1) return [];
    return [`${id}: ${audit.errorMessage ?? audit.title}`];
  });
  const scores = found.map(({ id, score }) => [id, Math.round((score ?? 0) * 100)] as const);
  return { scores: Object.fromEntries(scores), faults };
}
