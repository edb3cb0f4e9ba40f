using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>Says in the clinic's words what keeps a visit from a place, and what a place costs.</summary>
/// <param name="request">The request to which the calendar is an answer.</param>
/// <param name="visit">The visit.</param>
public sealed class PlaceWords(PlanningRequest request, VisitId visit)
{
    /// <summary>What is in the way on a date, as a clause.</summary>
    public string Say(Obstacle obstacle, LocalDate date) => obstacle switch
    {
        Obstacle.OfRule rule => Say(rule, $" ({Rule(rule.Rule)})"),
        Obstacle.OfNeedsTogether { Rules.IsEmpty: false } together => $"nobody is left who keeps {Spoken.Join(together.Rules.Select(r => $"'{r}' ({Rule(r)})"))}",
        _ => SayBriefly(obstacle, date),
    };

    /// <summary>The same for whoever is told elsewhere what each rule asks for.</summary>
    public string SayBriefly(Obstacle obstacle, LocalDate date) => obstacle switch
    {
        Obstacle.OfRule rule => Say(rule, ""),
        Obstacle.OfLaw law => Say(law, date),
        Obstacle.OfNeed { Candidates.IsEmpty: true } need => $"nobody and nothing at the clinic can be {need.Need}",
        Obstacle.OfNeed need => $"no {need.Need} free: {Say(need.Candidates)}",
        Obstacle.OfNeedsTogether { Rules.IsEmpty: true } => "too few are free for all who are needed",
        Obstacle.OfNeedsTogether together => $"nobody is left who keeps {Spoken.Join(together.Rules.Select(r => $"'{r}'"))}",
        _ => throw new ArgumentOutOfRangeException(nameof(obstacle), obstacle, "An obstacle without words here."),
    };

