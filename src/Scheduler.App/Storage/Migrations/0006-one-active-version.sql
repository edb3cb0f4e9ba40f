-- Patients are enrolled on one version of a protocol. Where two were made active at once, the one that came into the book last stays.
update protocol_version set state = 'retired' where state = 'active' and exists (
  select 1 from protocol_version other
  where other.protocol = protocol_version.protocol and other.state = 'active'
    and (other.imported_at > protocol_version.imported_at or other.imported_at = protocol_version.imported_at and other.version > protocol_version.version));

create unique index active_once on protocol_version (protocol) where state = 'active';
