import type { Engine } from './migrations.ts';

/**
 * What events are counted by, beside the JSON that says it too: ten thousand of them are added up out of one index. The indexes
 * that were there carry more, so that a registration writes no more of them.
 */
export function figures(text: string, engine: Engine): string[] {
  const said = engine === 'postgres' ? postgres : sqlite;
  return [
    `alter table event add column format ${text} not null default ''`,
    `alter table event add column audiences ${text} not null default ''`,
    `alter table event add column status ${text} not null default ''`,
    `alter table event add column first_day ${text}`,
    `alter table event add column last_day ${text}`,
    `update event set ${said}`,
    `drop index event_edition`,
    `create index event_counted on event
      (edition_id, region, withdrawn_at, id, department, format, audiences, status, first_day, last_day)`,
    `drop index registration_asked`,
    `create index registration_asked on registration (event_id, requested_at, id, state, party)`,
  ];
}

// A slot that passes midnight without naming its last day ends on its first one here until the event is next published.
const sqlite = `
  format = json_extract(data, '$.format'), status = json_extract(data, '$.status'),
  audiences = coalesce((select group_concat(value, ' ') from json_each(data, '$.audiences')), ''),
  first_day = (select min(json_extract(value, '$.slot.date')) from json_each(data, '$.sessions')),
  last_day = (select max(coalesce(json_extract(value, '$.slot.endDate'), json_extract(value, '$.slot.date')))
    from json_each(data, '$.sessions'))`;

const postgres = `
  format = data::json ->> 'format', status = data::json ->> 'status',
  audiences = coalesce((select string_agg(value, ' ') from json_array_elements_text(data::json -> 'audiences')), ''),
  first_day = (select min(value -> 'slot' ->> 'date') from json_array_elements(data::json -> 'sessions')),
  last_day = (select max(coalesce(value -> 'slot' ->> 'endDate', value -> 'slot' ->> 'date'))
    from json_array_elements(data::json -> 'sessions'))`;
