using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Clinics;

/// <summary>What scheduling needs to know of a patient.</summary>
/// <param name="Id">The clinic's own number; never a name.</param>
/// <param name="Weekly">When the patient can be away from home for the clinic; always, unless stated.</param>
/// <param name="Dates">Dates with other hours; of two that cover a date the later one counts. A blackout is a range without hours.</param>
/// <param name="TravelMinutes">How long the way to the clinic takes, and the way back.</param>
/// <param name="Preferences">What the patient would like, or insists on.</param>
public sealed record Patient(
    string Id, WeeklyHours Weekly, ImmutableArray<DatedHours> Dates, int TravelMinutes, ImmutableArray<Preference> Preferences)
{
    /// <summary>What payers have authorised. No two that name one visit type share a date.</summary>
    public ImmutableArray<Authorisation> Authorisations { get; init; } = [];

    /// <summary>A patient who can always come and has no wishes.</summary>
    public static Patient Anyone { get; } = new("anyone", WeeklyHours.Always, [], 0, []);

    /// <summary>When the patient is free on a date, travel included.</summary>
    public ImmutableArray<Hours> FreeOn(LocalDate date) => Dates.LastOrDefault(d => d.Covers(date))?.Hours ?? Weekly.On(date);
}

/// <summary>A payer's consent to a number of visits between two dates.</summary>
/// <param name="VisitTypes">The ids of the visit types; together they are counted.</param>
/// <param name="AtMost">How many visits.</param>
/// <param name="From">The first date.</param>
/// <param name="To">The last date.</param>
public sealed record Authorisation(ImmutableArray<string> VisitTypes, int AtMost, LocalDate From, LocalDate To)
{
    /// <summary>Where it is written; null for one that stands in no file.</summary>
    public SourceSpan? Where { get; init; }
}

/// <summary>What a patient would like. A closed set.</summary>
public abstract record Preference
{
    private Preference(ImmutableArray<string> visitTypes, int? weight) => (VisitTypes, Weight) = (visitTypes, weight);

    /// <summary>The ids of the visit types that it is about; empty for all.</summary>
    public ImmutableArray<string> VisitTypes { get; }

    /// <summary>Preference points that each visit costs which is otherwise, from 1 to 100; null where the patient insists.</summary>
    public int? Weight { get; }

    /// <summary>Where it is written; null for a preference that stands in no file.</summary>
    public SourceSpan? Where { get; init; }

    /// <summary>The whole visit lies in a stretch of the day.</summary>
    public sealed record Times(ImmutableArray<string> VisitTypes, int? Weight, Hours Hours) : Preference(VisitTypes, Weight);

    /// <summary>The visit is on one of these weekdays.</summary>
    public sealed record Days(ImmutableArray<string> VisitTypes, int? Weight, ImmutableArray<IsoDayOfWeek> Weekdays) : Preference(VisitTypes, Weight);

    /// <summary>The need of this role, where a visit has it, is filled by this resource.</summary>
    public sealed record Person(ImmutableArray<string> VisitTypes, int? Weight, string Role, string Resource) : Preference(VisitTypes, Weight);

    /// <summary>The need of this role, where a visit has it, is filled by a person of this sex.</summary>
    public sealed record OfSex(ImmutableArray<string> VisitTypes, int? Weight, string Role, Sex Sex) : Preference(VisitTypes, Weight);
}
