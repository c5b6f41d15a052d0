/** Devices whose maps app has a way of its own to be called. */
type System = 'android' | 'apple' | 'other';

function system(): System {
  const { userAgentData, userAgent } = navigator as Navigator & { userAgentData?: { platform?: string } };
  const named = `${userAgentData?.platform ?? ''} ${userAgent}`;
  if (/android/i.test(named)) return 'android';
  return /iphone|ipad|ipod|mac os x|macos/i.test(named) ? 'apple' : 'other';
}

/**
 * Where a link to a place leads so that the device's own maps app shows the way there: `geo:` (RFC 5870) on Android, where the
 * person's app answers it, Apple's address on its systems, and on others OpenStreetMap's page, which wants a network.
 */
export function directionsTo(lat: number, lon: number, name: string): string {
  const point = `${lat.toFixed(6)},${lon.toFixed(6)}`;
  switch (system()) {
    case 'android':
      return `geo:${point}?q=${point}(${encodeURIComponent(name)})`;
    case 'apple':
      return `https://maps.apple.com/?daddr=${point}&q=${encodeURIComponent(name)}`;
    case 'other':
      return `https://www.openstreetmap.org/directions?to=${encodeURIComponent(point)}`;
  }
}
