using System.Globalization;
using NodaTime;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.Core.Courses;

namespace Scheduler.App.Tests.Books.Models;

/// <summary>
/// The book once more, as somebody would keep it in a few lists, and asks nothing of the code that it is held against. It is told each deed with its answer, says what should have been answered, and notes what should stand in the
/// book then. What calendars the planner found is taken as given; whether they may be booked, and what that leaves, is decided here: capacity by the tick of five minutes, who is in one place only, versions of courses, keys,
/// reservations and their ends.
/// </summary>
/// <param name="isSerial">Whether deeds are told in the order in which they were done, refusals among them. Else they are told in the order of the audit: what was answered then depends on what was seen before, but what is done must be possible.</param>
internal sealed class BookModel(bool isSerial)
{
    private readonly SortedDictionary<long, ModelCourse> courses = [];
    private readonly Dictionary<string, ModelProposal> proposals = [];
    private readonly Dictionary<string, (string Proposal, Booked Answer)> keys = [];
    private readonly List<AddAbsence> absences = [];

    /// <summary>What is told of a deed that should have been answered otherwise; null where all is well.</summary>
    public string? Take(Deed deed)
    {
        var wrong = deed.Ask switch
        {
            Enrol ask => Take(ask, deed),
            Propose ask => Take(ask, deed),
            Move ask => Take(ask, deed),
            Repair ask => Take(ask, deed),
            OfferFree => TakeOffers(deed),
            Reserve ask => Take(ask, deed),
            Accept ask => Take(ask, deed),
            Tell ask => Take(ask, deed),
            Amend ask => Take(ask, deed),
            Wait ask => Take(ask, deed),
            AddAbsence ask => Take(ask, deed),
            _ => throw new ArgumentOutOfRangeException(nameof(deed), deed, "A request without a case here."),
        };
        return wrong is null ? null : $"{deed}: {wrong}";
    }

    /// <summary>What should stand in the book, in lines.</summary>
    public IEnumerable<string> Lines(LocalDateTime now)
    {
        foreach (var course in courses.Values)
        {
            yield return course.Line;
            foreach (var visit in course.Visits.Where(v => v.IsInBook))
            {
                yield return $"{course.Id} {visit.Id} {Status(visit.Stage)} {Span(visit.Place!.Start, visit.Place.End)}";
            }
        }

        foreach (var taking in Taken(now, except: []))
        {
            yield return taking.Line;
        }

        foreach (var (id, until) in proposals.Where(p => p.Value.ReservedUntil > now).Select(p => (p.Key, p.Value)))
        {
            foreach (var visit in until.Parts.SelectMany(p => p.Calendar.Visits.Select(v => (p.Course, v))))
            {
                yield return $"{visit.Course.Id} {visit.v.Id} reserved for {id} {Span(visit.v.Start, visit.v.End)}";
            }
        }

        foreach (var key in keys.Keys)
        {
            yield return $"key {key}";
        }

        foreach (var away in absences)
        {
            yield return $"away: {away.Resource ?? "all"} {away.From:uuuu-MM-dd} {away.Hours.From} {away.Hours.To}";
        }

        // Proposals for what a course was before are dead, and may be gone.
        foreach (var (id, proposal) in isSerial ? proposals.Where(p => p.Value.Parts.All(q => q.Version == q.Course.Version)) : [])
        {
            yield return $"{id} for {string.Join(", ", proposal.Parts.Select(p => p.Course.Id))}";
        }
    }

    /// <summary>A stretch of a day, as <see cref="BookLines"/> writes it too.</summary>
    public static string Span(LocalDateTime from, LocalDateTime to) => string.Create(CultureInfo.InvariantCulture, $"{from:uuuu-MM-dd HH:mm}-{to:HH:mm}");

    private string? Take(Enrol ask, Deed deed)
    {
        if (deed.Answer is not Enrolled done)
        {
            return "an enrolment is not refused";
        }

        var course = new ModelCourse(done.Enrolment, ask.Patient, [.. ModelClinic.Visits[ask.Protocol].Select(v => new ModelVisit(v))]);
        return courses.TryAdd(course.Key, course) ? null : "there is a course of that id";
    }

