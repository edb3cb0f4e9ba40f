using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification;

/// <summary>A visit of the calendar with what the protocol says of it. There is one object a visit, equal to itself only.</summary>
/// <param name="placed">The visit as the calendar has it.</param>
/// <param name="type">Its type.</param>
/// <param name="isFixed">Whether the request fixed it.</param>
internal sealed class JudgedVisit(PlacedVisit placed, VisitType type, bool isFixed)
{
    public PlacedVisit Placed { get; } = placed;

    public VisitType Type { get; } = type;

    public bool IsFixed { get; } = isFixed;

    public VisitId Id => Placed.Id;

    public LocalDate Date => Placed.Date;

    /// <summary>The visit's stretch of its day; a visit that ends on a later day is taken to end at midnight.</summary>
    public Hours Hours { get; } = Ticks.Stretch(placed.Start, placed.End);

    public ImmutableArray<ResourceUse> Uses { get; } = placed.Uses;

    /// <summary>The need that a use fills, or null where the type has no such need.</summary>
    public Need? NeedOf(ResourceUse use)
    {
        foreach (var need in Type.Needs)
        {
            if (need.Id == use.Need)
            {
                return need;
            }
        }

        return null;
    }

    /// <summary>The resource that fills a need, or null.</summary>
    public string? ResourceFor(string need)
    {
        foreach (var use in Uses)
        {
            if (use.Need == need)
            {
                return use.Resource;
            }
        }

        return null;
    }
}
