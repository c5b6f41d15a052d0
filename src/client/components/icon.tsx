import type { LucideIcon } from 'lucide-react';

interface IconProps {
  readonly of: LucideIcon;
  /** A CSS length; the text's own scale when absent. */
  readonly size?: string;
  /** What it says where no text stands beside it. */
  readonly label?: string;
  readonly className?: string | undefined;
}

/** One set of icons, one stroke; silent unless it stands alone. */
export function Icon({ of: Shape, size = 'var(--icon)', label, className }: IconProps) {
  return (
    <Shape
      className={className}
      style={{ width: size, height: size, flex: 'none' }}
      strokeWidth={1.75}
      focusable="false"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    />
  );
}