    private string? Take(Propose ask, Deed deed)
    {
        var course = Find(ask.Enrolment);
        var from = ask.From ?? Earliest(deed.Now);
        // Planning takes a while, in which somebody else may have ended the course; nothing can be booked of it then.
        var code = course.IsOver && (isSerial || deed.Code is not null) ? "BK034" : from < deed.Now.Date ? "BK025" : null;
        if (Differs(code, deed, "BK019", "BK020", "BK021") is { } other)
        {
            return other;
        }

        if (deed.Answer is not Proposed done)
        {
            return null;
        }

        foreach (var dead in proposals.Where(p => p.Value.Parts.Any(q => q.Course == course && q.Version < done.Version)).Select(p => p.Key).ToList())
        {
            Forget(dead);
        }

        return done.Proposals.Select(p => Keep(p.Proposal, deed.Now, [new(course, done.Version, deed.Now, from, p.Calendar)], mustFit: true)).FirstOrDefault(w => w is not null);
    }

    private string? Take(Move ask, Deed deed)
    {
        var course = Find(ask.Enrolment);
        var visit = course.Visits.First(v => v.Id == ask.Visit);
        // Finding a place takes a while, in which somebody else may have told that the visit has begun; what is proposed for the course as it was before cannot be booked then.
        var isOld = !isSerial && deed.Answer is Proposed { Version: var version } && version < course.Version;

        // What is still to begin today may be moved by hand, and to later today.
        var code = isOld || (visit.Stage is Stage.Booked or Stage.Confirmed && visit.Place!.Start > deed.Now) ? null : "BK028";
        return Differs(code, deed, "BK029") is { } other ? other
            : deed.Answer is not Proposed done ? null
            : Keep(done.Proposals[0].Proposal, deed.Now, [new(course, done.Version, deed.Now, deed.Now.Date, done.Proposals[0].Calendar) { IsMove = true }], mustFit: false);
    }

    private string? Take(Repair ask, Deed deed)
    {
        var code = ask.Enrolments.Any(e => Find(e).IsOver) && (isSerial || deed.Code is not null) ? "BK034" : null;
        return Differs(code, deed, "BK019", "BK020", "BK021") is { } other ? other
            : deed.Answer is not Repaired done ? null
            : Keep(
                done.Proposal, deed.Now, [.. done.Courses.Select(c => new ModelPart(Find(c.Enrolment), c.Version, deed.Now, Earliest(deed.Now), c.Calendar)).OrderBy(p => p.Course.Key)], mustFit: true);
    }

    private string? TakeOffers(Deed deed)
    {
        if (deed.Answer is not Offers done)
        {
            return "an offer is not refused";
        }

        var waiting = courses.Values.Where(c => c.WaitsSince is not null).OrderBy(c => c.WaitsSince).ThenBy(c => c.Key).Select(c => c.Id).ToList();
        return isSerial && !waiting.Where(w => done.All.Any(o => o.Enrolment == w)).SequenceEqual(done.All.Select(o => o.Enrolment))
            ? "an offer to who does not wait, or out of turn"
            : done.All.Select(o => Keep(o.Proposals[0].Proposal, deed.Now, [new(Find(o.Enrolment), o.Version, deed.Now, Earliest(deed.Now), o.Proposals[0].Calendar)], mustFit: true)).FirstOrDefault(w => w is not null);
    }

