// Reads iCalendar text from standard input with a reader that is not ours and prints the events as JSON.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')));
const events = calendar.getAllSubcomponents('vevent').map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    status: component.getFirstPropertyValue('status'),
    method: calendar.getFirstPropertyValue('method'),
    sequence: event.sequence,
    stamp: component.getFirstPropertyValue('dtstamp').toJSDate().toISOString(),
    location: event.location,
    description: event.description,
    organizer: event.organizer,
    attendees: event.attendees.map((a) => ({ address: a.getFirstValue(), name: a.getParameter('cn'), rsvp: a.getParameter('rsvp') })),
    properties: component.getAllProperties().map((p) => p.name),
  };
});
process.stdout.write(JSON.stringify(events));
