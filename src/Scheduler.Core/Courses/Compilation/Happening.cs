using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Courses.Compilation;

/// <summary>The kinds of entry of a file of events.</summary>
internal enum HappeningKind
{
    TookPlace,
    Confirmed,
    Arrived,
    Late,
    Began,
    OnHold,
    Missed,
    Cancelled,
    NoPlace,
    ToBeRepeated,
    Recorded,
    Judged,
    Booked,
    Amended,
}

/// <summary>A time as written: of a date, or of the day of the visit.</summary>
/// <param name="Date">The date; null for the day of the visit.</param>
/// <param name="Minutes">Minutes from midnight.</param>
internal readonly record struct WrittenTime(LocalDate? Date, int Minutes);

/// <summary>What was recorded: a score, or yes or no.</summary>
internal sealed record Recorded(int? Score, bool Yes);

/// <summary>An entry of a file of events, before it is known what it names.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Where">Its first key.</param>
internal sealed record Happening(HappeningKind Kind, SourceSpan Where)
{
    /// <summary>The visits; null where it is about none.</summary>
    public Located<SelectorList>? Visits { get; init; }

    /// <summary>The outcome, the condition or the version.</summary>
    public Located<string>? Name { get; init; }

    /// <summary>When it was.</summary>
    public Located<WrittenTime>? At { get; init; }

    /// <summary>When the visit ended.</summary>
    public Located<WrittenTime>? Until { get; init; }

    /// <summary>The new time of a visit.</summary>
    public Located<WrittenTime>? For { get; init; }

    /// <summary>How late the patient was, in minutes.</summary>
    public int LateBy { get; init; }

    /// <summary>Who called the visit off.</summary>
    public Party By { get; init; }

    /// <summary>The condition of the day that failed.</summary>
    public string? Condition { get; init; }

    /// <summary>What was recorded.</summary>
    public Recorded? Is { get; init; }

    /// <summary>Whether the condition was judged to hold.</summary>
    public bool Holds { get; init; }

    /// <summary>Who and what the visit took, by need, where that was not as booked.</summary>
    public NamedEntries<string, string> With { get; init; } = NamedEntries<string, string>.Empty;
}
