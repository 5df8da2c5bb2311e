-- Tables of the embedded job engine. Every statement may run again.
create schema if not exists engine;

create table if not exists engine.runs (
  id uuid primary key,
  sequence bigint generated always as identity,
  function_id text not null,
  event jsonb not null,
  -- queued: waits for a free slot; active: has a job; sleeping: waits for due_at
  state text not null check (state in ('queued', 'active', 'sleeping', 'finished', 'failed')),
  concurrency_keys text[] not null default '{}',
  singleton_key text,
  attempt integer not null default 0,
  due_at timestamptz,
  error jsonb,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);

create unique index if not exists runs_singleton on engine.runs (function_id, singleton_key)
  where singleton_key is not null and state in ('queued', 'active', 'sleeping');
create index if not exists runs_open on engine.runs (function_id, state, sequence)
  where state in ('queued', 'active', 'sleeping');
create index if not exists runs_ended on engine.runs (ended_at) where ended_at is not null;

create table if not exists engine.steps (
  run_id uuid not null references engine.runs (id) on delete cascade,
  id text not null,
  name text not null,
  -- planned: to be executed at due_at; sleeping: done at due_at; done: has its outcome
  state text not null check (state in ('planned', 'sleeping', 'done')),
  attempt integer not null default 0,
  due_at timestamptz not null default now(),
  -- {"type":"data","data":…} or {"type":"error","error":…}, as the SDK reads it
  outcome jsonb,
  finished_order bigint,
  primary key (run_id, id)
);
create sequence if not exists engine.finished_order;

create table if not exists engine.events (
  id text primary key,
  received_at timestamptz not null default now()
);
create index if not exists events_received on engine.events (received_at);

create table if not exists engine.throttles (
  function_id text not null,
  key text not null,
  -- theoretical arrival time of the generic cell rate algorithm
  arrival_at timestamptz not null,
  primary key (function_id, key)
);

-- One row: the last minute for which schedules were looked at, and what the database's own clock said then.
create table if not exists engine.clock (
  only_row boolean primary key default true check (only_row),
  ticked_at timestamptz not null,
  database_at timestamptz not null
);

grant usage on schema engine to restday_app;
grant select, insert, update, delete on all tables in schema engine to restday_app;
grant usage on all sequences in schema engine to restday_app;
grant execute on all functions in schema engine to restday_app;

-- graphile-worker switches row-level security on and adds no policy, so only its owner would see its rows.
grant usage on schema graphile_worker to restday_app;
grant select, insert, update, delete on all tables in schema graphile_worker to restday_app;
grant usage on all sequences in schema graphile_worker to restday_app;
grant execute on all functions in schema graphile_worker to restday_app;

do $$
declare
  guarded regclass;
begin
  for guarded in
    select c.oid::regclass from pg_class c
    where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'restday_app')
  loop
    execute format('create policy restday_app on %s to restday_app using (true) with check (true)', guarded);
  end loop;
end $$;
