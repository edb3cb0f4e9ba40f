namespace Scheduler.Core.Diagnostics;

/// <content>What can be wrong with a file of events, beside what cannot have happened at all (<c>CO001</c> to <c>CO010</c>).</content>
public static partial class Messages
{
    public static Diagnostic EventsOfAnotherPatient(SourceSpan at, string found, string patient) => Error(
        "CO020", at, (found, patient) switch
        {
            ("anyone", _) => $"'anyone' has a calendar that was made without a patient, but this one was made for patient '{Short(patient)}'. Begin the file with 'events: {Short(patient)}'.",
            (_, "anyone") => $"These are the events of patient '{Short(found)}', but the calendar was made without a patient. Begin the file with 'events: anyone', or give the calendar of that patient.",
            _ => $"These are the events of patient '{Short(found)}', but the calendar was made for patient '{Short(patient)}'. Give the files of one patient.",
        });

    public static Diagnostic WhatHappened(SourceSpan at, string visit, string time, string asOf, bool hasFile) => Error(
        "CO021", at, $"What happened to {visit}, booked for {time}? That is before {asOf}, and "
            + (hasFile ? "no event tells what became of it. Add" : "no file of this patient's events was given that tells what became of it. Give one by --events FILE, with")
            + $" 'took place: {visit}' under 'happened', or 'missed', 'cancelled' or 'on hold'.");

    public static Diagnostic NotYet(SourceSpan at, string what, string time, string asOf) => Error(
        "CO022", at, $"{what} at {time} lies after {asOf}, so it cannot have happened yet. Mend the time, tell it another day, or give a later --as-of.");

    public static Diagnostic NoTimeKnown(SourceSpan at, string visit) => Error(
        "CO023", at, $"{visit} has no time in the calendar, so it is not known when this was. Say it: 'at: 2027-01-04 08:30'.");

    public static Diagnostic UnknownResourceOfEvent(SourceSpan at, string resource, IReadOnlyCollection<string> known) => Error(
        "CO024", at, $"The clinic has no '{Short(resource)}'.{NearMatch.Question(resource, known)}");

    public static Diagnostic NotOfThatRole(SourceSpan at, string resource, string role, IReadOnlyCollection<string> known) => Error(
        "CO025", at, $"{Short(resource)} has not the role '{role}'; those that have it are {(known.Count == 0 ? "none" : Quoted(known))}.");

    public static Diagnostic UnknownNeedOfEvent(SourceSpan at, string need, string type, IReadOnlyCollection<string> known) => Error(
        "CO026", at, $"{type} takes no '{Short(need)}'.{NearMatch.Question(need, known)} It takes {(known.Count == 0 ? "nobody and nothing" : Quoted(known))}.");

    public static Diagnostic NeedNotNamed(SourceSpan at, string visit, string need) => Error(
        "CO027", at, $"{visit} was not booked before, so it must be said who or what is its '{need}'. Add it under 'with'.");

    public static Diagnostic EndsBeforeItBegins(SourceSpan at, string start, string end) => Error(
        "CO028", at, $"It began at {start} and cannot have ended at {end}. Give a later 'until', on the same day.");

    public static Diagnostic HeldMeansTwo(SourceSpan at) => Error(
        "CO029", at, "'held' can be read in two ways. Write 'took place' for a visit that was given, and 'on hold' for one that was stopped on its day.");

    public static Diagnostic VersionNotGiven(SourceSpan at, string version, IReadOnlyCollection<string> given) => Error(
        "CO030", at, $"The course goes on by version '{Short(version)}', but {(given.Count == 0 ? "no file of it was given" : $"--amended gives {Quoted(given)}")}. Add --amended FILE with that version of the protocol.");

    public static Diagnostic TimeOfSeveral(SourceSpan at, string key, int count) => Error(
        "CO031", at, $"'{key}' is said of {count} visits at once. Tell of each visit by itself, or leave '{key}' out where all was as booked.");

    public static Diagnostic PlannedBeforeAsOf(SourceSpan at, string from, string asOf) => Error(
        "CO032", at, $"Nothing can be placed from {from} on, since that is before {asOf}. Give a --from on that day or later.");

    public static Diagnostic AsOfTurnsBack(SourceSpan at, string asOf, string before) => Error(
        "CO033", at, $"The calendar was made as of {before}, and cannot go on as of {asOf}. Give a later --as-of.");

    public static Diagnostic StandingWithoutBooking(SourceSpan at, string visit, string status) => Error(
        "CO034", at, $"{visit} is '{status}', which only a visit that was booked can be. Add its 'booking'.");

    public static Diagnostic TooManyEvents(SourceSpan at, int limit) => Error(
        "CO035", at, $"At most {limit} events are read from one file. Begin a new file with each new calendar.");

    public static Diagnostic MoreMistakesInEvents(SourceSpan at, int told) => Error(
        "CO036", at, $"The file has more mistakes; {told} are told.");

    public static Diagnostic TooFarFromTheRest(SourceSpan at, string visit, string time) => Error(
        "CO037", at, $"{visit} is told to have been at {time}, more than ten years from what is to be placed. Mend the year.");

    public static Diagnostic KnownAlready(SourceSpan at, string what, string time, string last) => Error(
        "CO038", at, $"{what} at {time} lies before {last}, and the calendar knows already what had happened until then. Begin a new file with each new calendar; where something becomes known only now, leave 'at' out.");

    public static Diagnostic PlacedTwice(SourceSpan at, string visit) => Error(
        "CO040", at, $"{visit} stands twice among the visits of the calendar, so it is not known when it was booked. Keep one of the two.");

    public static Diagnostic StandsTwice(SourceSpan at, string visit) => Error(
        "CO041", at, $"{visit} stands twice among the visits of the course. Keep one of the two.");

    public static Diagnostic NotOfOneDay(SourceSpan at, string visit) => Error(
        "CO042", at, $"{visit} or what it uses ends before it begins, or not on its day, so it cannot have been booked. Mend its times, or take the calendar as it was written.");

    public static Diagnostic NoSuchTime(SourceSpan at, string time) => Error(
        "CO050", at, $"There is no {time}: the clocks go forward over it on that day. Mend the time.");

    public static Diagnostic NoLongerBooked(SourceSpan at, string visit, string time) => Error(
        "CO051", at, $"{visit} cannot begin: what is told before has put off its place of {time}. If it took place there nevertheless, tell 'booked: {visit}' with 'for: {time}' before it.");
}
