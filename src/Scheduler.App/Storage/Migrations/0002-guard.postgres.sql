-- No resource is taken beyond what it bears, whoever writes.

create extension if not exists btree_gist;

alter table resource_use add column taken int8range not null generated always as (int8range(taken_from, taken_to)) stored;

-- A unit bears one use at a time.
alter table resource_use add constraint unit_once exclude using gist (
  resource with =, ((manner = 'supervision')::int) with =, unit with =, apart with <>, taken with &&
) deferrable initially immediate;

-- An exclusive use stands alone: no shares beside it, on whichever units.
alter table resource_use add constraint exclusive_alone exclude using gist (
  resource with =, ((manner = 'exclusive')::int) with <>, apart with <>, taken with &&
) where (manner <> 'supervision') deferrable initially immediate;

-- Who supervises is in hand elsewhere only for a short while: supervision is one side, long uses the other.
alter table resource_use add constraint supervision_beside_short_uses exclude using gist (
  resource with =, side with <>, apart with <>, taken with &&
) where (side is not null) deferrable initially immediate;

create function minute_of(wall_time text) returns bigint language sql immutable as $$
  select substr(wall_time, 12, 2)::bigint * 60 + substr(wall_time, 15, 2)::bigint
$$;

create function check_use() returns trigger language plpgsql as $$
declare
  it resource%rowtype;
  visit booking%rowtype;
  units bigint;
  side bigint;
begin
  select * into strict it from resource where key = new.resource;
  select * into strict visit from booking where key = new.booking;
  units := case new.manner when 'exclusive' then 1 when 'share' then it.capacity else it.supervises end;
  side := case
    when it.supervises = 0 then null
    when new.manner = 'supervision' then 0
    when new.to_minute - new.from_minute > it.hands_on_minutes then 1 end;
  if new.unit < 1 or new.unit > units then
    raise exception 'unit % of resource % does not exist for this use', new.unit, new.resource using errcode = 'check_violation';
  end if;
  if new.side is distinct from side then
    raise exception 'the side of a use of resource % is not what its length says', new.resource using errcode = 'check_violation';
  end if;
  if new.apart <> new.booking * 1000 + new.number and new.apart is distinct from -visit.enrolment then
    raise exception 'a use stands apart from nothing but the other visits of its course' using errcode = 'check_violation';
  end if;
  if new.taken_from > visit.from_instant + (new.from_minute - minute_of(visit.starts)) * 60
      or new.taken_to < visit.from_instant + (new.to_minute - minute_of(visit.starts)) * 60 then
    raise exception 'a use takes less than its own time' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger use_is_as_it_says before insert or update on resource_use for each row execute function check_use();

-- What a use is judged by stands in its booking too: where that changes, the use is taken out first, and comes in again.
create function check_booking() returns trigger language plpgsql as $$
begin
  if (old.enrolment is distinct from new.enrolment or old.starts <> new.starts or old.from_instant <> new.from_instant)
      and exists (select from resource_use where booking = old.key) then
    raise exception 'a booking that takes something stays where it is' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger booking_stays before update of enrolment, starts, from_instant on booking for each row execute function check_booking();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is never changed' using errcode = 'insufficient_privilege';
end $$;

create trigger audit_stays before update or delete on audit for each row execute function refuse_change();
create trigger audit_is_not_emptied before truncate on audit for each statement execute function refuse_change();
