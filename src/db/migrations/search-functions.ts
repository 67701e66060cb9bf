// Three readings of every text beside each other: English and German stems, and the words as they are (names, other
// languages). A query is read the same three ways, so whichever stem a text and a question share is found.
const readings = ['english', 'german', 'simple'] as const;

function inEachReading(read: (config: string) => string): string {
  return readings.map((config) => read(`'${config}'::regconfig`)).join(' || ');
}

const vectors = `
create function steward_vector(content text) returns tsvector language sql immutable parallel safe as $$
  select ${inEachReading((config) => `to_tsvector(${config}, content)`)}
$$`;

const webQuery = `
create function steward_web_query(query text) returns tsquery language sql immutable parallel safe as $$
  select ${inEachReading((config) => `websearch_to_tsquery(${config}, query)`)}
$$`;

// A word that is a stop word in English or German says nothing about a text, but as it is (simple) it would match nearly all.
const stopWord = `
create function steward_is_stop_word(word text) returns boolean language sql immutable parallel safe as $$
  select numnode(plainto_tsquery('english'::regconfig, word)) = 0 or numnode(plainto_tsquery('german'::regconfig, word)) = 0
$$`;

// One row per word, or phrase in quotes, of a query as people type it. A query of stop words alone keeps them.
const terms = `
create function steward_terms(query text) returns table (term tsquery, excluded boolean)
language sql immutable as $$
  with parts as (
    select found[1] = '-' as excluded, found[2] as phrase, found[3] as word
    from regexp_matches(query, '(-?)(?:"([^"]*)"|([^\\s"]+))', 'g') as found
  ), read as (
    select excluded, phrase is null and steward_is_stop_word(word) as stops,
      case when phrase is null then ${inEachReading((config) => `plainto_tsquery(${config}, word)`)}
        else ${inEachReading((config) => `phraseto_tsquery(${config}, phrase)`)} end as term
    from parts
  ), meant as (
    select distinct term, excluded, stops from read where numnode(term) > 0
  )
  select term, excluded from meant
  where not stops or not exists (select from meant other where not other.stops and not other.excluded)
$$`;

// The canonical text of a source: what is searched, shown, and checked against quotes. Empty fields leave no gap.
const sourceText = `
create function steward_source_text(kind text, fields jsonb) returns text language sql immutable parallel safe as $$
  select case when kind = 'file' then coalesce(fields ->> 'text', '') else (
    select coalesce(string_agg(fields ->> name, E'\\n\\n' order by place), '')
    from unnest(case kind
      when 'note' then array['title', 'content']
      when 'task' then array['title', 'description', 'details', 'task_steps']
      when 'project' then array['name', 'description', 'context', 'executive_summary']
      when 'brain_dump' then array['title', 'content', 'ai_summary']
    end) with ordinality as field (name, place)
    where fields ->> name <> '') end
$$`;

const sourceTitle = `
create function steward_source_title(kind text, fields jsonb) returns text language sql immutable parallel safe as $$
  select coalesce(fields ->> (case when kind in ('project', 'file') then 'name' else 'title' end), '')
$$`;

// A tsvector holds 1 MB, so a long text is indexed in parts of 20,000 characters, which fit in any script. They overlap, so
// that a word or phrase on a border is whole in one of them. Cut in two levels: substr walks from the start of its text.
const indexSource = `
create function steward_index_source(source_kind text, fields jsonb) returns void language plpgsql as $$
declare
  content text := steward_source_text(source_kind, fields);
  title tsvector := setweight(steward_vector(left(steward_source_title(source_kind, fields), 2000)), 'A');
  owner uuid := (fields ->> 'user_id')::uuid;
  project uuid := case when source_kind = 'project' then fields ->> 'id' else fields ->> 'project_id' end;
  block text;
begin
  for outer_part in 0 .. greatest(length(content) - 1, 0) / 400000 loop
    block := substr(content, outer_part * 400000 + 1, 400200);
    for inner_part in 0 .. least(greatest(length(block) - 1, 0) / 20000, 19) loop
      insert into search_parts (user_id, kind, source_id, part, project_id, document)
      values (owner, source_kind, (fields ->> 'id')::uuid, outer_part * 20 + inner_part, project,
        title || steward_vector(substr(block, inner_part * 20000 + 1, 20200)));
    end loop;
  end loop;
end
$$`;