    /// <summary>What holds a visit, as a clause.</summary>
    public string Say(HeldBy by) => by switch
    {
        HeldBy.OfRule rule => $"'{rule.Rule}' ({Rule(rule.Rule)})",
        HeldBy.OfLaw law => Law(law.Law),
        HeldBy.OfResource { Hindrance: Hindrance.Hours } hours => $"the hours of {Name(hours.Resource)}",
        HeldBy.OfResource { Hindrance: Hindrance.Bookings } bookings => $"the bookings of {Name(bookings.Resource)}",
        HeldBy.OfResource { Hindrance: Hindrance.OtherVisits } others => $"the course's other visits with {Name(others.Resource)}",
        HeldBy.OfResource { Hindrance: Hindrance.ContactHours } contact => $"how long {Name(contact.Resource)} may be in use in a day",
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "Something that holds a visit, without words here."),
    };

    /// <summary>What a rule asks for, as a clause: <c>wet[1] comes after infusion[4]</c>.</summary>
    public string Rule(string id) => RuleBook.Say(RuleOf(id), request.Protocol);

    /// <summary>The rule with an id.</summary>
    public Rule RuleOf(string id) => request.Protocol.Rules.First(r => r.Id == id);

    /// <summary>Where a rule comes from: a citation, or that it was assumed, with the reason; null where neither is said.</summary>
    public string? Source(string id) => RuleOf(id).Head.Provenance switch
    {
        { Cites: { } cites } => cites,
        { Assumed: { } reason } => $"assumed: {reason}",
        _ => null,
    };

    /// <summary>What another calendar costs beside one, term by term: <c>1 preference point more</c>, or <c>the same</c>.</summary>
    /// <param name="now">What the one costs.</param>
    /// <param name="there">What the other costs.</param>
    public static string Difference(Cost now, Cost there)
    {
        string?[] terms =
        [
            More(there.Moves.Visits - now.Moves.Visits, "booked visit moved", "booked visits moved"),
            More(there.Moves.People - now.Moves.People, "booked person changed", "booked people changed"),
            More(there.Major - now.Major, "major deviation"),
            More(there.Minor - now.Minor, "minor deviation"),
            More(there.PersonChanges - now.PersonChanges, "change of person", "changes of person"),
            More(there.Preferences - now.Preferences, "preference point"),
            Shifted(there.DaysToFirst - now.DaysToFirst, "treatment begins"),
            Shifted(there.DaysToLast - now.DaysToLast, "treatment ends"),
            More(there.Moves.Others - now.Moves.Others, "smaller change of what is booked", "smaller changes of what is booked"),
            More(there.Fragments - now.Fragments, "gap under an hour", "gaps under an hour"),
        ];
        return terms.OfType<string>().ToList() is { Count: > 0 } said ? Spoken.Join(said) : "at the same cost";
    }

    /// <summary>Who and what fill the needs of a placed visit: <c>chen, room-2</c>.</summary>
    public static string Staff(PlacedVisit placed) => string.Join(", ", placed.Uses.Select(u => u.Resource).Distinct());

    /// <summary>A resource by title and id.</summary>
    public string Name(string id) => request.Clinic.Find(id) is { } resource && resource.Title != id ? $"{resource.Title} ({id})" : id;

    private static string? More(int count, string what, string? several = null) => count == 0
        ? null
        : $"{Math.Abs(count)} {(Math.Abs(count) == 1 ? what : several ?? what + "s")} {(count > 0 ? "more" : "fewer")}";

    private static string? Shifted(int days, string what) => days == 0 ? null : $"{what} {Spoken.Count(Math.Abs(days), "day")} {(days > 0 ? "later" : "earlier")}";

    private static string Limit(DeviationLimit limit) => limit == DeviationLimit.Minor ? "a minor deviation" : "a major deviation";

    private string Beside(ImmutableArray<VisitId> others) => others.IsEmpty ? "" : $" beside {Words.Visits(others, request.Protocol)}";

    private string Say(Obstacle.OfRule rule, string meaning) =>
        $"'{rule.Rule}'{meaning}{Beside(rule.Others)}{(rule.PermittedBy is { } limit ? $"; {Limit(limit)} would allow it" : "")}";

    private string Say(Obstacle.OfLaw law, LocalDate date) => law.Law switch
    {
        Laws.OpeningHours when request.Clinic.OpenOn(date).IsEmpty => request.Clinic.Closures.FirstOrDefault(c => c.Covers(date)) is { } closure ? $"the clinic is closed ({closure.Name})" : "the clinic is closed",
        Laws.OpeningHours when !request.Clinic.ClockChangesOn(date).IsEmpty => "the clinic is closed then, or its clocks change",
        Laws.OpeningHours => "the clinic is closed then",
        "series-order" => InOrder(law.Others),
        "patient-once" => $"the patient is at {Words.Visits(law.Others, request.Protocol)}, or on the way",
        "start-range" => date < request.From ? $"no visit may lie before {Date(request.From)}" : $"the course must begin by {Date(request.LastStart)}",
        _ => Law(law.Law) + Beside(law.Others),
    };

    /// <summary>Between which visits of its series it belongs.</summary>
    private string InOrder(ImmutableArray<VisitId> others)
    {
        ImmutableArray<VisitId> earlier = [.. others.Where(o => o.Ordinal < visit.Ordinal)];
        ImmutableArray<VisitId> later = [.. others.Except(earlier)];
        return $"it must come {Spoken.Join(new[] { Side("after", earlier), Side("before", later) }.OfType<string>())}";

        string? Side(string side, ImmutableArray<VisitId> visits) => visits.IsEmpty ? null : $"{side} {Words.Visits(visits, request.Protocol)}";
    }

    private string Law(string law) => law switch
    {
        Laws.OpeningHours => "the clinic's opening hours and closures",
        Laws.Preferences => ConflictWords.PatientWishes,
        "patient-hours" => ConflictWords.PatientHours,
        "patient-once" => "the patient's other visits",
        "start-range" => $"the start from {Date(request.From)} to {Date(request.LastStart)}",
        "series-order" => ConflictWords.InOrder(visit.Type),
        "authorisation" => "what payers have authorised",
        "horizon" => "how long the course may last",
        _ => throw new ArgumentOutOfRangeException(nameof(law), law, "A law without words here."),
    };

    /// <summary>Candidates with what keeps them, those whom the same keeps together: <c>room-1 and room-2 (booked)</c>.</summary>
    private static string Say(ImmutableArray<Candidate> candidates) =>
        string.Join("; ", candidates.GroupBy(Reasons).Select(g => $"{Spoken.Join(g.Select(c => c.Resource))} ({g.Key})"));

    private static string Reasons(Candidate candidate)
    {
        (Hindrance Part, string Words)[] all =
        [
            (Hindrance.Unable, "cannot take on such a visit"),
            (Hindrance.Hours, "away"),
            (Hindrance.Bookings, "booked"),
            (Hindrance.OtherVisits, "with another visit of the course"),
            (Hindrance.ContactHours, "in use too long that day"),
            (Hindrance.Wish, "not whom the patient insists on"),
            (Hindrance.Rules, $"breaks {Spoken.Join(candidate.Rules.Select(r => $"'{r}'"))}"),
        ];
        return string.Join(", ", all.Where(w => candidate.Hindrance.HasFlag(w.Part)).Select(w => w.Words));
    }

    private static string Date(LocalDate date) => date.ToString("ddd uuuu'-'MM'-'dd", CultureInfo.InvariantCulture);
}
