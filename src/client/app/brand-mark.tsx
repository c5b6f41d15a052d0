/** A landing stage on the water: the same drawing as the app's icon. */
export function BrandMark() {
  return (
    <svg width="28" height="28" viewBox="0 0 28 28" fill="none" aria-hidden="true" focusable="false">
      <rect width="28" height="28" rx="8" fill="var(--river)" />
      <circle cx="14" cy="9" r="3.4" fill="var(--on-river)" />
      <path
        d="M4.5 16.5c3.2-2.4 6.3-2.4 9.5 0s6.3 2.4 9.5 0M4.5 21.5c3.2-2.4 6.3-2.4 9.5 0s6.3 2.4 9.5 0"
        stroke="var(--on-river)"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  );
}
