import { keptPacks } from '#client/store/map-packs.ts';

/** Imported early where a map shows: streets that are kept here are looked up, and what draws them comes, before the page asks. */
const leave = keptPacks.subscribe(() => {
  if ((keptPacks.get()?.length ?? 0) > 0) import('#client/map/street-layer.ts').catch(() => undefined);
  leave();
});