    private string? Take(Reserve ask, Deed deed)
    {
        var proposal = proposals.GetValueOrDefault(ask.Proposal);
        var code = ask.Minutes is < 1 or > 120 ? "BK025"
            : proposal is not { Parts: [var part] } ? "BK016"
            : part.Version != part.Course.Version ? "BK017"
            : part.Course.Visits.Any(v => v.IsInBook) ? "BK024"
            : Obstacle(part, deed.Now, Others(deed.Now, [part.Course]));
        if (Differs(code, deed) is { } other)
        {
            return other;
        }

        if (deed.Answer is Reserved)
        {
            foreach (var mine in proposals.Values.Where(p => p.Parts.Any(q => q.Course == proposal!.Parts[0].Course)))
            {
                mine.ReservedUntil = null;
            }

            proposal!.ReservedUntil = deed.Now.PlusMinutes(ask.Minutes);
        }

        return null;
    }

    private string? Take(Accept ask, Deed deed)
    {
        if (keys.TryGetValue(ask.Key, out var known))
        {
            return known.Proposal != ask.Proposal ? Differs("BK018", deed)
                : deed.Answer is Booked again && Same(again, known.Answer) ? null : "the same request under the same key is answered otherwise";
        }

        var parts = proposals.GetValueOrDefault(ask.Proposal)?.Parts ?? [];
        var changed = parts.Select(p => p.Changed).ToList();
        var code = parts.Count == 0 ? "BK016" : parts.Any(p => p.Version != p.Course.Version) ? "BK017" : null;
        if (code is null)
        {
            // One after the other, each beside those before it: where one cannot be, none is.
            var there = Others(deed.Now, [.. parts.Select(p => p.Course)]);
            foreach (var (part, places) in parts.Zip(changed))
            {
                code ??= Obstacle(part, deed.Now, there);
                there = [.. there, .. places.SelectMany(v => Taking.Of(part.Course, v))];
            }
        }

        if (Differs(code, deed) is { } other)
        {
            return other;
        }

        if (deed.Answer is not Booked done)
        {
            return null;
        }

        foreach (var (part, places) in parts.Zip(changed).Where(p => p.Second.Count > 0))
        {
            foreach (var place in places)
            {
                part.Course.Visits.First(v => v.Id == place.Id.ToString()).Book(place);
            }

            part.Course.Happens(part.Course.LastAt is { } last && last > part.AsOf ? last : part.AsOf);
        }

        foreach (var gone in proposals.Where(p => p.Value.Parts.Any(q => parts.Any(mine => mine.Course == q.Course))).Select(p => p.Key).ToList())
        {
            Forget(gone);
        }

        keys.Add(ask.Key, (ask.Proposal, done));
        return Same(done, new([.. parts.Select(p => p.Course.Id)], changed.Sum(c => c.Count))) ? null : $"booked are {changed.Sum(c => c.Count)} visits of {string.Join(", ", parts.Select(p => p.Course.Id))}";
    }

    private string? Take(Tell ask, Deed deed)
    {
        var course = Find(ask.Enrolment);
        if (ask.Event is CourseEvent.Withdrawn)
        {
            return Withdraw(course, ask, deed);
        }

        var visit = course.Visits.First(v => v.Id == ask.Event.Of.ToString());
        var code = ask.Event.At > deed.Now ? "BK026"
            : ask.Event is CourseEvent.Missed && visit.Place is { } place && ask.Event.At < place.Start ? "BK035"
            : ask.Event is CourseEvent.Completed && visit is { IsAwaited: true, Place: { } there } && ask.Event.At <= there.Start ? "BK043"
            : course.LastAt > ask.Event.At || course.IsWithdrawn ? "BK021"
            : visit.After(ask.Event) is null ? "BK021"
            : null;
        if (Differs(code, deed) is { } other)
        {
            return other;
        }

        if (deed.Answer is not Told done)
        {
            return null;
        }

        visit.Stage = visit.After(ask.Event)!.Value;
        visit.TakesNothing |= visit.Stage is Stage.Held or Stage.Missed or Stage.Cancelled
            || (ask.Event is CourseEvent.Started && ask.Event.At + (visit.Place!.End - visit.Place.Start) <= visit.Place.Start);
        if (ask.Event is CourseEvent.NoPlaceFound)
        {
            // The rest is put off with it, and keeps its places until it has others.
            foreach (var later in course.Visits.Where(v => v.IsAwaited && v.Place!.Start > visit.Place!.Start))
            {
                later.Stage = Stage.Planned;
            }
        }

        course.Happens(ask.Event.At);
        var open = course.Visits.Where(v => v.IsToBePlaced).Select(v => v.Id).ToList();
        return (done.Version, done.IsOver) == (course.Version, course.IsOver) && done.ToBePlaced.SequenceEqual(open) ? null
            : $"the course is at version {course.Version}, {(course.IsOver ? "over" : "not over")}, and to be placed are {string.Join(", ", open)}";
    }

