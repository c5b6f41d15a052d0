import * as v from 'valibot';
import type { Audience, Body, DepartmentCode, EventFormat, RegionCode } from '#domain/programme.ts';
import { audiences, eventFormats } from '#domain/programme.ts';
import { departmentOf, regionOf } from '#domain/regions.ts';

/** What OpenAgenda's standard fields have no room for: an additional field `escale`, as every agenda may have some. */
export interface OwnFields {
  readonly format?: EventFormat;
  /** Labels. */
  readonly themes?: readonly string[];
  readonly audiences?: readonly Audience[];
  readonly organisers?: readonly Body[];
  readonly region?: RegionCode;
  readonly department?: DepartmentCode;
}

const own = v.object({
  format: v.exactOptional(v.picklist(eventFormats)),
  themes: v.exactOptional(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(200)))),
  audiences: v.exactOptional(v.array(v.picklist(audiences))),
  organisers: v.exactOptional(
    v.array(v.object({ name: v.pipe(v.string(), v.minLength(1), v.maxLength(300)), url: v.exactOptional(v.string()) })),
  ),
  region: v.exactOptional(
    v.pipe(
      v.string(),
      v.check((code) => regionOf(code) !== undefined),
    ),
  ),
  department: v.exactOptional(
    v.pipe(
      v.string(),
      v.check((code) => departmentOf(code) !== undefined),
    ),
  ),
});

/** Empty when there is no such field or it is not ours. */
export function ownFields(value: unknown): OwnFields {
  const parsed = v.safeParse(own, value);
  return parsed.success ? parsed.output : {};
}
