using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Core.Protocols;

/// <content>When a visit may happen, counted from an anchor.</content>
public abstract partial record Rule
{
    /// <summary>
    /// A visit's place in time, counted from an anchor: the target date is the anchor's date plus <paramref name="Target"/> (a month
    /// end clips, as 31 August plus 6 months is 28 February); a date in <paramref name="Ideal"/> is as planned, one in
    /// <paramref name="Allowed"/> but not ideal is a minor deviation, any other a major one.
    /// </summary>
    /// <param name="Head">Id, reason and provenance.</param>
    /// <param name="Visits">The visits; each has this window.</param>
    /// <param name="Anchor">What is counted from.</param>
    /// <param name="Target">Days, weeks or calendar months after the anchor's date.</param>
    /// <param name="Ideal">The dates that are as planned, around the target; each day between them and the visit costs one preference point.</param>
    /// <param name="Allowed">The dates that are a minor deviation at worst; contains <paramref name="Ideal"/>.</param>
    /// <param name="Weight">Preference points for each day between the visit and the target date; 0 where any ideal day is as good.</param>
    public sealed record Window(
        RuleHead Head, ImmutableArray<VisitId> Visits, Anchor Anchor, Period Target, Leeway Ideal, Leeway Allowed, int Weight) : Rule(Head)
    {
        /// <summary>What is counted from where the anchor's visit was skipped; null where nothing is.</summary>
        public Anchor? Fallback { get; init; }

        /// <summary>
        /// The dates from which each day away costs the point, where these are fewer than <see cref="Ideal"/>. Only the rest of a course says so, of
        /// a visit that is made up: all allowed days are as planned then, and the nearest to the ideal ones still is the best.
        /// </summary>
        public Leeway? Nearest { get; init; }
    }
}

/// <summary>The moment that a window counts from. A closed set.</summary>
public abstract record Anchor
{
    private Anchor()
    {
    }

    /// <summary>The visit that is counted from; null for <see cref="Enrolment"/> and <see cref="CameTrueOn"/>, which are dates.</summary>
    public VisitId? VisitOrNone => this switch
    {
        StartOf start => start.Visit,
        EndOf end => end.Visit,
        CameTrue condition => condition.Earliest,
        _ => null,
    };

    /// <summary>The start of a visit.</summary>
    public sealed record StartOf(VisitId Visit) : Anchor
    {
        /// <inheritdoc />
        public override string ToString() => $"start of {Visit}";
    }

    /// <summary>The end of a visit. No visit crosses midnight, so its date is that of the start.</summary>
    public sealed record EndOf(VisitId Visit) : Anchor
    {
        /// <inheritdoc />
        public override string ToString() => $"end of {Visit}";
    }

    /// <summary>The day of enrolment, which the request states.</summary>
    public sealed record Enrolment : Anchor
    {
        /// <inheritdoc />
        public override string ToString() => "enrolment";
    }

    /// <summary>
    /// The day on which a condition comes true, while that is not known: the date of the first visit that may make it true. Nobody knows the day
    /// beforehand, and at no other visit could what follows be needed sooner.
    /// </summary>
    /// <param name="Condition">The condition.</param>
    /// <param name="Earliest">The first visit that may make it true.</param>
    /// <param name="Judges">All visits at which it is judged, none later than the next.</param>
    public sealed record CameTrue(string Condition, VisitId Earliest, ImmutableArray<VisitId> Judges) : Anchor
    {
        /// <inheritdoc />
        public override string ToString() => $"day when {Condition} may come true ({Earliest})";
    }

    /// <summary>The day on which a condition came true. Only the rest of a course knows it; no protocol says it.</summary>
    /// <param name="Condition">The condition.</param>
    /// <param name="Date">The date of the visit that made it true.</param>
    public sealed record CameTrueOn(string Condition, LocalDate Date) : Anchor
    {
        /// <inheritdoc />
        public override string ToString() => $"day when {Condition} came true";
    }
}

/// <summary>Days (in a window counted in hours: minutes) around a target, both ends included; negative before it.</summary>
/// <param name="From">The first, relative to the target.</param>
/// <param name="To">The last, relative to the target; not before <paramref name="From"/>.</param>
public readonly record struct Leeway(int From, int To)
{
    /// <summary>Whether so many days (or minutes) after the target lie inside.</summary>
    public bool Contains(int fromTarget) => fromTarget >= From && fromTarget <= To;
}