const trigger = `
create function steward_search_refresh() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    delete from search_parts where kind = tg_argv[0] and source_id = old.id;
  end if;
  if tg_op <> 'DELETE' and (to_jsonb(new) ->> 'deleted_at') is null then
    perform steward_index_source(tg_argv[0], to_jsonb(new));
  end if;
  return null;
end
$$`;

// Row-level security lets no condition that is not leakproof reach an index, and @@ is not: a search as the user would
// read all rows. So this one runs as the service and checks the owner itself; it tells ids, ranks and nothing else.
const match = `
create function steward_match(searcher uuid, query text, kinds text[], project uuid, most int)
returns table (kind text, source_id uuid, part int, rank real, wanted tsquery)
language plpgsql stable security definer as $$
declare
  terms tsquery[];
  any_term tsquery := ''::tsquery;
  unwanted tsquery := ''::tsquery;
  whole tsquery := steward_web_query(query);
  each_term record;
begin
  if current_setting('role') <> 'steward_service' and searcher is distinct from steward_current_user() then
    return;
  end if;
  for each_term in select * from steward_terms(query) loop
    if each_term.excluded then
      unwanted := unwanted || each_term.term;
    else
      terms := terms || each_term.term;
      any_term := any_term || each_term.term;
    end if;
  end loop;
  if terms is null then
    return;
  end if;
  return query
    with matched as (
      select s.kind, s.source_id, s.part,
        (0.5 * (select count(*) from unnest(terms) as term where s.document @@ term) / cardinality(terms)
          + 0.2 * (s.document @@ whole)::int + 0.3 * ts_rank_cd(s.document, any_term, 32))::real as rank
      from search_parts s
      where s.document @@ any_term and s.user_id = searcher
        and (kinds is null or s.kind = any (kinds)) and (project is null or s.project_id = project)
    ), best as (
      select distinct on (m.kind, m.source_id) m.* from matched m order by m.kind, m.source_id, m.rank desc, m.part
    )
    select b.kind, b.source_id, b.part, b.rank, any_term from best b
    where numnode(unwanted) = 0 or not exists (
      select from search_parts x where x.kind = b.kind and x.source_id = b.source_id and x.document @@ unwanted)
    order by b.rank desc, b.kind, b.source_id limit most;
end
$$`;

// Whichever reading marks most words shows best why the text was found. The marks are control characters, taken out again.
const excerpt = `
create function steward_excerpt(content text, wanted tsquery) returns text language sql immutable as $$
  select translate(headline, chr(2) || chr(3), '') from unnest(array[${readings
    .map((config) => `ts_headline('${config}'::regconfig, content, wanted, options)`)
    .join(', ')}]) with ordinality as shown (headline, place)
  order by length(headline) - length(replace(headline, chr(2), '')) desc, place limit 1
$$`.replaceAll(
  'options',
  `'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxFragments=2, MinWords=8, MaxWords=30, FragmentDelimiter=" … "'`,
);

// A function that runs as somebody else must not look names up where its caller may have put other things.
const guardMatch = `
do $do$
begin
  execute format('grant create on schema %I to steward_service', current_schema());
  alter function steward_match(uuid, text, text[], uuid, int) owner to steward_service;
  execute format('revoke create on schema %I from steward_service', current_schema());
end
$do$`;
const signature = 'steward_match(uuid, text, text[], uuid, int)';

/** What reads texts and queries. */
export const readingFunctions = [vectors, webQuery, stopWord, terms, sourceText, sourceTitle, excerpt];
/** What keeps and asks the table `search_parts`. */
export const searchFunctions = [
  indexSource,
  trigger,
  match,
  `do $do$ begin execute format('alter function ${signature} set search_path = pg_catalog, %I, pg_temp', current_schema()); end $do$`,
  `revoke execute on function ${signature} from public`,
  `grant execute on function ${signature} to steward_user, steward_service`,
  guardMatch,
];