    private static string? Withdraw(ModelCourse course, Tell ask, Deed deed)
    {
        if (Differs(ask.Event.At > deed.Now ? "BK026" : course.LastAt > ask.Event.At || course.IsWithdrawn ? "BK021" : null, deed) is { } other)
        {
            return other;
        }

        if (deed.Answer is not Told done)
        {
            return null;
        }

        course.Withdraw();
        course.Happens(ask.Event.At);
        return done.Version == course.Version && done.IsOver && done.ToBePlaced.Count == 0 ? null : "a course that is withdrawn is over, and nothing of it is placed";
    }

    private string? Take(Amend ask, Deed deed)
    {
        var course = Find(ask.Enrolment);
        if (Differs(!ModelClinic.Versions.Contains(ask.Version) ? "BK010" : ask.IsDecided && ask.Version != ModelClinic.Versions[0] ? "BK092" : ask.IsDecided && course.IsWithdrawn ? "BK021" : null, deed) is { } other)
        {
            return other;
        }

        if (deed.Answer is Amended && ask.IsDecided)
        {
            course.Happens(deed.Now);
        }

        return deed.Answer is Amended done && ((done.Version != course.Version && isSerial) || done.IsDone != ask.IsDecided) ? $"the course is at version {course.Version}" : null;
    }

    private string? Take(Wait ask, Deed deed)
    {
        var course = Find(ask.Enrolment);
        course.WaitsSince = !ask.IsWaiting ? null : course.WaitsSince ?? deed.Now;
        return deed.Answer is Waiting ? null : "waiting is not refused";
    }

    private string? Take(AddAbsence ask, Deed deed)
    {
        absences.Add(ask);
        var hit = courses.Values
            .Where(c => c.Visits.Any(v => v is { IsInBook: true, TakesNothing: false, Stage: Stage.Planned or Stage.Booked or Stage.Confirmed }
                && Taking.Of(c, v.Place!).Any(t => (ask.Resource is null || t.Resource == ask.Resource) && IsAway(ask, t.Start, t.End))))
            .Select(c => c.Id).ToList();
        return deed.Answer is not Absent done ? "an absence is not refused" : isSerial && !done.Hit.SequenceEqual(hit) ? $"hit are {string.Join(", ", hit)}" : null;
    }

    private string? Keep(string id, LocalDateTime now, IReadOnlyList<ModelPart> parts, bool mustFit)
    {
        proposals.Add(id, new(parts));
        if (!isSerial)
        {
            return null;
        }

        if (parts.FirstOrDefault(p => p.Version != p.Course.Version) is { } stale)
        {
            return $"{id} is for version {stale.Version} of {stale.Course.Id}, which is at {stale.Course.Version}";
        }

        var there = Others(now, [.. parts.Select(p => p.Course)]);
        foreach (var part in parts)
        {
            if (mustFit && Obstacle(part, now, there) is { } obstacle)
            {
                return $"{id} is proposed, and could not be booked: {obstacle}; {string.Join(", ", part.Changed.SelectMany(v => Taking.Of(part.Course, v)).Select(t => t.Line))}";
            }

            there = [.. there, .. part.Changed.SelectMany(v => Taking.Of(part.Course, v))];
        }

        return null;
    }

