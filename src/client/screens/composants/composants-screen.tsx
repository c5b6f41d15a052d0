import { CalendarDays, Check, Hourglass, MapPin, Search, Ticket } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { EventCard as Card } from '#domain/event-card.ts';
import { foundInCards } from '#domain/found.ts';
import { eventFormats, eventStatuses } from '#domain/programme.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { Chip } from '#client/components/chip.tsx';
import { Choice } from '#client/components/forms/choice.tsx';
import { CountLinks } from '#client/components/plots/count-links.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { EventCard } from '#client/components/event/event-card.tsx';
import { EventPattern } from '#client/components/event/event-pattern.tsx';
import { Facts } from '#client/components/facts.tsx';
import { CheckField, Field, SelectField, TextAreaField } from '#client/components/forms/field.tsx';
import { Dialog, Sheet } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { Progress } from '#client/components/progress.tsx';
import { RichText } from '#client/components/rich-text.tsx';
import { SearchField } from '#client/components/forms/search-field.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import styles from './composants.module.css';

const TONES = ['leaf', 'sun', 'brick', 'river', 'coral', 'plum'] as const;
const VARIANTS = ['primary', 'secondary', 'quiet', 'danger'] as const;
const LONG =
  "Un titre d'événement assez long pour passer sur trois lignes d'un téléphone tenu d'une main, en plein soleil";
const ZONE = 'Europe/Paris';

const card = (id: string, more: Partial<Card> = {}): Card => ({
  id,
  slug: 'composants',
  editionId: 'composants',
  region: '52',
  title: { fr: 'Atelier budget participatif', en: 'Participatory budget workshop' },
  format: 'workshop',
  themes: [],
  audiences: [],
  accessibility: [],
  attendanceMode: 'on_site',
  status: 'scheduled',
  city: 'Nantes',
  slots: [{ date: '2026-11-24', start: '10:00', end: '12:30', zone: ZONE }],
  venues: [],
  tour: false,
  ...more,
});

