using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.BruteForce;

/// <summary>A visit put somewhere, with what is asked of it again and again worked out once.</summary>
internal sealed class Placement
{
    public Placement(PlanningRequest request, PlacedVisit visit, bool isFixed)
    {
        Visit = visit;
        IsFixed = isFixed;
        Type = request.Protocol.TypeOf(visit.Id);
        Index = request.Protocol.Visits.IndexOf(visit.Id);
        Date = visit.Date;
        Day = Period.DaysBetween(request.From, visit.Date);
        Start = MinuteOf(visit.Start, Date);
        End = Start + Type.DurationOf(visit.Id.Ordinal);
        OffsetMinutes = request.Clinic.AtOffset(visit.Start).Offset.Seconds / 60;
        Holdings = [.. visit.Uses.SelectMany(u => HoldingsOf(request.Clinic, u))];
    }

    public PlacedVisit Visit { get; }

    public bool IsFixed { get; }

    public VisitType Type { get; }

    /// <summary>Its place in the protocol's order.</summary>
    public int Index { get; }

    public LocalDate Date { get; }

    /// <summary>Days after <c>from</c>.</summary>
    public int Day { get; }

    /// <summary>Minutes from midnight.</summary>
    public int Start { get; }

    public int End { get; }

    /// <summary>How far the clinic's clocks are ahead of UTC then.</summary>
    public int OffsetMinutes { get; }

    public ImmutableArray<Holding> Holdings { get; }

    public string? PersonFor(string need) => Type.Needs.Any(n => n.Id == need && n.Kind == NeedKind.Person) ? Visit.ResourceFor(need) : null;

    /// <summary>A visit with its uses, as a type's needs shape them.</summary>
    public static PlacedVisit Put(VisitType type, int ordinal, LocalDate date, int start, IReadOnlyList<string> resources)
    {
        var begin = date.AtMidnight().PlusMinutes(start);
        var duration = type.DurationOf(ordinal);
        return new(
            new(type.Id, ordinal),
            begin,
            begin.PlusMinutes(duration),
            [
                .. type.Needs.SelectMany((need, i) => need.Segments.Select(segment =>
                {
                    var (from, to) = segment.In(duration);
                    return new ResourceUse(resources[i], need.Id, need.Role, segment.Use, begin.PlusMinutes(from), begin.PlusMinutes(to));
                })),
            ]);
    }

    /// <summary>The minutes from midnight of <paramref name="date"/>, on which all of a visit lies: any later day means its end.</summary>
    public static int MinuteOf(LocalDateTime time, LocalDate date) =>
        time.Date == date ? (time.Hour * 60) + time.Minute : Hours.MinutesPerDay;

    private IEnumerable<Holding> HoldingsOf(Clinic clinic, ResourceUse use)
    {
        var resource = clinic.Find(use.Resource) ?? throw new InvalidOperationException($"No resource {use.Resource}.");
        var need = Type.Needs.First(n => n.Id == use.Need);
        var minutes = new Hours(MinuteOf(use.Start, Date), MinuteOf(use.End, Date));
        return Holding.Of(
            resource, Date, $"{Visit.Id} {use.Need}", use.Use, minutes, Math.Max(need.CleanUpMinutes, resource.CleanUpMinutes));
    }
}
