import { useEffect, useId, useMemo, useState } from 'react';
import type { DepartmentCode, RegionCode } from '#domain/programme.ts';
import type { Outlines } from '#interop/outlines.ts';
import styles from './department-plot.module.css';
import { layoutDepartments } from './department-layout.ts';
import { stepOf, stepsOf } from './department-steps.ts';
import { loadOutlines } from './outlines.ts';

interface DepartmentPlotProps {
  /** How much each of them has; those that are not named are drawn as what lies around. */
  readonly counts: ReadonlyMap<DepartmentCode, number>;
  /** One region alone. */
  readonly region?: RegionCode;
  readonly title: string;
  /** What is to be seen there, for those who do not see it. */
  readonly description: string;
  readonly said: (code: DepartmentCode, count: number) => string;
  readonly legend: { readonly empty: string; readonly some: (from: number, to: number) => string };
}

/** Départements on a map without a network's help: hatched where there is nothing, darker where there is more. */
export function DepartmentPlot({ counts, region, title, description, said, legend }: DepartmentPlotProps) {
  const id = useId();
  const [outlines, setOutlines] = useState<Outlines>();
  useEffect(() => {
    let here = true;
    // Without them the table beside it says the same.
    void loadOutlines().then(
      (loaded) => here && setOutlines(loaded),
      () => undefined,
    );
    return () => void (here = false);
  }, []);
  const layout = useMemo(() => outlines && layoutDepartments(outlines, region), [outlines, region]);
  const steps = stepsOf([...counts.values()]);
  const empty = [...counts.values()].some((count) => count === 0);
  if (!layout) return <div className={styles.waiting} />;
  if (layout.shapes.length === 0) return null;
  return (
    <div className={styles.plot}>
      <svg
        className={styles.map}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-desc`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-desc`}>{description}</desc>
        <Hatch id={`${id}-hatch`} />
        {layout.frames.map((frame) => (
          <rect key={frame.x} {...frame} className={styles.frame} rx="6" />
        ))}
        {layout.shapes.map(({ code, path, again }) => {
          const count = counts.get(code);
          return (
            <path
              key={again ? `${code} again` : code}
              d={path}
              className={styles.shape}
              data-step={count === undefined ? 'around' : stepOf(count, steps)}
              {...(count === 0 ? { style: { fill: `url(#${CSS.escape(`${id}-hatch`)})` } } : {})}
            >
              {count === undefined ? null : <title>{said(code, count)}</title>}
            </path>
          );
        })}
      </svg>
      <ul className={styles.legend}>
        {empty ? (
          <li>
            <Swatch step={0} hatch={`${id}-hatch`} />
            {legend.empty}
          </li>
        ) : null}
        {steps.map(([from, to], at) => (
          <li key={from}>
            <Swatch step={at + 1} />
            {legend.some(from, to)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Hatch({ id }: { readonly id: string }) {
  return (
    <defs>
      <pattern id={id} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="7" height="7" className={styles.ground} />
        <rect width="2.5" height="7" className={styles.stripe} />
      </pattern>
    </defs>
  );
}

function Swatch({ step, hatch }: { readonly step: number; readonly hatch?: string }) {
  return (
    <svg className={styles.swatch} viewBox="0 0 22 16" aria-hidden="true">
      <rect
        x="1"
        y="1"
        width="20"
        height="14"
        rx="3"
        className={styles.shape}
        data-step={step}
        {...(hatch === undefined ? {} : { style: { fill: `url(#${CSS.escape(hatch)})` } })}
      />
    </svg>
  );
}
