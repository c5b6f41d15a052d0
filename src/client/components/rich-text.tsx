import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { Block, Inline } from '#interop/markdown.ts';
import { isOwnPage, readMarkdown } from '#interop/markdown.ts';
import { proseApostrophes } from '#client/i18n/typesetting.ts';
import styles from './rich-text.module.css';

interface RichTextProps {
  /** Markdown, from whoever wrote the event: it becomes elements, never HTML. */
  readonly source: string;
  readonly lang?: string | undefined;
  /** The level of its headings: one below what it stands under. */
  readonly level?: 2 | 3;
}

export function RichText({ source, lang, level = 3 }: RichTextProps) {
  const blocks = useMemo(() => readMarkdown(source), [source]);
  return (
    <div className={styles.text} lang={lang}>
      {blocks.map((block, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- the blocks of a text have no identity but their place
        <BlockOf key={at} block={block} level={level} />
      ))}
    </div>
  );
}

function BlockOf({ block, level }: { readonly block: Block; readonly level: 2 | 3 }) {
  const Heading = `h${level}` as const;
  switch (block.kind) {
    case 'heading':
      return <Heading>{inlines(block.content)}</Heading>;
    case 'quote':
      return <blockquote>{inlines(block.content)}</blockquote>;
    case 'code':
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case 'list': {
      const items = block.items.map((item, at) => <li key={`${at} ${item.length}`}>{inlines(item)}</li>);
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'paragraph':
    default:
      return <p>{inlines(block.content)}</p>;
  }
}

function inlines(content: readonly Inline[]): ReactNode[] {
  return content.map((inline, at) => {
    const key = `${at} ${inline.kind}`;
    switch (inline.kind) {
      case 'text':
        return proseApostrophes(inline.text);
      case 'code':
        return <code key={key}>{inline.text}</code>;
      case 'strong':
        return <strong key={key}>{inlines(inline.content)}</strong>;
      case 'emphasis':
        return <em key={key}>{inlines(inline.content)}</em>;
      case 'link':
        return isOwnPage(inline.url) ? (
          <Link key={key} to={inline.url}>
            {inlines(inline.content)}
          </Link>
        ) : (
          <a key={key} href={inline.url} rel="noreferrer nofollow ugc">
            {inlines(inline.content)}
          </a>
        );
      case 'break':
      default:
        return <br key={key} />;
    }
  });
}