/** `/composants`, in development alone: every piece of the interface in every state it can be in. */
export function ComposantsScreen() {
  const [sheet, setSheet] = useState(false);
  const [dialog, setDialog] = useState(false);
  const [choice, setChoice] = useState<'one' | 'two'>('one');
  const [pressed, setPressed] = useState(true);
  return (
    <div className={styles.page}>
      <PageHeader title="Composants" lead="Chaque pièce dans chacun de ses états ; en développement seulement." />
      <Part name="Buttons">
        {VARIANTS.map((variant) => (
          <div key={variant} className={styles.row}>
            <Button variant={variant}>{variant}</Button>
            <Button variant={variant} icon={Ticket}>
              icon
            </Button>
            <Button variant={variant} icon={Ticket} iconOnly>
              icon only
            </Button>
            <Button variant={variant} busy>
              busy
            </Button>
            <Button variant={variant} disabled>
              disabled
            </Button>
            <Button variant={variant} size="large">
              large
            </Button>
            <LinkButton variant={variant} to="/composants">
              link
            </LinkButton>
          </div>
        ))}
      </Part>
      <Part name="Chips">
        <div className={styles.row}>
          <Chip text="Label" />
          <Chip text="With icon" icon={MapPin} />
          <Chip text="Switch" pressed={pressed} onPress={() => setPressed(!pressed)} />
          <Chip text="Off" pressed={false} onPress={() => undefined} />
          <Chip text="Filter" removeLabel="Remove the filter" onRemove={() => undefined} />
        </div>
      </Part>
      <Part name="Status">
        <div className={styles.row}>
          {TONES.map((tone) => (
            <StatusPill key={tone} tone={tone} icon={tone === 'leaf' ? Check : Hourglass} text={tone} />
          ))}
        </div>
      </Part>
      <Part name="Notices">
        {(['info', 'success', 'attention', 'problem'] as const).map((tone) => (
          <Notice key={tone} tone={tone} title={tone} actions={<Button>Do it</Button>}>
            {LONG}.
          </Notice>
        ))}
      </Part>
      <Part name="Fields">
        <div className={styles.fields}>
          <Field label="Empty" />
          <Field label="With a hint" hint="What is expected here." mark="facultatif" defaultValue="Ana" />
          <Field label="Wrong" error="An address has an @." defaultValue="ana" />
          <Field label="Disabled" disabled defaultValue="Ana" />
          <TextAreaField label="Several lines" defaultValue={LONG} />
          <SelectField
            label="Select"
            value="a"
            options={[
              { value: 'a', label: 'First' },
              { value: 'b', label: LONG },
            ]}
            onChange={() => undefined}
          />
          <CheckField label="Ticked" hint="The whole row is its target." defaultChecked />
          <CheckField label="Disabled" disabled />
          <CheckField label="Wrong" error="This must be ticked." />
          <Choice
            label="One of a few"
            value={choice}
            options={[
              { value: 'one', label: 'One' },
              { value: 'two', label: 'Two' },
            ]}
            onChange={setChoice}
          />
          <SearchField value="atelier" onType={() => undefined} onRest={() => undefined} />
        </div>
      </Part>
      <Part name="Event cards">
        <ul className={styles.cards}>
          {eventStatuses.map((status) => (
            <li key={status}>
              <EventCard card={card(status, { status })} slot={card('').slots[0]} day="2026-11-24" picture />
            </li>
          ))}
          <li>
            <EventCard card={card('few', { places: 'few', title: { fr: LONG, en: LONG } })} noted picture />
          </li>
          <li>
            <EventCard card={card('over', { places: 'few', tour: true, format: 'walk' })} over />
          </li>
          <li>
            <EventCard card={card('online', { attendanceMode: 'online' })} />
          </li>
          <li>
            <EventCard card={card('found')} found={foundInCards(new Set(['found']), 'budget')} distance={2340} />
          </li>
        </ul>
      </Part>
      <Part name="Patterns">
        <ul className={styles.patterns}>
          {eventFormats.map((format) => (
            <li key={format}>
              <div className={styles.pattern}>
                <EventPattern id={`composants-${format}`} format={format} />
              </div>
              {format}
            </li>
          ))}
        </ul>
      </Part>
      <Part name="Facts, table, links">
        <Facts
          items={[
            { icon: CalendarDays, term: 'When', value: 'Mardi 24 novembre' },
            { icon: MapPin, term: 'Where', value: LONG },
          ]}
        />
        <DataTable
          caption="A table, a card a row on a phone"
          columns={[
            { key: 'name', head: 'Name', cell: (row: { name: string; n: number }) => row.name },
            { key: 'n', head: 'Seats', cell: (row) => row.n, numeric: true },
          ]}
          rows={[
            { name: 'Ana', n: 2 },
            { name: LONG, n: 120 },
          ]}
          rowKey={(row) => row.name}
        />
        <CountLinks links={[{ to: '/composants', label: 'Occitanie', said: '12 événements' }]} />
      </Part>
      <Part name="Progress and emptiness">
        <Progress label="Known" done={40} total={120} />
        <Progress label="Unknown" done={0} total={undefined} />
        <EmptyState icon={Search} text="Nothing here." action={<Button variant="primary">Do something</Button>} />
      </Part>
      <Part name="Rich text">
        <RichText
          source={
            '## Heading\n\nA **strong** word, a [link](/composants).\n\n- one\n- two\n\n1. first\n2. second\n\n> quoted'
          }
        />
      </Part>
      <Part name="Sheets and dialogs">
        <div className={styles.row}>
          <Button onClick={() => setSheet(true)}>Sheet</Button>
          <Button onClick={() => setDialog(true)}>Dialog</Button>
        </div>
        <Sheet
          open={sheet}
          onClose={() => setSheet(false)}
          title="A sheet"
          actions={<Button onClick={() => setSheet(false)}>Close</Button>}
        >
          <p>{LONG}</p>
        </Sheet>
        <Dialog
          open={dialog}
          onClose={() => setDialog(false)}
          title="A dialog"
          actions={<Button onClick={() => setDialog(false)}>Close</Button>}
        >
          <p>{LONG}</p>
        </Dialog>
      </Part>
    </div>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part} lang="en">
      <h2>{name}</h2>
      {children}
    </section>
  );
}