    /// <summary>Takes a proposal out. In the order of the audit one that is looked for may have been taken out by who could not see it yet; its version tells then.</summary>
    private void Forget(string proposal)
    {
        if (isSerial)
        {
            proposals.Remove(proposal);
        }
        else
        {
            proposals[proposal].ReservedUntil = null;
        }
    }

    /// <summary>Why a part of a proposal cannot be booked now: it is over, somebody is away, something is taken; null where it can.</summary>
    private string? Obstacle(ModelPart part, LocalDateTime now, IReadOnlyCollection<Taking> others)
    {
        var changed = part.Changed;
        var wanted = changed.SelectMany(v => Taking.Of(part.Course, v)).ToList();

        // Whoever moves one visit by hand is not held up by others that stay where somebody is away. And who books at the same moment as somebody is noted to be away waits for that only where they take them anew; a visit that stays is hit by it.
        var open = isSerial && !part.IsMove ? part.Calendar.Visits.Where(v => !part.IsFixed(v)).SelectMany(v => Taking.Of(part.Course, v)) : wanted;
        return changed.Any(v => v.Start < now) ? "BK022"
            : open.Any(t => absences.Any(a => (a.Resource is null || a.Resource == t.Resource) && IsAway(a, t.Start, t.End))) ? "BK033"
            : wanted.Exists(w => !Taking.Bear(w.Resource, [w, .. wanted.Where(x => x != w), .. others, .. Own(part)], w)) ? "BK001"
            : null;
    }

    /// <summary>What the course itself keeps beside what changes. Its patient is not in the way of its own visits.</summary>
    private static IEnumerable<Taking> Own(ModelPart part) => part.Course.Visits
        .Where(v => v is { IsInBook: true, TakesNothing: false } && part.Changed.All(c => c.Id.ToString() != v.Id))
        .SelectMany(v => Taking.Of(part.Course, v.Place!))
        .Where(t => t.Resource != part.Course.Patient);

    private IReadOnlyCollection<Taking> Others(LocalDateTime now, IReadOnlyCollection<ModelCourse> except) => [.. Taken(now, except)];

    /// <summary>What is taken by courses, and by what is reserved for them and not over.</summary>
    private IEnumerable<Taking> Taken(LocalDateTime now, IReadOnlyCollection<ModelCourse> except) =>
        courses.Values.Except(except).SelectMany(c => c.Visits.Where(v => v is { IsInBook: true, TakesNothing: false }).SelectMany(v => Taking.Of(c, v.Place!)))
            .Concat(proposals.Values.Where(p => p.ReservedUntil > now).SelectMany(p => p.Parts).Where(p => !except.Contains(p.Course)).SelectMany(p => p.Calendar.Visits.SelectMany(v => Taking.Of(p.Course, v))));

    private ModelCourse Find(string id) => courses[ModelCourse.KeyOf(id)];

    private static bool IsAway(AddAbsence absence, LocalDateTime start, LocalDateTime end)
    {
        var midnight = absence.From.AtMidnight();
        return start < midnight.PlusMinutes(absence.Hours.To) && midnight.PlusMinutes(absence.Hours.From) < end;
    }

    /// <summary>The usual first day of what is asked for.</summary>
    private static LocalDate Earliest(LocalDateTime now) => now.TimeOfDay == LocalTime.Midnight ? now.Date : now.Date.PlusDays(1);

    private static bool Same(Booked one, Booked other) => one.Visits == other.Visits && one.Enrolments.SequenceEqual(other.Enrolments);

    private static string Status(Stage stage) => stage.ToString().ToLowerInvariant();

    /// <summary>What should have been answered, where it was not.</summary>
    /// <param name="code">The code of the refusal; null where it should be done.</param>
    /// <param name="deed">What was answered.</param>
    /// <param name="given">Codes of refusals that are the planner's, and taken as given where it should be done.</param>
    private static string? Differs(string? code, Deed deed, params ReadOnlySpan<string> given) =>
        deed.Code == code || (code is null && deed.Code is { } refused && given.Contains(refused)) ? null : $"should be {code ?? "done"}";
}
