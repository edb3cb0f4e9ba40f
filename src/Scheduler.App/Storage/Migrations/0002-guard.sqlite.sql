-- No resource is taken beyond what it bears, whoever writes: a unit bears one use at a time; an exclusive use stands alone, with no
-- shares beside it on whichever units; and who supervises is in hand elsewhere only for a short while.
-- SQLite takes text for a number where a column is not told otherwise, and looks up no foreign key unless it is asked to: both are seen to here.
-- Writers wait for each other here (one transaction writes at a time), so that what a trigger sees is all there is.

create trigger use_comes before insert on resource_use begin
  select raise(abort, 'times and numbers of a use are whole numbers')
    where typeof(new.taken_from) <> 'integer' or typeof(new.taken_to) <> 'integer' or typeof(new.unit) <> 'integer' or typeof(new.apart) <> 'integer'
      or typeof(new.from_minute) <> 'integer' or typeof(new.to_minute) <> 'integer';
  select raise(abort, 'no such booking') where not exists (select 1 from booking b where b.key = new.booking);
  select raise(abort, 'unit does not exist for this use') where not exists (
    select 1 from resource r
    where r.key = new.resource and new.unit between 1 and case new.manner when 'exclusive' then 1 when 'share' then r.capacity else r.supervises end);
  select raise(abort, 'side is not what the length of the use says') from resource r
    where r.key = new.resource and new.side is not case
      when r.supervises = 0 then null
      when new.manner = 'supervision' then 0
      when new.to_minute - new.from_minute > r.hands_on_minutes then 1 end;
  select raise(abort, 'a use stands apart from nothing but the other visits of its course') from booking b
    where b.key = new.booking and new.apart <> new.booking * 1000 + new.number and new.apart is not -b.enrolment;
  select raise(abort, 'a use takes less than its own time') from booking b
    where b.key = new.booking and (
      new.taken_from > b.from_instant + (new.from_minute - substr(b.starts, 12, 2) * 60 - substr(b.starts, 15, 2)) * 60
      or new.taken_to < b.from_instant + (new.to_minute - substr(b.starts, 12, 2) * 60 - substr(b.starts, 15, 2)) * 60);
  select raise(abort, 'slot taken') from resource_use u
    where u.resource = new.resource and u.taken_from < new.taken_to and u.taken_from > new.taken_from - 2 * 86400 and u.taken_to > new.taken_from
      and u.apart <> new.apart and ((u.manner = 'supervision') = (new.manner = 'supervision') and u.unit = new.unit
        or u.manner <> 'supervision' and new.manner <> 'supervision' and (u.manner = 'exclusive') <> (new.manner = 'exclusive')
        or u.side <> new.side);
end;

create trigger use_changes before update on resource_use begin
  select raise(abort, 'times and numbers of a use are whole numbers')
    where typeof(new.taken_from) <> 'integer' or typeof(new.taken_to) <> 'integer' or typeof(new.unit) <> 'integer' or typeof(new.apart) <> 'integer'
      or typeof(new.from_minute) <> 'integer' or typeof(new.to_minute) <> 'integer';
  select raise(abort, 'no such booking') where not exists (select 1 from booking b where b.key = new.booking);
  select raise(abort, 'unit does not exist for this use') where not exists (
    select 1 from resource r
    where r.key = new.resource and new.unit between 1 and case new.manner when 'exclusive' then 1 when 'share' then r.capacity else r.supervises end);
  select raise(abort, 'side is not what the length of the use says') from resource r
    where r.key = new.resource and new.side is not case
      when r.supervises = 0 then null
      when new.manner = 'supervision' then 0
      when new.to_minute - new.from_minute > r.hands_on_minutes then 1 end;
  select raise(abort, 'a use stands apart from nothing but the other visits of its course') from booking b
    where b.key = new.booking and new.apart <> new.booking * 1000 + new.number and new.apart is not -b.enrolment;
  select raise(abort, 'a use takes less than its own time') from booking b
    where b.key = new.booking and (
      new.taken_from > b.from_instant + (new.from_minute - substr(b.starts, 12, 2) * 60 - substr(b.starts, 15, 2)) * 60
      or new.taken_to < b.from_instant + (new.to_minute - substr(b.starts, 12, 2) * 60 - substr(b.starts, 15, 2)) * 60);
  select raise(abort, 'slot taken') from resource_use u
    where u.resource = new.resource and u.taken_from < new.taken_to and u.taken_from > new.taken_from - 2 * 86400 and u.taken_to > new.taken_from
      and u.apart <> new.apart and (u.booking <> old.booking or u.number <> old.number) and ((u.manner = 'supervision') = (new.manner = 'supervision') and u.unit = new.unit
        or u.manner <> 'supervision' and new.manner <> 'supervision' and (u.manner = 'exclusive') <> (new.manner = 'exclusive')
        or u.side <> new.side);
end;

-- What a use is judged by stands in its booking too: where that changes, the use is taken out first, and comes in again.
create trigger booking_stays before update of key, enrolment, starts, from_instant on booking
  when (old.key is not new.key or old.enrolment is not new.enrolment or old.starts is not new.starts or old.from_instant is not new.from_instant)
    and exists (select 1 from resource_use u where u.booking = old.key)
begin
  select raise(abort, 'a booking that takes something stays where it is');
end;

-- "insert or replace" takes a row out without a delete that a trigger sees.
create trigger audit_grows_at_its_end before insert on audit when exists (select 1 from audit a where a.clinic = new.clinic and a.number >= new.number) begin
  select raise(abort, 'the audit is never changed');
end;

create trigger audit_stays before update on audit begin
  select raise(abort, 'the audit is never changed');
end;

create trigger audit_is_not_emptied before delete on audit begin
  select raise(abort, 'the audit is never changed');
end;
