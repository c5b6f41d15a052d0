import type { ReactNode } from 'react';
import { memo } from 'react';
import type { EventFormat } from '#domain/programme.ts';
import { classNames } from '../class-names.ts';
import styles from './event-pattern.module.css';

/** A hue a format, in degrees; walks are plum, talks the river's. */
const HUES: Record<EventFormat, number> = {
  conference: 215,
  talk: 225,
  webinar: 250,
  training: 160,
  workshop: 75,
  simplification: 95,
  debate: 30,
  round_table: 45,
  visit: 140,
  walk: 300,
  podcast: 275,
  exhibition: 350,
  open_day: 120,
  meeting: 195,
};

type Motif = 'ripples' | 'circles' | 'tiles' | 'arches' | 'path' | 'bars' | 'frames';

/** What is drawn says what it is: voices spread, people round a table, pieces put together, doors, a way, a sound. */
const MOTIFS: Record<EventFormat, Motif> = {
  conference: 'ripples',
  talk: 'ripples',
  webinar: 'bars',
  training: 'tiles',
  workshop: 'tiles',
  simplification: 'tiles',
  debate: 'circles',
  round_table: 'circles',
  visit: 'arches',
  walk: 'path',
  podcast: 'bars',
  exhibition: 'frames',
  open_day: 'arches',
  meeting: 'circles',
};

const WIDTH = 320;
const HEIGHT = 160;

interface EventPatternProps {
  readonly id: string;
  readonly format: EventFormat;
  readonly className?: string | undefined;
}

/** A picture drawn from an event's id in its format's hue: the same on every device, and never a grey box. */
export const EventPattern = memo(function EventPattern({ id, format, className }: EventPatternProps) {
  const random = generator(id);
  return (
    <svg
      className={classNames(styles.pattern, className)}
      style={{ '--hue': HUES[format] + (random() - 0.5) * 16 }}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      <rect className={styles.ground} width={WIDTH} height={HEIGHT} />
      {DRAWINGS[MOTIFS[format]](random)}
    </svg>
  );
});

type Random = () => number;
type Drawing = (random: Random) => ReactNode;

const DRAWINGS: Record<Motif, Drawing> = {
  ripples(random) {
    const x = between(random, 60, 260);
    const y = between(random, 90, 190);
    const step = between(random, 24, 34);
    return (
      <>
        {[8, 7, 6, 5, 4, 3, 2].map((ring) => (
          <circle key={ring} className={ring % 2 ? styles.mid : styles.soft} cx={x} cy={y} r={ring * step} />
        ))}
        <circle className={styles.strong} cx={x} cy={y} r={step * 0.7} />
      </>
    );
  },
  circles(random) {
    const count = 5 + Math.floor(random() * 3);
    const radius = between(random, 46, 58);
    const turn = random() * Math.PI;
    const x = between(random, 120, 200);
    return Array.from({ length: count }, (_, at) => {
      const angle = turn + (at / count) * Math.PI * 2;
      return (
        <circle
          key={at}
          className={at === 0 ? styles.strong : at % 2 ? styles.mid : styles.soft}
          cx={x + Math.cos(angle) * radius * 1.45}
          cy={80 + Math.sin(angle) * radius}
          r={radius * 0.62}
        />
      );
    });
  },
  tiles(random) {
    const shapes: ReactNode[] = [];
    for (let column = 0; column < 8; column++) {
      for (let row = 0; row < 4; row++) {
        const kind = Math.floor(random() * 6);
        if (kind > 3) continue;
        const x = column * 40;
        const y = row * 40;
        const tone = [styles.soft, styles.mid, styles.mid, styles.strong][Math.floor(random() * 4)];
        const paths = [
          `M${x} ${y}h40v40h-40z`,
          `M${x} ${y}h40a40 40 0 0 1-40 40z`,
          `M${x + 40} ${y + 40}h-40a40 40 0 0 1 40-40z`,
          `M${x} ${y + 20}a20 20 0 0 1 40 0a20 20 0 0 1-40 0z`,
        ];
        shapes.push(<path key={`${x}-${y}`} className={tone} d={paths[kind]} />);
      }
    }
    return shapes;
  },
  arches(random) {
    const shapes: ReactNode[] = [];
    for (let x = -10 - random() * 20, at = 0; x < WIDTH; at++) {
      const width = between(random, 36, 64);
      const top = between(random, 24, 88);
      const tone = [styles.soft, styles.mid, styles.strong][Math.floor(random() * 3)];
      shapes.push(
        <path
          key={at}
          className={tone}
          d={`M${x} 160V${top + width / 2}a${width / 2} ${width / 2} 0 0 1 ${width} 0V160z`}
        />,
      );
      x += width + between(random, 6, 16);
    }
    return shapes;
  },
  path(random) {
    const hills = [0, 1, 2].map((at) => {
      const base = 52 + at * 34;
      const a = between(random, -26, 26);
      const b = between(random, -26, 26);
      return (
        <path
          key={at}
          className={at % 2 ? styles.mid : styles.soft}
          d={`M0 ${base}C80 ${base + a} 110 ${base - a} 170 ${base}S260 ${base + b} 320 ${base - b / 2}V160H0z`}
        />
      );
    });
    const stops = [0, 1, 2, 3].map((at) => ({ x: 30 + at * 86 + random() * 20, y: between(random, 48, 126) }));
    const line = stops.map((stop, at) => `${at ? 'L' : 'M'}${stop.x} ${stop.y}`).join('');
    return (
      <>
        {hills}
        <path className={styles.way} d={line} />
        {stops.map((stop) => (
          <circle key={stop.x} className={styles.strong} cx={stop.x} cy={stop.y} r={9} />
        ))}
      </>
    );
  },
  bars(random) {
    const phase = random() * 6;
    const wave = between(random, 0.45, 0.8);
    return Array.from({ length: 20 }, (_, at) => {
      const height = 22 + Math.abs(Math.sin(phase + at * wave)) * 84 + random() * 18;
      return (
        <rect
          key={at}
          className={at % 5 === 2 ? styles.strong : at % 2 ? styles.mid : styles.soft}
          x={at * 16 + 3}
          y={80 - height / 2}
          width={10}
          height={height}
          rx={5}
        />
      );
    });
  },
  frames(random) {
    return Array.from({ length: 6 }, (_, at) => {
      const width = between(random, 34, 74);
      const height = between(random, 40, 96);
      const x = at * 54 + random() * 10;
      const y = (HEIGHT - height) * random();
      return (
        <g key={at}>
          <rect className={at % 2 ? styles.mid : styles.soft} x={x} y={y} width={width} height={height} />
          <rect className={styles.strong} x={x + 9} y={y + 9} width={width - 18} height={height - 18} />
        </g>
      );
    });
  },
};

function between(random: Random, from: number, to: number): number {
  return from + random() * (to - from);
}

/** Mulberry32 seeded with FNV-1a of the id: small, and the same everywhere. */
function generator(id: string): Random {
  let state = 2_166_136_261;
  for (let at = 0; at < id.length; at++) state = Math.imul(state ^ id.charCodeAt(at), 16_777_619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
